import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actOnCase } from '../../functions/middleware/act-on-case.ts';
import { seedStage } from '../../functions/upkeep/seed-stage.ts';
import { failPayout } from '../../shared/cases/settle-payout.ts';
import type { AuditFact } from '../../shared/kernel/audit.ts';
import { type CaseId, personIdSchema } from '../../shared/kernel/ids.ts';
import { asInstant, localDateOf } from '../../shared/kernel/time.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { genericCsv, inUtf8 } from '../support/bank-files.ts';
import { getStaffMember, saveStaffMember } from '../../shared/store/staff-store.ts';
import { financeOnStore } from '../support/finance-on-store.ts';
import { type NotedStore, startNotedStore } from '../support/noted-store.ts';
import type { Page, pageReader } from '../support/page-reader.ts';

const start = asInstant('2016-03-10T02:00:00.000Z');
const maker = 'ji-qiushi';
const checker = 'bian-sujun';

/** Who is signed in: every page asks, before anything else, and knows all of the staff from then on. */
const session = ['GetItem sessionHash', 'GetItem revised'];
/** A case with what a rule must know around it. */
const aCase = ['Query caseId', 'Query householdId'];
const batchShown = [...session, 'GetItem batchId', 'Query caseId', 'Query treasury'];
const usingCode = ['GetItem authenticatorOf', 'TransactWriteItems'];

let own: NotedStore;
let desk: ReturnType<typeof financeOnStore>;
let browsers: { readonly maker: Browser; readonly checker: Browser };
type Browser = ReturnType<typeof pageReader>;

beforeAll(async () => {
  own = await startNotedStore();
  await seedStage(own.store, { profile: 'demo', administratorEmail: '', at: start });
  desk = financeOnStore(own.store, start);
  browsers = { maker: await desk.signedIn(maker), checker: await desk.signedIn(checker) };
  // What a process reads once, and then only asks whether it has changed.
  await browsers.maker.get('/finance');
  await pay(await desk.orderedCase());
});
afterAll(() => own.stop());

/**
 * What is asked of the database meanwhile, in the order of the alphabet: much of it is asked at once. Ties are left out: whose are read is
 * told by the household's file, and it goes with that.
 */
async function callsOf(work: () => Promise<unknown>): Promise<string[]> {
  own.operations();
  await work();
  return own
    .operations()
    .filter((each) => each !== 'Query personId')
    .map((each) => each.replace(/^TransactWriteItems .*/, 'TransactWriteItems'))
    .toSorted();
}

const payoutOf = async (caseId: CaseId) => (await loadCaseFile(own.store, caseId))!.payouts[0]!;
const hidden = (page: Page, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.html)?.[1] ?? '';
const choice = (caseId: CaseId) => `${caseId}/${caseId}.1.1.1`;

/** Each case's warnings answered. */
const answersOn = (page: Page) =>
  [...page.html.matchAll(/<select[^>]*name="(answer\.[^"]+)"/g)].map(
    ([, name = '']) => [name, 'seen-the-card'] as const,
  );

/** Into a batch of their own: where it is. */
async function make(...caseIds: CaseId[]): Promise<string> {
  const list = await browsers.maker.get('/finance');
  const chosen = caseIds.map((caseId) => ['payout', choice(caseId)] as const);
  const fields = [['profile', 'generic-csv'] as const, ...chosen];
  const check = await browsers.maker.post(list, '/finance/batches/check', fields);
  const batchId = hidden(check, 'batchId');
  await browsers.maker.post(check, '/finance/batches', [['batchId', batchId], ...fields, ...answersOn(check)]);
  return `/finance/batches/${batchId}`;
}

/** As `make`, and released. */
async function send(...caseIds: CaseId[]): Promise<string> {
  const path = await make(...caseIds);
  const page = await browsers.checker.get(path);
  const seen = { version: hidden(page, 'version'), code: desk.freshCode(checker) };
  await browsers.checker.post(page, `${path}/release`, seen);
  for (const caseId of caseIds) expect(await payoutOf(caseId)).toMatchObject({ status: 'sent' });
  return path;
}

const confirmed = (reference: string) => ({
  ...{ bankReference: `ICBC-${reference}`, paidOn: localDateOf(desk.act.now()) },
  code: desk.freshCode(checker),
});

async function pay(caseId: CaseId): Promise<void> {
  await send(caseId);
  const at = `/finance/payouts/${choice(caseId)}`;
  const page = await browsers.checker.get(at);
  await browsers.checker.post(page, `${at}/confirm`, confirmed(caseId));
  expect(await payoutOf(caseId)).toMatchObject({ status: 'paid' });
}

describe('what is asked of the database for one payment', () => {
  test('its page asks for nothing twice, however many forms for a code it shows', async () => {
    const caseId = await desk.orderedCase();
    await send(caseId);
    let page: Page | undefined;
    const asked = await callsOf(async () => {
      page = await browsers.checker.get(`/finance/payouts/${choice(caseId)}?scan=none`);
    });
    expect(page?.html.match(/autocomplete="one-time-code"/g)?.length).toBeGreaterThan(1);
    expect(asked).toEqual([...session, ...aCase, 'Query treasury', 'GetItem authenticatorOf'].toSorted());
  });

  test('confirming it reads the authenticator, the case, what surrounds it and the funds that it moves once each', async () => {
    const caseId = await desk.orderedCase();
    await send(caseId);
    const at = `/finance/payouts/${choice(caseId)}`;
    const page = await browsers.checker.get(at);
    const asked = await callsOf(() => browsers.checker.post(page, `${at}/confirm`, confirmed(caseId)));
    expect(await payoutOf(caseId)).toMatchObject({ status: 'paid' });
    const shown = [...session, ...aCase, 'Query treasury', 'GetItem authenticatorOf'];
    const settled = [...session, ...aCase, ...usingCode, 'Query treasury', 'TransactWriteItems', 'DeleteItem box'];
    expect(asked).toEqual([...settled, ...shown].toSorted());
  });

  test('promise 1: what somebody else entered of it while the code was used up is what counts', async () => {
    const caseId = await desk.orderedCase();
    await send(caseId);
    const at = `/finance/payouts/${choice(caseId)}`;
    const page = await browsers.checker.get(at);
    const { payoutId } = await payoutOf(caseId);
    const failed = { personId: personIdSchema.parse(checker), payoutId, reason: '户名不符' };
    desk.after.code = () => actOnCase(desk.act, caseId, (file, around) => failPayout(file, around, failed));
    const answer = await browsers.checker.post(page, `${at}/confirm`, confirmed(caseId));
    expect([answer.status, (await payoutOf(caseId)).status]).toEqual([409, 'failed']);
  });

  test('a batch is checked, and its page shown, on one reading of each thing', async () => {
    const caseId = await desk.orderedCase();
    const list = await browsers.maker.get('/finance');
    const fields = { profile: 'generic-csv', payout: choice(caseId) };
    const checked = await callsOf(() => browsers.maker.post(list, '/finance/batches/check', fields));
    const histories = ['Query accountHash', 'Query beneficiaryId'];
    expect(checked).toEqual([...session, ...aCase, 'Query treasury', ...histories].toSorted());

    const path = await send(caseId);
    const shown = await callsOf(() => browsers.checker.get(path));
    expect(shown).toEqual(batchShown.toSorted());
  });

  test('making a batch and carrying it reads header, case and surroundings once each, besides who has entered', async () => {
    const caseId = await desk.orderedCase();
    const list = await browsers.maker.get('/finance');
    const fields = { profile: 'generic-csv', payout: choice(caseId) };
    const check = await browsers.maker.post(list, '/finance/batches/check', fields);
    const pressed = { ...fields, batchId: hidden(check, 'batchId'), ...Object.fromEntries(answersOn(check)) };
    const asked = await callsOf(() => browsers.maker.post(check, '/finance/batches', pressed));
    expect(await payoutOf(caseId)).toMatchObject({ status: 'batched' });
    const chosen = [
      ...session,
      ...aCase,
      'Query treasury',
      'Query accountHash',
      'Query beneficiaryId',
      'GetItem batchId',
    ];
    // Its header begun, the payment entered, its header closed and finished.
    const written = ['UpdateItem counter', ...Array.from({ length: 4 }, () => 'TransactWriteItems'), 'DeleteItem box'];
    expect(asked).toEqual([...chosen, ...written, 'BatchGetItem caseId', ...batchShown].toSorted());
    const again = await callsOf(() => browsers.maker.post(check, '/finance/batches', pressed));
    expect(again).toEqual([...session, 'GetItem batchId', ...batchShown].toSorted());
  });

  test('releasing it, too, and the authenticator once', async () => {
    const caseId = await desk.orderedCase();
    const path = await make(caseId);
    const page = await browsers.checker.get(path);
    const seen = { version: hidden(page, 'version'), code: desk.freshCode(checker) };
    const asked = await callsOf(() => browsers.checker.post(page, `${path}/release`, seen));
    expect(await payoutOf(caseId)).toMatchObject({ status: 'sent' });
    const written = ['TransactWriteItems', 'TransactWriteItems', 'DeleteItem box'];
    const released = [...session, 'GetItem batchId', ...aCase, 'Query treasury', ...usingCode, ...written];
    expect(asked).toEqual([...released, ...batchShown].toSorted());
  });

  test('a bank’s result is shown and applied on one reading of each case, besides the funds that each payment moves', async () => {
    const caseIds = [await desk.orderedCase(), await desk.orderedCase()];
    await send(...caseIds);
    const answers = await Promise.all(
      caseIds.map(async (caseId) => ({ payout: await payoutOf(caseId), paidOn: localDateOf(desk.act.now()) })),
    );
    const list = await browsers.checker.get('/finance/results');
    const preview = await browsers.checker.upload(
      list,
      '/finance/results',
      { batch: '' },
      { file: inUtf8(genericCsv(answers)) },
    );
    const cases = caseIds.flatMap(() => ['Query caseId', 'Query householdId']);
    const read = [...session, 'GetItem resultId', ...cases, 'Query treasury'];
    const shown = await callsOf(() => browsers.checker.get(preview.path));
    expect(shown).toEqual([...read, 'GetItem authenticatorOf'].toSorted());

    const fields = { version: hidden(preview, 'version'), digest: hidden(preview, 'digest') };
    const pressed = { ...fields, code: desk.freshCode(checker) };
    const asked = await callsOf(() => browsers.checker.post(preview, `${preview.path}/apply`, pressed));
    for (const caseId of caseIds) expect(await payoutOf(caseId)).toMatchObject({ status: 'paid' });
    const applied = await callsOf(() => browsers.checker.get(preview.path));
    const told = caseIds.map(() => 'DeleteItem box');
    // Payments that move one fund at the same moment meet there, and read it anew: how often is chance.
    const others = (some: readonly string[]) =>
      some.filter((call) => call !== 'Query treasury' && call !== 'TransactWriteItems').toSorted();
    expect(others(asked)).toEqual(others([...read, ...usingCode, ...told, 'DeleteItem box', ...applied]));
  });
});

test('promise 6: whose appointment has ended is signed out by their next page, though the staff was read before', async () => {
  const officer = personIdSchema.parse('di-anlan');
  const browser = await desk.signedIn(officer);
  expect((await browser.get('/finance')).path).toBe('/finance');
  const member = (await getStaffMember(own.store, officer))!;
  const ended: AuditFact = { event: 'staff.appointment-confirmed', by: 'system:test', at: start, details: {} };
  expect((await saveStaffMember(own.store, { ...member, appointments: [] }, [ended])).kind).toBe('saved');
  expect((await browser.get('/finance')).path).toBe('/sign-in?next=%2Ffinance');
});

import { SendTaskSuccessCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { carryBankResult, resultPort } from '../../functions/middleware/carry-bank-result.ts';
import { sendItems } from '../../functions/middleware/send-outbox.ts';
import { applyNow } from '../../functions/web/finance/apply-result.ts';
import { previewResult } from '../../functions/web/finance/preview-result.ts';
import { type ResultDeps, takeResult } from '../../functions/web/finance/take-result.ts';
import { openStaffStore } from '../../functions/web/staff/open-staff-store.ts';
import { resultsOfStore } from '../../functions/web/finance/results-port.ts';
import { sweepOutbox } from '../../functions/waits/sweep-outbox.ts';
import { seedStage } from '../../functions/upkeep/seed-stage.ts';
import { settleFromBank } from '../../shared/cases/settle-from-bank.ts';
import { failPayout, markUnknown } from '../../shared/cases/settle-payout.ts';
import { actOnCase } from '../../functions/middleware/act-on-case.ts';
import { awardSchema } from '../../shared/cases/decision-request.ts';
import type { Payout } from '../../shared/disbursement/payout.ts';
import { payoutSchema } from '../../shared/disbursement/payout.ts';
import { aggregateName, faultInChain } from '../../shared/kernel/audit.ts';
import { type BankResultId, type CaseId, fundIdSchema, personIdSchema, randomId } from '../../shared/kernel/ids.ts';
import { asInstant } from '../../shared/kernel/time.ts';
import { seedProgrammes } from '../../shared/programmes/seeds/index.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { getFund, listFunds } from '../../shared/store/fund-store.ts';
import { auditTrail, ledgerOfCase } from '../../shared/store/journal-store.ts';
import { deleteOutboxItems, outboxOlderThan } from '../../shared/store/outbox-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { camt053, genericCsv, inUtf8 } from '../support/bank-files.ts';
import { outboxPorts } from '../support/outbox-ports.ts';
import { changesTo, reserveEntry, sampleCase, savedFile } from '../support/sample-case.ts';
import { rawItems, startStore, type TestStore } from '../support/store.ts';

const start = asInstant('2016-03-10T02:00:00.000Z');
const farOff = asInstant('2030-01-01T00:00:00.000Z');
const fundId = fundIdSchema.parse('municipal-federation');
const programmeVersion = seedProgrammes.find(({ id }) => id === 'major-illness-relief')!.version;
const checker = personIdSchema.parse('bian-sujun');
const maker = personIdSchema.parse('ji-qiushi');

let own: TestStore;
let ports: ReturnType<typeof outboxPorts>;
let deps: ResultDeps;
const files = new Map<string, Uint8Array>();
beforeAll(async () => {
  own = await startStore();
  await seedStage(own.store, { profile: 'demo', administratorEmail: '', at: start });
});
afterAll(() => own.stop());
beforeEach(() => {
  ports = outboxPorts(own.store, start);
  ports.sfn.on(StartExecutionCommand).resolves({});
  ports.sfn.on(SendTaskSuccessCommand).resolves({});
  deps = depsThatSend((items, known) =>
    sendItems({ ...ports.outbox, carryResult: (id) => carryBankResult(resultPort(ports.act), id, known) }, items),
  );
});
afterEach(async () => {
  await deleteOutboxItems(own.store, await outboxOlderThan(own.store, farOff));
});

const depsThatSend = (send: Parameters<typeof resultsOfStore>[1]): ResultDeps => ({
  store: openStaffStore(own.store),
  results: resultsOfStore(own.store, send),
  files: { put: async (key, bytes) => void files.set(key, bytes), get: async (key) => files.get(key)! },
  now: () => ports.outbox.now(),
  newId: randomId,
});

/** A payment of an award of its own that the bank has been told of. */
async function sentPayout(amountFen = 200_000): Promise<Payout> {
  const caseId = randomId();
  const awardId = `${caseId}.1`;
  const theCase = sampleCase(caseId, { status: 'in-payment', programmeVersion, payee: payee(caseId) });
  const award = awardSchema.parse({
    ...{ awardId, kind: 'whole', caseId, amountFen, shares: [{ fundId, amountFen }], status: 'reserved' },
    ...{ signedBy: [], requestIds: [], at: start },
  });
  const payout = payoutSchema.parse({
    ...{ payoutId: `${awardId}.1.1`, caseId, awardId, fundId, amountFen, attempt: 1, status: 'sent' },
    ...{ payee: { holderName: '林海生', bankName: '农商银行', accountNumber: `62${caseId}` } },
    ...{ orderedAt: start, batchId: 'B1', batchedBy: maker, sentAt: start, sentBy: checker },
  });
  const entries = [{ ...reserveEntry(theCase.caseId, fundId, amountFen), entryId: randomId() }];
  const changes = changesTo(theCase, { awards: [award], payouts: [payout], entries });
  savedFile(await saveChanges(own.store, undefined, changes, { funds: await listFunds(own.store) }));
  return payout;
}
const payee = (caseId: string) => ({
  kind: 'self',
  holderName: '林海生',
  bankName: '农商银行',
  accountNumber: `62${caseId}`,
});

const payoutOf = async ({ caseId, payoutId }: Payout) =>
  (await loadCaseFile(own.store, caseId))?.payouts.find((each) => each.payoutId === payoutId);
const entriesOf = async (caseId: CaseId) => (await ledgerOfCase(own.store, caseId)).map(({ kind }) => kind).toSorted();
const take = (bytes: Uint8Array, personId = checker) => takeResult(deps, bytes, { personId, batchId: undefined });

async function taken(bytes: Uint8Array): Promise<BankResultId> {
  const outcome = await take(bytes);
  if (outcome.kind === 'unreadable') throw new Error(outcome.fault);
  return outcome.resultId;
}

async function apply(resultId: BankResultId, personId = checker, by = deps) {
  const result = (await by.results.get(resultId))!;
  const { digest } = await previewResult(by, result, personId);
  return applyNow(by, resultId, { personId, seen: { version: result.version, digest }, unsaid: '银行未说明原因' });
}
const resultOf = async (resultId: BankResultId) => (await deps.results.get(resultId))!;
const day = { paidOn: '2016-03-10' };

describe('a bank’s result', () => {
  test('is kept when it is uploaded and settles nothing before it is applied', async () => {
    const payout = await sentPayout();
    const resultId = await taken(inUtf8(genericCsv([{ payout, ...day }])));
    expect((await payoutOf(payout))?.status).toBe('sent');
    expect(await resultOf(resultId)).toMatchObject({ status: 'read', rows: 1, uploadedBy: checker, settled: [] });
    expect(await apply(resultId)).toEqual({ kind: 'applied' });
    expect(await payoutOf(payout)).toMatchObject({ status: 'paid', settledBy: checker, paidOn: '2016-03-10' });
    expect((await loadCaseFile(own.store, payout.caseId))?.case.status).toBe('paid');
    const applied = await resultOf(resultId);
    expect(applied).toMatchObject({
      status: 'applied',
      settling: [],
      settled: [{ line: 2, action: 'confirm', by: checker }],
    });
    const trail = await auditTrail(own.store, aggregateName('bank-result', resultId));
    expect(trail.map(({ event }) => event)).toEqual([
      'bank-result.read',
      'bank-result.applied',
      'bank-result.finished',
    ]);
    expect(faultInChain(trail, applied.audit)).toBeUndefined();
    expect(await outboxOlderThan(own.store, farOff)).toEqual([]);
  });

  test('that cannot be read leaves no trace', async () => {
    const before = (await rawItems(own.client, own.tables.cases)).length;
    expect(await take(inUtf8('<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'))).toEqual({
      kind: 'unreadable',
      fault: 'xml-forbidden',
    });
    expect(await rawItems(own.client, own.tables.cases)).toHaveLength(before);
  });

  test('promise 1: uploaded and applied twice, it pays once and shows the first upload', async () => {
    const payout = await sentPayout();
    const bytes = inUtf8(genericCsv([{ payout, ...day }]));
    const resultId = await taken(bytes);
    await apply(resultId);
    const before = await resultOf(resultId);
    expect(await take(bytes, maker)).toEqual({ kind: 'taken', resultId, isNew: false });
    expect(await resultOf(resultId)).toEqual(before);
    await apply(resultId);
    expect(await entriesOf(payout.caseId)).toEqual(['pay', 'reserve']);
    expect(await resultOf(resultId)).toMatchObject({ already: 1, settled: [{ line: 2 }] });
  });

  test('promise 1: the same rows in another file change nothing', async () => {
    const payout = await sentPayout();
    await apply(await taken(inUtf8(genericCsv([{ payout, ...day }]))));
    const again = await taken(inUtf8(camt053([{ payout, ...day }])));
    await apply(again);
    expect(await entriesOf(payout.caseId)).toEqual(['pay', 'reserve']);
    expect(await resultOf(again)).toMatchObject({ settled: [], already: 1, problems: {} });
  });

  test('promise 1: two people who upload it at once have one result, and one of them applies it', async () => {
    const payout = await sentPayout();
    const bytes = inUtf8(genericCsv([{ payout, ...day }]));
    const uploads = await Promise.all([take(bytes), take(bytes, personIdSchema.parse('somebody')), take(bytes)]);
    expect(uploads.filter((each) => each.kind === 'taken' && each.isNew)).toHaveLength(1);
    const resultId = await taken(bytes);
    const applied = await Promise.all([apply(resultId), apply(resultId), apply(resultId)]);
    expect(applied.filter(({ kind }) => kind === 'applied')).toHaveLength(1);
    expect(await entriesOf(payout.caseId)).toEqual(['pay', 'reserve']);
  });

  test('promise 1: whoever dies between two of its payments leaves the rest to the sweeper, and none is paid twice', async () => {
    const payouts = [await sentPayout(), await sentPayout(), await sentPayout()];
    const resultId = await taken(inUtf8(genericCsv(payouts.map((payout) => ({ payout, ...day })))));
    const dead = depsThatSend(async () => {});
    expect(await apply(resultId, checker, dead)).toEqual({ kind: 'applied' });
    // Its process got as far as the first payment.
    const { settling } = await resultOf(resultId);
    const [first] = settling;
    await actOnCase(ports.act, first!.caseId, (file, around) => settleFromBank(file, around, checker, first!));
    expect(await Promise.all(payouts.map(async (payout) => (await payoutOf(payout))?.status))).toEqual([
      'paid',
      'sent',
      'sent',
    ]);
    ports.pass(60_000);
    await sweepOutbox(ports.outbox, () => {});
    await sweepOutbox(ports.outbox, () => {});
    for (const payout of payouts) {
      expect((await payoutOf(payout))?.status).toBe('paid');
      expect(await entriesOf(payout.caseId)).toEqual(['pay', 'reserve']);
    }
    expect((await resultOf(resultId)).settled).toHaveLength(3);
    expect(await outboxOlderThan(own.store, farOff)).toEqual([]);
  });

  test('promise 1: settles no payment on what was known of it before somebody else settled it', async () => {
    const [payout, other] = [await sentPayout(), await sentPayout()];
    const resultId = await taken(inUtf8(genericCsv([payout, other].map((each) => ({ payout: each, ...day })))));
    const { results } = deps;
    // After the header is written, and before its payments are told.
    const carry: typeof results.carry = async (items, known) => {
      expect(known?.readings).toHaveLength(2);
      const failed = { personId: checker, payoutId: payout.payoutId, reason: '户名不符' };
      await actOnCase(ports.act, payout.caseId, (file, around) => failPayout(file, around, failed));
      return results.carry(items, known);
    };
    expect(await apply(resultId, checker, { ...deps, results: { ...results, carry } })).toEqual({ kind: 'applied' });
    expect(await payoutOf(payout)).toMatchObject({ status: 'failed', failureReason: '户名不符' });
    expect(await payoutOf(other)).toMatchObject({ status: 'paid' });
    expect(await resultOf(resultId)).toMatchObject({
      status: 'applied',
      settled: [{}],
      problems: { 'already-settled': [2] },
    });
    expect(await entriesOf(payout.caseId)).toEqual(['reserve']);
  });

  test('settles several rows of one case, each on what the row before has left', async () => {
    const payout = await sentPayout();
    const back = { payout, ...day, isReturned: true, reference: 'BACK', reason: '账户已销户' };
    await apply(await taken(inUtf8(camt053([{ payout, ...day, reference: 'PAID' }, back]))));
    expect(await payoutOf(payout)).toMatchObject({ status: 'returned' });
    expect(await entriesOf(payout.caseId)).toEqual(['pay', 'reserve', 'return']);
  });

  test('bars whoever made the batch row by row; another person settles what is left', async () => {
    const payout = await sentPayout();
    const other = await sentPayout();
    const resultId = await taken(
      inUtf8(
        genericCsv([
          { payout, ...day },
          { payout: other, ...day },
        ]),
      ),
    );
    await apply(resultId, maker);
    expect(await resultOf(resultId)).toMatchObject({ status: 'applied', settled: [], problems: { barred: [2, 3] } });
    expect((await payoutOf(payout))?.status).toBe('sent');
    await apply(resultId, checker);
    expect(await resultOf(resultId)).toMatchObject({ problems: {}, settled: [{ by: checker }, { by: checker }] });
    expect((await payoutOf(other))?.status).toBe('paid');
  });

  test('is not applied as somebody saw it before it changed', async () => {
    const payout = await sentPayout();
    const resultId = await taken(inUtf8(genericCsv([{ payout, ...day }])));
    const { version } = await resultOf(resultId);
    const old = { version, digest: 'another' };
    const outcome = await applyNow(deps, resultId, { personId: checker, seen: old, unsaid: '-' });
    expect(outcome).toEqual({ kind: 'refused', code: 'result-changed' });
    expect((await payoutOf(payout))?.status).toBe('sent');
  });

  test('settles a payment on which the bank was silent, and brings back one that was paid', async () => {
    const before = (await getFund(own.store, fundId))!;
    const payout = await sentPayout();
    await actOnCase(ports.act, payout.caseId, (file, around) =>
      markUnknown(file, around, { personId: 'system:schedule', payoutId: payout.payoutId }),
    );
    await apply(await taken(inUtf8(camt053([{ payout, ...day }]))));
    expect((await payoutOf(payout))?.status).toBe('paid');
    const back = [{ payout, ...day, isReturned: true, reference: 'BACK', reason: '账户已销户' }];
    await apply(await taken(inUtf8(camt053(back))));
    expect(await payoutOf(payout)).toMatchObject({ status: 'returned', failureReason: 'AC04 账户已销户' });
    expect(await entriesOf(payout.caseId)).toEqual(['pay', 'reserve', 'return']);
    expect((await loadCaseFile(own.store, payout.caseId))?.case.status).toBe('in-payment');
    const after = (await getFund(own.store, fundId))!;
    expect(after.paidFen).toBe(before.paidFen);
    expect(after.reservedFen).toBe(before.reservedFen + payout.amountFen);
  });

  test('keeps no word of a bank in the clear', async () => {
    const payout = await sentPayout();
    const resultId = await taken(inUtf8(genericCsv([{ payout, result: '失败', reason: '金丝雀户名不符', ...day }])));
    await apply(
      resultId,
      checker,
      depsThatSend(async () => {}),
    );
    expect((await resultOf(resultId)).settling).toMatchObject([{ action: 'fail', reason: '金丝雀户名不符' }]);
    expect(JSON.stringify(await rawItems(own.client, own.tables.cases))).not.toContain('金丝雀户');
    ports.pass(60_000);
    await sweepOutbox(ports.outbox, () => {});
    expect(await payoutOf(payout)).toMatchObject({ status: 'failed', failureReason: '金丝雀户名不符' });
    expect(JSON.stringify(await rawItems(own.client, own.tables.cases))).not.toContain('金丝雀户');
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Wanted } from '../../shared/funds/proposal.ts';
import { propose } from '../../shared/funds/propose.ts';
import { settleProposal } from '../../shared/funds/settle-proposal.ts';
import { aggregateName, faultInChain } from '../../shared/kernel/audit.ts';
import { type FundId, fundIdSchema, proposalIdSchema } from '../../shared/kernel/ids.ts';
import { fen } from '../../shared/kernel/money.ts';
import { localDateOf } from '../../shared/kernel/time.ts';
import type { StaffMember } from '../../shared/register/staff.ts';
import { getFund, listFunds, openFund } from '../../shared/store/fund-store.ts';
import { auditTrail, ledgerOfFund } from '../../shared/store/journal-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { changeTreasury, digestOfProposal, listProposals } from '../../shared/store/treasury-store.ts';
import { agreed, checker, fundWith as fund, maker, receiptOf, termsFor } from '../support/funded.ts';
import { at, changesTo, reserveEntry, sampleCase, savedFile } from '../support/sample-case.ts';
import { sampleScan } from '../support/scans.ts';
import { staffWith } from '../support/small-union.ts';
import { rawItems, startStore, type TestStore } from '../support/store.ts';

let own: TestStore;
beforeAll(async () => {
  own = await startStore();
});
afterAll(() => own.stop());

const id = (text: string) => proposalIdSchema.parse(text);
const fundWith = (name: string, amountFen: number) => fund(own.store, name, amountFen, at);
const offer = (fundId: FundId, name: string, wanted: Wanted, member: StaffMember = maker) =>
  changeTreasury(own.store, (read) => propose(read, { proposalId: id(name), fundId, wanted }, { member, now: at }));
const confirm = (name: string, member: StaffMember = checker) =>
  changeTreasury(own.store, (read) =>
    settleProposal(read, { proposalId: id(name), confirms: true }, { member, now: at }),
  );
const kinds = (outcomes: readonly { readonly kind: string }[]) => outcomes.map(({ kind }) => kind).toSorted();
const balances = async (fundId: FundId) => {
  const found = await getFund(own.store, fundId);
  return [found?.fundedFen, found?.availableFen, found?.reservedFen, found?.paidFen];
};

test('promise 1: a receipt that is pressed twenty times by its maker and by three who confirm it comes in once', async () => {
  const fundId = await fundWith('pressed', 100);
  const made = await Promise.all(
    Array.from({ length: 20 }, () => offer(fundId, 'pressed-2', receiptOf(70, 'P-2', at))),
  );
  expect(kinds(made).filter((kind) => kind === 'saved')).toHaveLength(1);
  expect(new Set(kinds(made))).toEqual(new Set(['saved', 'unchanged']));
  const people = [checker, staffWith('office-1', 'office'), staffWith('office-2', 'office')];
  const settled = await Promise.all(people.flatMap((member) => [1, 2, 3].map(() => confirm('pressed-2', member))));
  expect(kinds(settled).filter((kind) => kind === 'saved')).toHaveLength(1);
  expect(await balances(fundId)).toEqual([170, 170, 0, 0]);
  expect((await ledgerOfFund(own.store, fundId)).map(({ amountFen }) => amountFen).toSorted()).toEqual([100, 70]);
});

test('promise 1: of two receipts on one voucher, in two funds and confirmed at one moment, one comes in', async () => {
  const [one, other] = [await fundWith('voucher-1', 100), await fundWith('voucher-2', 100)];
  // Each is recorded as if the other were not there yet.
  for (const [name, fundId] of [['twin-1', one] as const, ['twin-2', other] as const])
    await changeTreasury(own.store, ({ funds }) => {
      const asked = { proposalId: id(name), fundId, wanted: receiptOf(50, 'TWIN', at) };
      return propose({ funds, proposals: [] }, asked, { member: maker, now: at });
    });
  const outcomes = await Promise.all([confirm('twin-1'), confirm('twin-2')]);
  expect(kinds(outcomes)).toEqual(['refused', 'saved']);
  expect(outcomes).toContainEqual({ kind: 'refused', code: 'voucher-used' });
  const funded = [(await balances(one))[0]!, (await balances(other))[0]!];
  expect(funded.toSorted()).toEqual([100, 150]);
});

test('ten receipts of one fund, confirmed at once, all come in, each with its place in the chains', async () => {
  const fundId = await fundWith('many', 10);
  const names = Array.from({ length: 10 }, (_, index) => `many-${index}`);
  for (const [index, name] of names.entries()) await offer(fundId, name, receiptOf(100, `M-${index}`, at));
  const settle = async (name: string): Promise<string> => {
    const outcome = await confirm(name);
    return outcome.kind === 'stale' ? settle(name) : outcome.kind;
  };
  expect(await Promise.all(names.map(settle))).toEqual(names.map(() => 'saved'));
  expect(await balances(fundId)).toEqual([1_010, 1_010, 0, 0]);
  const trail = await auditTrail(own.store, aggregateName('fund', fundId));
  expect(faultInChain(trail, (await getFund(own.store, fundId))!.audit)).toBeUndefined();
  for (const proposal of await listProposals(own.store, fundId)) {
    const events = await auditTrail(own.store, aggregateName('proposal', proposal.proposalId));
    expect(faultInChain(events, proposal.audit)).toBeUndefined();
    expect(events.map(({ event }) => event)).toEqual(['proposal.proposed', 'proposal.confirmed']);
    expect(Object.values(events.at(-1)?.seals ?? {})).toContain(await digestOfProposal(own.store, proposal));
  }
});

test('promise 2: a receipt is undone by one of two who confirm it at once, or the money is awarded first: never both', async () => {
  const fundId = await fundWith('undone', 100);
  const undo: Wanted = {
    kind: 'undo-receipt',
    receiptId: id('receipt-undone'),
    amountFen: fen(100),
    reason: '登记错误',
  };
  await offer(fundId, 'undo-1', undo);
  const file = savedFile(await saveChanges(own.store, undefined, changesTo(sampleCase('undone-case')), { funds: [] }));
  const entries = [reserveEntry(file.case.caseId, 'undone', 60)];
  const [first, second, award] = await Promise.all([
    confirm('undo-1'),
    confirm('undo-1', staffWith('office-1', 'office')),
    saveChanges(own.store, file, changesTo(file.case, { entries }), { funds: await listFunds(own.store) }),
  ]);
  const undone = [first, second].filter(({ kind }) => kind === 'saved').length;
  expect(undone + (award.kind === 'saved' ? 1 : 0)).toBe(1);
  expect(await balances(fundId)).toEqual(undone === 1 ? [0, 0, 0, 0] : [100, 40, 60, 0]);
  if (undone === 1) {
    const [receipt, reversal] = await ledgerOfFund(own.store, fundId);
    expect([receipt?.kind, reversal?.kind].toSorted()).toEqual(['receipt', 'undo-receipt']);
    const undoing = [receipt, reversal].find((each) => each?.kind === 'undo-receipt');
    expect(undoing?.reverses).toBe('receipt-undone.1');
  }
});

test('the scan of a voucher stands with its receipt, and its digest in the events of both who agreed to it', async () => {
  await fundWith('scanned', 100);
  const scan = sampleScan('V-scanned');
  const receipt = (await listProposals(own.store)).find(({ proposalId }) => proposalId === id('receipt-scanned'));
  expect(receipt?.wanted).toMatchObject({ voucher: { scan } });
  const events = await auditTrail(own.store, aggregateName('proposal', 'receipt-scanned'));
  expect(events.map(({ event, details }) => [event, details['scanSha256']])).toEqual([
    ['proposal.proposed', scan.sha256],
    ['proposal.confirmed', scan.sha256],
  ]);
});

test('a voucher is free again once its receipt has been undone', async () => {
  const fundId = await fundWith('freed', 100);
  const undo: Wanted = {
    kind: 'undo-receipt',
    receiptId: id('receipt-freed'),
    amountFen: fen(100),
    reason: '金额错误',
  };
  await agreed(own.store, fundId, 'freed-undo', undo, at);
  await agreed(own.store, fundId, 'freed-again', receiptOf(90, 'V-freed', at), at);
  expect(await balances(fundId)).toEqual([90, 90, 0, 0]);
});

test('what is carried over leaves one fund and enters the other in one write, though both are drawn on meanwhile', async () => {
  const [from, into] = [await fundWith('year-1', 1_000), await fundWith('year-2', 1_000)];
  await offer(from, 'over', { kind: 'carry-over', amountFen: fen(300), into, reason: '年末结转' });
  const cases = await Promise.all(
    ['a', 'b', 'c'].map(async (name) =>
      savedFile(await saveChanges(own.store, undefined, changesTo(sampleCase(`over-${name}`)), { funds: [] })),
    ),
  );
  const reserve = async (file: (typeof cases)[number], of: string) => {
    const entries = [reserveEntry(file.case.caseId, of, 100)];
    return saveChanges(own.store, file, changesTo(file.case, { entries }), { funds: await listFunds(own.store) });
  };
  const [carried] = await Promise.all([
    confirm('over'),
    reserve(cases[0]!, 'year-1'),
    reserve(cases[1]!, 'year-2'),
    reserve(cases[2]!, 'year-2'),
  ]);
  expect(carried.kind).toBe('saved');
  expect(await balances(from)).toEqual([700, 600, 100, 0]);
  expect(await balances(into)).toEqual([1_300, 1_100, 200, 0]);
});

test('promise 2: of two awards that a year’s budget covers one of, one is made, though the fund has money for both', async () => {
  const fundId = fundIdSchema.parse('budgeted');
  const budgets = [{ year: 2016, amountFen: fen(150) }];
  const names = { zh: '资金', en: 'Fund' };
  const terms = { ...termsFor(names, [sampleCase('x').programmeId]), budgets };
  await openFund(own.store, { ...terms, fundId }, { by: 'system:seed', at });
  await agreed(own.store, fundId, 'budgeted-1', receiptOf(1_000, 'B-1', at), at);
  const outcomes = await Promise.all(
    ['one', 'two'].map(async (name) => {
      const file = savedFile(
        await saveChanges(own.store, undefined, changesTo(sampleCase(`budget-${name}`)), { funds: [] }),
      );
      const entries = [{ ...reserveEntry(file.case.caseId, 'budgeted', 100), budgetYear: 2016 }];
      for (;;) {
        const funds = await listFunds(own.store);
        const outcome = await saveChanges(own.store, file, changesTo(file.case, { entries }), { funds });
        if (outcome.kind !== 'stale') return outcome;
      }
    }),
  );
  expect(kinds(outcomes)).toEqual(['refused', 'saved']);
  expect(outcomes).toContainEqual({ kind: 'refused', code: 'funds-short', params: { fundId, leftFen: 50 } });
  expect(await getFund(own.store, fundId)).toMatchObject({ awarded: [{ year: 2016, amountFen: 100 }] });
});

test('an award that was decided under other terms is decided again', async () => {
  const fundId = await fundWith('terms', 1_000);
  const file = savedFile(await saveChanges(own.store, undefined, changesTo(sampleCase('terms-case')), { funds: [] }));
  const funds = await listFunds(own.store);
  const { names, source, purpose, validity } = funds.find((each) => each.fundId === fundId)!;
  const until = { ...validity, until: localDateOf(at) };
  const wanted: Wanted = { kind: 'change', terms: { names, source, purpose, validity: until, budgets: [] } };
  await agreed(own.store, fundId, 'terms-2', wanted, at);
  const entries = [reserveEntry(file.case.caseId, 'terms', 100)];
  expect(await saveChanges(own.store, file, changesTo(file.case, { entries }), { funds })).toEqual({ kind: 'stale' });
  expect(await balances(fundId)).toEqual([1_000, 1_000, 0, 0]);
  expect((await auditTrail(own.store, aggregateName('fund', fundId))).map(({ event }) => event)).toEqual([
    'fund.opened',
    'fund.receipt',
    'fund.terms-changed',
  ]);
});

test('a new fund is opened by its confirmation, and not before', async () => {
  const fundId = fundIdSchema.parse('opened');
  const terms = termsFor({ zh: '新资金', en: 'New' }, [sampleCase('x').programmeId]);
  await offer(fundId, 'open-1', { kind: 'open', terms });
  expect(await getFund(own.store, fundId)).toBeUndefined();
  expect(kinds(await Promise.all([confirm('open-1'), confirm('open-1')]))).toEqual(['saved', 'unchanged']);
  expect(await getFund(own.store, fundId)).toMatchObject({ ...terms, fundedFen: 0, version: 1 });
});

test('a fund of before there were terms is read as one for its programmes, on any day, with what it has', async () => {
  const fundId = 'earlier';
  const body = {
    fundId,
    names: { zh: '旧', en: 'Earlier' },
    source: 'company',
    programmes: ['major-illness-relief'],
    fundedFen: 7,
    availableFen: 7,
    reservedFen: 0,
    paidFen: 0,
    version: 1,
    audit: { sequence: 1, hash: 'h' },
  };
  await own.store.entities.fund.put({ treasury: 'funds', fundId, version: 1, body }).go();
  expect(await getFund(own.store, fundIdSchema.parse(fundId))).toMatchObject({
    purpose: { programmes: ['major-illness-relief'] },
    budgets: [],
    awarded: [],
    availableFen: 7,
  });
});

test('no voucher’s number is a key in the clear', async () => {
  await fundWith('clear', 1);
  for (const item of await rawItems(own.client, own.tables.cases)) {
    const { pk, sk } = item as { pk: unknown; sk: unknown };
    expect(JSON.stringify([pk, sk])).not.toContain('V-clear');
  }
});

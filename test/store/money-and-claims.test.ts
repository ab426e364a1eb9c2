import { afterAll, beforeAll, expect, test } from 'vitest';
import { aggregateName, faultInChain } from '../../shared/kernel/audit.ts';
import { householdIdSchema, payoutIdSchema } from '../../shared/kernel/ids.ts';
import { fen } from '../../shared/kernel/money.ts';
import { asLocalDate } from '../../shared/kernel/time.ts';
import { claimsHeldByOthers, loadTally, sumOfParts } from '../../shared/store/case-counters-store.ts';
import { getFund, listFunds } from '../../shared/store/fund-store.ts';
import { auditTrail, ledgerOfCase, ledgerOfFund } from '../../shared/store/journal-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { fundWith as fund } from '../support/funded.ts';
import { at, changesTo, reserveEntry, sampleCase, savedFile } from '../support/sample-case.ts';
import { rawItems, startStore, type TestStore } from '../support/store.ts';

let own: TestStore;
beforeAll(async () => {
  own = await startStore();
});
afterAll(() => own.stop());

const create = async (id: string) =>
  savedFile(await saveChanges(own.store, undefined, changesTo(sampleCase(id)), { funds: [] }));

const fundWith = (id: string, amountFen: number) => fund(own.store, id, amountFen, at);

test('of twenty cases that reserve at once from a fund that covers ten, exactly ten get the money', async () => {
  const fundId = await fundWith('race', 1_000);
  const files = await Promise.all(Array.from({ length: 20 }, (_, index) => create(`race-${index}`)));
  const reserve = async (file: (typeof files)[number]): Promise<string> => {
    for (;;) {
      const entries = [reserveEntry(file.case.caseId, 'race', 100)];
      const outcome = await saveChanges(own.store, file, changesTo(file.case, { entries }), {
        funds: await listFunds(own.store),
      });
      if (outcome.kind !== 'stale') return outcome.kind;
    }
  };
  const outcomes = await Promise.all(files.map(reserve));
  expect(outcomes.filter((kind) => kind === 'saved')).toHaveLength(10);
  expect(outcomes.filter((kind) => kind === 'refused')).toHaveLength(10);
  const fund = await getFund(own.store, fundId);
  expect(fund).toMatchObject({ fundedFen: 1_000, availableFen: 0, reservedFen: 1_000, paidFen: 0 });
  expect(await ledgerOfFund(own.store, fundId)).toHaveLength(11);
  expect(faultInChain(await auditTrail(own.store, aggregateName('fund', 'race')), fund!.audit)).toBeUndefined();
});

test('a fund that does not cover the entry is told by name, with what is left, and nothing is written', async () => {
  const fundId = await fundWith('poor', 50);
  const file = await create('poor-case');
  const entries = [reserveEntry(file.case.caseId, 'poor', 51)];
  const outcome = await saveChanges(own.store, file, changesTo(file.case, { entries }), {
    funds: await listFunds(own.store),
  });
  expect(outcome).toEqual({ kind: 'refused', code: 'funds-short', params: { fundId, leftFen: 50 } });
  expect(await ledgerOfCase(own.store, file.case.caseId)).toEqual([]);
});

test('what one case claims no other takes until it is given back', async () => {
  const [one, other] = [await create('claim-1'), await create('claim-2')];
  const take = { takesClaims: ['bill/77'] };
  const held = savedFile(await saveChanges(own.store, one, changesTo(one.case, take), { funds: [] }));
  expect(await saveChanges(own.store, other, changesTo(other.case, take), { funds: [] })).toEqual({
    kind: 'refused',
    code: 'claim-taken',
  });
  expect(await claimsHeldByOthers(own.store, ['bill/77', 'bill/78'], other.case.caseId)).toEqual(['bill/77']);
  expect(await claimsHeldByOthers(own.store, ['bill/77'], one.case.caseId)).toEqual([]);
  await saveChanges(own.store, held, changesTo(held.case, { releasesClaims: ['bill/77'] }), { funds: [] });
  const taken = await saveChanges(own.store, other, changesTo(other.case, take), { funds: [] });
  expect(taken.kind).toBe('saved');
});

test('a bank reference is carried by one payout, for good, though two cases are confirmed at once', async () => {
  const [one, other] = [await create('paid-1'), await create('paid-2')];
  const confirm = (file: typeof one, payout: string) => {
    const takesBankReferences = [{ reference: 'YH-1', payoutId: payoutIdSchema.parse(payout) }];
    return saveChanges(own.store, file, changesTo(file.case, { takesBankReferences }), { funds: [] });
  };
  const raced = await Promise.all([confirm(one, 'paid-1.1'), confirm(other, 'paid-2.1')]);
  expect(raced.map(({ kind }) => kind).toSorted()).toEqual(['refused', 'saved']);
  expect(raced).toContainEqual({ kind: 'refused', code: 'bank-reference-used' });
  const winner = savedFile(raced.find(({ kind }) => kind === 'saved')!);
  const again = await confirm(winner, `${winner.case.caseId}.2`);
  expect(again).toEqual({ kind: 'refused', code: 'bank-reference-used' });
  expect((await confirm(winner, `${winner.case.caseId}.1`)).kind).toBe('saved');
  for (const item of await rawItems(own.client, own.tables.cases)) expect(JSON.stringify(item)).not.toContain('YH-1');
});

test('a household’s cap is passed by nobody, not even by two at once, and a case taken back makes room', async () => {
  const householdId = householdIdSchema.parse('household-1');
  const on = asLocalDate('2016-10-08');
  const tally = (amountFen: number) => ({
    tally: { capKey: 'cap', householdId, amountFen: fen(amountFen), maxFen: fen(600), on },
  });
  const [one, other] = [await create('cap-1'), await create('cap-2')];
  const write = (file: typeof one, amountFen: number) =>
    saveChanges(own.store, file, changesTo(file.case, tally(amountFen)), { funds: [] });
  const raced = await Promise.all([write(one, 400), write(other, 400)]);
  expect(raced.filter(({ kind }) => kind === 'saved')).toHaveLength(1);
  const [winner, loser] = raced[0]!.kind === 'saved' ? [savedFile(raced[0]!), other] : [savedFile(raced[1]!), one];
  expect(await write(loser, 400)).toEqual({ kind: 'refused', code: 'cap-passed' });
  const { parts } = await loadTally(own.store, householdId, 'cap');
  expect(parts.map(({ caseId }) => caseId)).toEqual([winner.case.caseId]);
  expect(sumOfParts(parts, undefined)).toBe(400);
  expect(sumOfParts(parts, asLocalDate('2016-10-09'))).toBe(0);
  await write(winner, 0);
  expect((await write(loser, 400)).kind).toBe('saved');
});

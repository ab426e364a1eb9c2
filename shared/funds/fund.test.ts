import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fen } from '../kernel/money.ts';
import {
  applyEntry,
  awardedIn,
  type EntryKind,
  entryKinds,
  type Fund,
  fundSchema,
  type LedgerEntry,
  pairedKinds,
  reversingKinds,
  routeOfEntry,
} from './fund.ts';

const emptyFund = (): Fund =>
  fundSchema.parse({
    fundId: 'group-union',
    names: { zh: '集团工会', en: 'Group union' },
    source: 'group-union',
    purpose: { programmes: ['fire-damage'] },
    validity: { from: '2015-01-01' },
    budgets: [],
    awarded: [],
    fundedFen: 0,
    availableFen: 0,
    reservedFen: 0,
    paidFen: 0,
    version: 4,
    audit: { sequence: 2, hash: 'h' },
  });
const entry = (kind: LedgerEntry['kind'], amount: number) => ({ kind, amountFen: fen(amount) });
const after = (fund: Fund, kind: LedgerEntry['kind'], amount: number): Fund => {
  const applied = applyEntry(fund, entry(kind, amount));
  if (applied.kind !== 'applied') throw new Error(`not covered: ${applied.leftFen} left`);
  return applied.fund;
};
const balances = ({ fundedFen, availableFen, reservedFen, paidFen }: Fund) => [
  fundedFen,
  availableFen,
  reservedFen,
  paidFen,
];

test('money comes in, is reserved, paid, and comes back from the bank, without the sum changing', () => {
  let fund = after(emptyFund(), 'receipt', 1_000);
  expect(balances(fund)).toEqual([1_000, 1_000, 0, 0]);
  fund = after(fund, 'reserve', 400);
  expect(balances(fund)).toEqual([1_000, 600, 400, 0]);
  fund = after(fund, 'pay', 300);
  expect(balances(fund)).toEqual([1_000, 600, 100, 300]);
  fund = after(fund, 'return', 300);
  expect(balances(fund)).toEqual([1_000, 600, 400, 0]);
  fund = after(fund, 'release', 400);
  expect(balances(fund)).toEqual([1_000, 1_000, 0, 0]);
});

test.each([
  ['reserve', 600],
  ['release', 100],
  ['pay', 100],
  ['return', 300],
] as const)('%s takes the last fen of its account and not one more', (kind, left) => {
  const fund = after(after(after(emptyFund(), 'receipt', 1_000), 'reserve', 400), 'pay', 300);
  expect(balances(after(fund, kind, left))[0]).toBe(1_000);
  expect(applyEntry(fund, entry(kind, left + 1))).toEqual({ kind: 'not-covered', leftFen: left });
});

test('an entry leaves version and audit head to the write, and the fund it was read from as it was', () => {
  const before = emptyFund();
  expect(after(before, 'receipt', 1)).toMatchObject({ version: 4, audit: { sequence: 2, hash: 'h' } });
  expect(before.availableFen).toBe(0);
});

test.each([
  ['undo-receipt', 600],
  ['hand-back', 600],
  ['carry-out', 600],
  ['undo-pay', 300],
  ['refund', 300],
] as const)('%s takes the last fen of its account and not one more', (kind, left) => {
  const fund = after(after(after(emptyFund(), 'receipt', 1_000), 'reserve', 400), 'pay', 300);
  expect(after(fund, kind, left)).toBeDefined();
  expect(applyEntry(fund, entry(kind, left + 1))).toEqual({ kind: 'not-covered', leftFen: left });
});

test('what leaves a fund was never in it: it is in none of the balances any more', () => {
  const fund = after(after(emptyFund(), 'receipt', 1_000), 'reserve', 400);
  for (const kind of ['undo-receipt', 'hand-back', 'carry-out'] as const)
    expect(balances(after(fund, kind, 250))).toEqual([750, 350, 400, 0]);
  expect(balances(after(fund, 'carry-in', 250))).toEqual([1_250, 850, 400, 0]);
});

test('a payment that was confirmed by mistake is reserved again, and what a household pays back can be awarded anew', () => {
  const fund = after(after(after(emptyFund(), 'receipt', 1_000), 'reserve', 400), 'pay', 400);
  expect(balances(after(fund, 'undo-pay', 400))).toEqual([1_000, 600, 400, 0]);
  expect(balances(after(fund, 'refund', 100))).toEqual([1_000, 700, 0, 300]);
});

test('what turns an entry round takes the way back', () => {
  const back = { 'undo-receipt': 'receipt', return: 'pay', 'undo-pay': 'pay', release: 'reserve' } as const;
  for (const [kind, turned] of Object.entries(back)) {
    const route = routeOfEntry(kind as EntryKind);
    expect(route).toEqual({ from: routeOfEntry(turned).to, to: routeOfEntry(turned).from });
  }
  expect(entryKinds.filter((kind) => routeOfEntry(kind).from === 'outside')).toEqual(['receipt', 'carry-in']);
  expect(entryKinds.filter((kind) => routeOfEntry(kind).to === 'outside')).toEqual([
    'undo-receipt',
    'hand-back',
    'carry-out',
  ]);
  for (const kind of entryKinds) expect(routeOfEntry(kind).from).not.toBe(routeOfEntry(kind).to);
  expect(reversingKinds).toEqual(['undo-receipt', 'undo-pay', 'return']);
  expect(pairedKinds).toEqual(['carry-out', 'carry-in']);
});

describe('a year’s budget', () => {
  const inYear = (fund: Fund, kind: EntryKind, amount: number, budgetYear?: number): Fund => {
    const applied = applyEntry(fund, { ...entry(kind, amount), ...(budgetYear === undefined ? {} : { budgetYear }) });
    if (applied.kind !== 'applied') throw new Error('not covered');
    return applied.fund;
  };

  test('counts what is reserved in the year that the entry names, and what is released or paid back no more', () => {
    let fund = inYear(after(emptyFund(), 'receipt', 1_000), 'reserve', 400, 2017);
    fund = inYear(fund, 'reserve', 100, 2016);
    expect(fund.awarded).toEqual([
      { year: 2016, amountFen: 100 },
      { year: 2017, amountFen: 400 },
    ]);
    fund = inYear(inYear(fund, 'release', 150, 2017), 'pay', 250, 2017);
    expect(awardedIn(fund, 2017)).toBe(250);
    expect(awardedIn(inYear(fund, 'refund', 50, 2017), 2017)).toBe(200);
    expect(awardedIn(fund, 2016)).toBe(100);
    expect(awardedIn(fund, 2018)).toBe(0);
  });

  test('is not touched by an entry without a year, and never falls below nothing', () => {
    const fund = inYear(after(emptyFund(), 'receipt', 1_000), 'reserve', 400);
    expect(fund.awarded).toEqual([]);
    expect(awardedIn(inYear(fund, 'release', 400, 2016), 2016)).toBe(0);
  });
});

test('promise 2: whatever entries come, the fund holds what came in less what left, and no account falls below nothing', () => {
  const entries = fc.array(
    fc.tuple(
      fc.constantFrom(...entryKinds),
      fc.integer({ min: 0, max: 1_000 }),
      fc.constantFrom(2016, 2017, undefined),
    ),
    { maxLength: 60, size: 'max' },
  );
  fc.assert(
    fc.property(entries, (sequence) => {
      let fund = after(emptyFund(), 'receipt', 500);
      const accounts = { outside: -500, available: 500, reserved: 0, paid: 0 };
      for (const [kind, amount, year] of sequence) {
        const applied = applyEntry(fund, {
          ...entry(kind, amount),
          ...(year === undefined ? {} : { budgetYear: year }),
        });
        const { from, to } = routeOfEntry(kind);
        if (applied.kind === 'not-covered') {
          expect(applied.leftFen).toBe(accounts[from]);
          expect(amount).toBeGreaterThan(applied.leftFen);
        } else {
          fund = applied.fund;
          accounts[from] -= amount;
          accounts[to] += amount;
        }
        expect(balances(fund)).toEqual([0 - accounts.outside, accounts.available, accounts.reserved, accounts.paid]);
        expect(fund.availableFen + fund.reservedFen + fund.paidFen).toBe(fund.fundedFen);
        expect(Math.min(...balances(fund))).toBeGreaterThanOrEqual(0);
        expect(fund.awarded.every(({ amountFen }) => amountFen >= 0)).toBe(true);
      }
    }),
    { seed: 11, numRuns: 300 },
  );
}, 120_000);

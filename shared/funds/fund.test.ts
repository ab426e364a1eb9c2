import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen } from '../kernel/money.ts';
import { applyEntry, type Fund, fundSchema, type LedgerEntry, routeOfEntry } from './fund.ts';

const emptyFund = (): Fund =>
  fundSchema.parse({
    fundId: 'group-union',
    names: { zh: '集团工会', en: 'Group union' },
    source: 'group-union',
    programmes: ['fire-damage'],
    fundedFen: 0,
    availableFen: 0,
    reservedFen: 0,
    paidFen: 0,
    version: 4,
    audit: { sequence: 2, hash: 'h' },
  });
const kinds = ['receipt', 'reserve', 'release', 'pay', 'return'] as const;
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

test('every kind but the receipt moves money between two accounts of the fund', () => {
  expect(kinds.filter((kind) => routeOfEntry(kind).from === 'outside')).toEqual(['receipt']);
  for (const kind of kinds) expect(routeOfEntry(kind).from).not.toBe(routeOfEntry(kind).to);
  expect(routeOfEntry('return')).toEqual({ from: routeOfEntry('pay').to, to: routeOfEntry('pay').from });
  expect(routeOfEntry('release')).toEqual({ from: routeOfEntry('reserve').to, to: routeOfEntry('reserve').from });
});

test('whatever entries come, the fund holds what came in and no account falls below nothing', () => {
  const entries = fc.array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 1_000 })), { maxLength: 40 });
  fc.assert(
    fc.property(entries, (sequence) => {
      let fund = after(emptyFund(), 'receipt', 500);
      let received = 500;
      for (const [kind, amount] of sequence) {
        const applied = applyEntry(fund, entry(kind, amount));
        if (applied.kind !== 'applied') continue;
        fund = applied.fund;
        if (kind === 'receipt') received += amount;
      }
      expect(fund.fundedFen).toBe(received);
      expect(fund.availableFen + fund.reservedFen + fund.paidFen).toBe(received);
      expect(Math.min(...balances(fund))).toBeGreaterThanOrEqual(0);
    }),
    { seed: 11, numRuns: 200 },
  );
});

import { describe, expect, test } from 'vitest';
import { monday, smallFunds } from '../../test/support/small-union.ts';
import { applyEntry, type EntryKind, type Fund, type LedgerEntry, routeOfEntry } from '../funds/fund.ts';
import { fundIdSchema, payoutIdSchema } from '../kernel/ids.ts';
import { fen } from '../kernel/money.ts';
import { proveFund } from './prove-fund.ts';

const empty: Fund = { ...smallFunds()[0]!, fundedFen: fen(0), availableFen: fen(0) };
const { fundId } = empty;
let entries = 0;
const entry = (kind: EntryKind, yuan: number, over: Partial<LedgerEntry> = {}): LedgerEntry => ({
  ...{ entryId: `e-${(entries += 1)}`, fundId, kind, ...routeOfEntry(kind), amountFen: fen(yuan * 100) },
  ...{ at: monday, by: 'finance-2', ...over },
});
const payoutId = payoutIdSchema.parse('p-1');
const receipt = entry('receipt', 900);
const pay = entry('pay', 100, { payoutId });
const counterpart = { fundId: fundIdSchema.parse('another'), entryId: 'e-of-another' };
/** Money that came, was undone, reserved, released, paid, returned, paid again, paid back, carried over and handed back. */
const ledger: readonly LedgerEntry[] = [
  receipt,
  entry('receipt', 50),
  entry('undo-receipt', 50, { reverses: 'e-3' }),
  entry('reserve', 400, { budgetYear: 2016 }),
  entry('release', 200, { budgetYear: 2016 }),
  pay,
  entry('return', 100, { payoutId, reverses: pay.entryId }),
  entry('pay', 100, { payoutId: payoutIdSchema.parse('p-2') }),
  entry('refund', 30, { payoutId: payoutIdSchema.parse('p-2'), budgetYear: 2016 }),
  entry('carry-out', 20, { counterpart }),
  entry('hand-back', 10),
];
const fund = ledger.reduce<Fund>((before, each) => {
  const after = applyEntry(before, each);
  if (after.kind !== 'applied') throw new Error(`nothing covers ${each.entryId}`);
  return after.fund;
}, empty);
const name = `fund#${fundId}`;
const at = (kind: EntryKind): number => ledger.findIndex((each) => each.kind === kind);
const altered = (kind: EntryKind, over: Partial<LedgerEntry>): readonly LedgerEntry[] =>
  ledger.map((each, index) => (index === at(kind) ? { ...each, ...over } : each));
const without = (kind: EntryKind, key: keyof LedgerEntry): readonly LedgerEntry[] =>
  ledger.map((each, index) => {
    if (index !== at(kind)) return each;
    const { [key]: _left, ...rest } = each;
    return rest as LedgerEntry;
  });
const idOf = (kind: EntryKind) => `ledger-entry#${ledger[at(kind)]!.entryId}`;

test('a fund whose entries were applied agrees with them, in any order', () => {
  expect(fund).toMatchObject({ availableFen: 70_000, reservedFen: 10_000, paidFen: 7_000 });
  expect(proveFund(fund, ledger)).toEqual([]);
  expect(proveFund(fund, ledger.toReversed())).toEqual([]);
});

describe('a fund is named', () => {
  test.each(['availableFen', 'reservedFen', 'paidFen'] as const)(
    'whose %s is not the sum of its entries',
    (balance) => {
      const wrong = proveFund({ ...fund, [balance]: fund[balance] + 1 }, ledger);
      expect(wrong).toMatchObject([
        { item: name, code: 'fund-unbalanced' },
        { item: name, code: 'balance-differs', params: { shownFen: fund[balance] + 1, enteredFen: fund[balance] } },
      ]);
    },
  );

  test('which says that more was given than it holds', () => {
    expect(proveFund({ ...fund, fundedFen: fen(fund.fundedFen + 1) }, ledger)).toEqual([
      { item: name, code: 'fund-unbalanced' },
    ]);
  });

  test('that lacks an entry, or has one twice', () => {
    const lacking = proveFund(
      fund,
      ledger.filter((each) => each !== receipt),
    );
    expect(lacking).toEqual([
      { item: name, code: 'balance-differs', params: { account: 'available', shownFen: 70_000, enteredFen: -20_000 } },
    ]);
    expect(proveFund(fund, [...ledger, receipt])).toMatchObject([{ item: name, code: 'balance-differs' }]);
  });

  test('whose years count otherwise than its entries', () => {
    expect(fund.awarded).toEqual([{ year: 2016, amountFen: 17_000 }]);
    const other = (awarded: Fund['awarded']) => proveFund({ ...fund, awarded }, ledger);
    expect(other([{ year: 2016, amountFen: fen(16_999) }])).toEqual([
      { item: name, code: 'budget-differs', params: { year: 2016, shownFen: 16_999, enteredFen: 17_000 } },
    ]);
    expect(other([])).toMatchObject([{ code: 'budget-differs' }]);
    expect(other([...fund.awarded, { year: 2015, amountFen: fen(1) }])).toMatchObject([{ params: { year: 2015 } }]);
  });
});

describe('an entry is named', () => {
  test.each([
    ['whose money comes from elsewhere than its kind says', altered('pay', { from: 'available' }), 'pay'],
    ['whose money goes elsewhere than its kind says', altered('pay', { to: 'available' }), 'pay'],
    ['of another fund', altered('pay', { fundId: counterpart.fundId }), 'pay'],
    ['of nothing', altered('hand-back', { amountFen: fen(0) }), 'hand-back'],
    ['that reverses nothing', without('return', 'reverses'), 'return'],
    ['that reverses what is not there', altered('return', { reverses: 'nothing' }), 'return'],
    ['that reverses another sum', altered('return', { amountFen: fen(1) }), 'return'],
    ['that reverses the payment of another', altered('return', { payoutId: payoutIdSchema.parse('p-3') }), 'return'],
    [
      'that reverses what went elsewhere',
      altered('undo-receipt', { reverses: pay.entryId, payoutId, amountFen: pay.amountFen }),
      'undo-receipt',
    ],
    ['that reverses, though its kind does not', altered('release', { reverses: receipt.entryId }), 'release'],
    ['without its other half', without('carry-out', 'counterpart'), 'carry-out'],
    ['with another half, though its kind has none', altered('hand-back', { counterpart }), 'hand-back'],
  ] as const)('%s', (_, wrong, kind) => {
    expect(proveFund(fund, wrong)[0]).toEqual({ item: idOf(kind), code: 'entry-astray' });
  });

  test('that reverses what was reversed before', () => {
    const again = { ...ledger[at('return')]!, entryId: 'again' };
    expect(proveFund(fund, [...ledger, again])[0]).toEqual({ item: 'ledger-entry#again', code: 'entry-astray' });
  });
});

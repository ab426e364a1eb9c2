import { describe, expect, it } from 'vitest';
import { type Books, compare, expectationsOf, showTable } from './report.ts';

const facts = {
  programmes: [
    { id: 'major-illness-relief', beneficiaries: 2, cash: 50 },
    { id: 'start-up-funding', beneficiaries: 1, cash: 30 },
    { id: 'fire-damage', beneficiaries: 1, cash: 60 },
    { id: 'consolation', beneficiaries: null, cash: 15_000 },
  ],
};
const books: Books = {
  paid: [
    { caseNumber: 'DB-2016-00001', fund: '甲', amountFen: 30_00 },
    { caseNumber: 'DB-2016-00002', fund: '乙', amountFen: 20_00 },
    { caseNumber: 'CY-2016-00001', fund: '甲', amountFen: 30_00 },
    { caseNumber: 'HZ-2016-00001', fund: '乙', amountFen: 30_00 },
    { caseNumber: 'HZ-2016-00001', fund: '丙', amountFen: 18_00 },
    { caseNumber: 'HZ-2016-00001', fund: '丁', amountFen: 12_00 },
  ],
  funds: [{ name: '甲', fundedFen: 100_00, availableFen: 40_00, reservedFen: 0, paidFen: 60_00 }],
};
const bankFen = 140_00;

const withRow = (index: number, change: Partial<Books['paid'][number]>): Books => ({
  ...books,
  paid: books.paid.map((row, at) => (at === index ? { ...row, ...change } : row)),
});

describe('the report of the replay', () => {
  const expected = expectationsOf(facts);

  it('is content when cases, sums, funds and the bank all agree', () => {
    const result = compare(expected, books, bankFen);
    expect(result).toMatchObject({ ok: true, faults: [], totalPaidFen: bankFen });
    expect(result.programmes).toContainEqual({ id: 'fire-damage', cases: 1, paidFen: 60_00, expectedFen: 60_00 });
    expect(showTable(result, books)).toContain('60.00');
  });

  it('says so when a programme is off by one fen', () => {
    const { ok, faults } = compare(expected, withRow(1, { amountFen: 20_01 }), bankFen + 1);
    expect(ok).toBe(false);
    expect(faults).toEqual(['major-illness-relief: 50.01 paid, 50.00 expected']);
  });

  it('says so when the right sum went to too few cases, or came from too few funds', () => {
    expect(compare(expected, withRow(1, { caseNumber: 'DB-2016-00001' }), bankFen).faults).toHaveLength(1);
    expect(compare(expected, withRow(5, { fund: '丙' }), bankFen).faults).toEqual([
      'fire-damage: paid by 2 funds, 3 expected',
    ]);
  });

  it('says so when finance and the bank disagree, or money is still reserved', () => {
    expect(compare(expected, books, bankFen - 1).faults).toHaveLength(1);
    const held = { name: '甲', fundedFen: 100_00, availableFen: 39_00, reservedFen: 1_00, paidFen: 60_00 };
    expect(compare(expected, { ...books, funds: [held] }, bankFen).faults).toHaveLength(1);
  });

  it('says so when a fund does not add up, or paid another sum than the payments from it', () => {
    const odd = { name: '甲', fundedFen: 100_00, availableFen: 40_01, reservedFen: 0, paidFen: 60_00 };
    expect(compare(expected, { ...books, funds: [odd] }, bankFen).faults).toEqual(['甲: its balances do not add up']);
    const less = { ...odd, availableFen: 41_00, paidFen: 59_00 };
    expect(compare(expected, { ...books, funds: [less] }, bankFen).faults).toHaveLength(1);
  });

  it('does not begin without the figures of a programme', () => {
    expect(() => expectationsOf({ programmes: facts.programmes.slice(1) })).toThrow('major-illness-relief');
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fen, fen, percentOf, yuan, zeroFen } from '../kernel/money.ts';
import { asLocalDate } from '../kernel/time.ts';
import type { Standing } from '../programmes/condition.ts';
import type { Facts } from '../programmes/evaluate.ts';
import type { Answers } from '../programmes/form-field.ts';
import { seedProgrammes } from '../programmes/seeds/index.ts';
import { suggestAmount } from './suggest-amount.ts';

const [illness, fire, startUp] = [seedProgrammes[0]!, seedProgrammes[1]!, seedProgrammes[2]!];

const facts = (answers: Answers, over: Partial<Facts> = {}): Facts => ({
  answers,
  standing: 'none',
  isOnRegister: false,
  householdHeads: 3,
  today: asLocalDate('2016-10-08'),
  ...over,
});
/** A bill of which insurance paid half in three parts, and the rest is the own share. */
const bill = (ownShareFen: number, paidByOthersFen = 0): Answers => ({
  totalCostFen: ownShareFen + 600,
  paidByBasicFen: 300,
  paidBySeriousFen: 200,
  paidByMutualFen: 100,
  paidByOthersFen,
});
const forOwnShare = (ownShareFen: Fen, standing: Standing = 'none', already = zeroFen) =>
  suggestAmount(illness, facts(bill(ownShareFen), { standing }), already).suggestedFen;

describe('major illness relief', () => {
  test.each([
    [1_999.99, 0],
    [2_000, 1_000],
    [10_000, 1_000],
    [10_000.01, 2_000],
    [20_000, 2_000],
    [20_000.01, 3_000],
    [50_000, 3_000],
    [50_000.01, 4_500],
    [100_000, 4_500],
    [100_000.01, 6_000],
    [900_000, 6_000],
  ])('suggests for an own share of %d yuan %d yuan', (ownShare, suggested) => {
    expect(forOwnShare(yuan(ownShare))).toBe(yuan(suggested));
  });

  test.each(['low-income', 'special-hardship'] as const)('suggests a fifth more for a household on %s', (standing) => {
    expect(forOwnShare(yuan(10_000), standing)).toBe(yuan(1_200));
    expect(forOwnShare(yuan(50_000), standing)).toBe(yuan(3_600));
    expect(forOwnShare(yuan(100_000), standing)).toBe(yuan(5_400));
  });

  test.each(['none', 'hardship', 'laid-off'] as const)(
    'suggests no more for a household standing as %s',
    (standing) => {
      expect(forOwnShare(yuan(10_000), standing)).toBe(yuan(1_000));
    },
  );

  test('never goes beyond 6,000 yuan a year, whatever is added', () => {
    const suggestion = suggestAmount(illness, facts(bill(yuan(200_000)), { standing: 'low-income' }), zeroFen);
    expect(suggestion.suggestedFen).toBe(yuan(6_000));
    expect(suggestion.mostFen).toBe(yuan(6_000));
    expect(suggestion.lines.map((line) => line.amountFen)).toEqual(
      [200_006, 200_000, 6_000, 7_200, 6_000].map((each) => yuan(each)),
    );
    expect(suggestion.lines.at(-1)?.label.zh).toBe('每户每年最多 6000.00 元');
  });

  test('leaves what the household was awarded this year out of the rest', () => {
    const suggestion = suggestAmount(illness, facts(bill(yuan(50_000))), yuan(4_000));
    expect(suggestion).toMatchObject({ suggestedFen: yuan(2_000), mostFen: yuan(2_000) });
    expect(suggestion.lines.at(-1)?.label).toEqual({
      zh: '每户每年最多 6000.00 元，其中已救助 4000.00 元',
      en: 'At most 6000.00 yuan a household a year, of which 4000.00 yuan awarded before',
    });
    expect(forOwnShare(yuan(50_000), 'none', yuan(6_000))).toBe(0);
    expect(forOwnShare(yuan(50_000), 'none', yuan(7_000))).toBe(0);
  });

  test('never goes beyond the own share less what others paid, and says so', () => {
    const suggestion = suggestAmount(illness, facts(bill(yuan(10_000), yuan(9_500))), zeroFen);
    expect(suggestion).toMatchObject({ suggestedFen: yuan(500), mostFen: yuan(500) });
    expect(suggestion.lines.map((line) => [line.label.en, line.amountFen])).toEqual([
      ['Total cost', yuan(10_006)],
      ['Own share (total cost less all insurance)', yuan(10_000)],
      ['Relief by the band of the own share', yuan(1_000)],
      ['Paid by others', yuan(9_500)],
      ['Never more than the own share less what others paid', yuan(500)],
    ]);
    expect(suggestAmount(illness, facts(bill(yuan(10_000), yuan(20_000))), zeroFen).suggestedFen).toBe(0);
  });

  test('lists no limit that did not lower the sum', () => {
    const { lines, mostFen } = suggestAmount(illness, facts(bill(yuan(10_000))), zeroFen);
    expect(lines.map((line) => line.amountFen)).toEqual([yuan(10_006), yuan(10_000), yuan(1_000)]);
    expect(mostFen).toBe(yuan(6_000));
  });
});

describe('fire damage relief', () => {
  const burnt = (...estimates: number[]): Answers => ({
    damage: estimates.map((estimate) => ({ item: '家具', estimateFen: yuan(estimate) })),
  });

  test.each([
    [[20_000], 4, 6_000],
    [[10_000, 5_000], 3, 4_500],
    [[100], 1, 1_000],
    [[2_500], 1, 1_000],
    [[2_505], 1, 1_001],
    [[0], 1, 1_000],
    [[100_000], 5, 10_000],
  ])('suggests for damage of %j yuan and %d people %d yuan', (estimates, householdHeads, suggested) => {
    const { suggestedFen } = suggestAmount(fire, facts(burnt(...estimates), { householdHeads }), zeroFen);
    expect(suggestedFen).toBe(yuan(suggested));
  });

  test('is explained line by line', () => {
    const { lines } = suggestAmount(fire, facts(burnt(100), { householdHeads: 1 }), zeroFen);
    expect(lines.map((line) => [line.label.zh, line.amountFen])).toEqual([
      ['清单上的损失', yuan(100)],
      ['损失的 20%', yuan(20)],
      ['按家庭人口每人 500 元', yuan(500)],
      ['合计', yuan(520)],
      ['最低救助 1,000 元', yuan(1_000)],
    ]);
  });

  test('stays within 10,000 yuan for one incident, with what was awarded before', () => {
    const { suggestedFen, lines } = suggestAmount(fire, facts(burnt(100_000), { householdHeads: 5 }), yuan(3_000));
    expect(suggestedFen).toBe(yuan(7_000));
    expect(lines.at(-1)?.label.zh).toBe('每户每次事故最多 10000.00 元，其中已救助 3000.00 元');
  });
});

describe('start-up funding', () => {
  const costing = (...costs: number[]): Answers => ({
    costs: costs.map((cost) => ({ item: '烤箱', costFen: yuan(cost) })),
  });

  test.each([
    [[2_000, 1_000], 1_500],
    [[6_000], 3_000],
    [[6_000.02], 3_000],
    [[0.01], 0],
    [[50_000], 3_000],
  ])('suggests for costs of %j yuan %d yuan', (costs, suggested) => {
    expect(suggestAmount(startUp, facts(costing(...costs)), zeroFen).suggestedFen).toBe(yuan(suggested));
  });

  test('names the three years of its cap', () => {
    const { lines } = suggestAmount(startUp, facts(costing(50_000)), yuan(1_000));
    expect(lines.at(-1)?.label.en).toBe(
      'At most 3000.00 yuan a household in 36 months, of which 1000.00 yuan awarded before',
    );
  });
});

test('no suggestion is ever negative, above the most, or above what is left of the cap', () => {
  const anyFen = fc.integer({ min: 0, max: 50_000_000 });
  fc.assert(
    fc.property(
      fc.constantFrom(...seedProgrammes),
      anyFen,
      anyFen,
      anyFen,
      fc.nat(10),
      (version, one, two, had, heads) => {
        const answers: Answers = {
          ...bill(one, two),
          damage: [{ item: 'a', estimateFen: one }],
          costs: [{ item: 'a', costFen: two }],
        };
        const { suggestedFen, mostFen } = suggestAmount(version, facts(answers, { householdHeads: heads }), fen(had));
        expect(suggestedFen).toBeGreaterThanOrEqual(0);
        expect(suggestedFen).toBeLessThanOrEqual(mostFen);
        expect(mostFen).toBeLessThanOrEqual(Math.max(0, version.cap.maxFen - had));
        expect(percentOf(mostFen, 100)).toBe(mostFen);
      },
    ),
  );
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { usualYear, yearFrom, type YearPlan } from './plan.ts';

const seeds = Array.from({ length: 200 }, (_, index) => index + 1);
const forAnyYear = (holds: (year: YearPlan) => void): void =>
  fc.assert(fc.property(fc.integer({ min: 1, max: 999_999_999 }), (seed) => holds(yearFrom(seed))));
const approvedSum = ({ illnesses }: YearPlan): number =>
  illnesses
    .flat()
    .map(({ suggested, recommended, approved }) => approved ?? Math.min(...(recommended ?? [suggested])))
    .reduce((sum, yuan) => sum + yuan, 0);
const weekday = (moment: string): number => new Date(`${moment.slice(0, 10)}T00:00:00Z`).getUTCDay();

describe('a year from a seed', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(yearFrom(7)).toEqual(yearFrom(7));
    expect(new Set(seeds.map((seed) => JSON.stringify(yearFrom(seed)))).size).toBe(seeds.length);
  });

  test('comes to the same sum, with every batch as large and its first case in its place', () =>
    forAnyYear((year) => {
      expect(approvedSum(year)).toBe(84_000);
      expect(year.illnesses.map((batch) => batch.length)).toEqual(usualYear.illnesses.map((batch) => batch.length));
      expect(year.illnesses.map(([first]) => first)).toEqual(usualYear.illnesses.map(([first]) => first));
      expect(year.illnesses.flat().toSorted(byText)).toEqual(usualYear.illnesses.flat().toSorted(byText));
    }));

  test('applies and pays on working days, in order, nobody after number 899', () =>
    forAnyYear(({ batches, firstPerson }) => {
      const moments = batches.flatMap(({ apply, pay }) => [apply, pay]);
      expect(moments.toSorted()).toEqual(moments);
      for (const moment of moments) expect([1, 2, 3, 4, 5]).toContain(weekday(moment));
      // Numbers run up to 74 beyond the first; three digits of phone and ID number hold them.
      expect(firstPerson + 74).toBeLessThan(900);
    }));
});

const byText = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

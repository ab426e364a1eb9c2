import days from 'chinese-days';
import { expect, test } from 'vitest';
import bundled from '../../infra/bundled/chinese-days.ts';
import { knownHolidayYears } from '../../shared/kernel/working-days.ts';

test('the calendar in a bundle says of every day of the known years what the library says', () => {
  const differing: string[] = [];
  let looked = 0;
  const end = Date.UTC(knownHolidayYears.last + 1, 0, 1);
  for (let at = Date.UTC(knownHolidayYears.first, 0, 1); at < end; at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    looked += 1;
    if (bundled.isWorkday(date) !== days.isWorkday(date)) differing.push(date);
  }
  expect(differing).toEqual([]);
  expect(looked).toBeGreaterThan(8_000);
});

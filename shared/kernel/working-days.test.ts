import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addLocalDays, asInstant, asLocalDate, type LocalDate } from './time.ts';
import {
  addWorkingDays,
  isWorkingDay,
  knownHolidayYears,
  workingDaysAfter,
  workingDaysBetween,
} from './working-days.ts';

const day = asLocalDate;
const daysFrom = (first: string, last: string): LocalDate[] => {
  const days: LocalDate[] = [];
  for (let date = day(first); date <= last; date = addLocalDays(date, 1)) days.push(date);
  return days;
};

describe('Golden Week 2016', () => {
  test('is free from the 1st to the 7th of October', () => {
    expect(daysFrom('2016-10-01', '2016-10-07').filter(isWorkingDay)).toEqual([]);
  });

  test('is made up for on the Saturday and Sunday after it', () => {
    expect(daysFrom('2016-10-08', '2016-10-09').every(isWorkingDay)).toBe(true);
  });

  test('does not count in a notice of five working days', () => {
    expect(addWorkingDays(day('2016-09-30'), 5)).toEqual({ date: '2016-10-12', isEstimate: false });
  });
});

describe('the holidays that are known', () => {
  test('are those of the years for which the calendar has data', () => {
    const dist = dirname(createRequire(import.meta.url).resolve('chinese-days'));
    const years = readdirSync(join(dist, 'years'))
      .filter((name) => /^\d{4}\.json$/.test(name))
      .map((name) => Number(name.slice(0, 4)));
    expect(Math.min(...years)).toBe(knownHolidayYears.first);
    expect(Math.max(...years)).toBe(knownHolidayYears.last);
    expect(new Set(years).size).toBe(knownHolidayYears.last - knownHolidayYears.first + 1);
  });

  test.each([knownHolidayYears.first, knownHolidayYears.last])('include National Day %i', (year) => {
    expect(isWorkingDay(day(`${year}-10-01`))).toBe(false);
  });

  test('end where the next year is only estimated: its National Day counts as a plain Friday', () => {
    expect(isWorkingDay(day('2027-10-01'))).toBe(true);
    expect(isWorkingDay(day('2027-10-02'))).toBe(false);
    expect(addWorkingDays(day('2027-01-04'), 1)).toEqual({ date: '2027-01-05', isEstimate: true });
  });

  test('make a count an estimate as soon as it runs over their end', () => {
    expect(addWorkingDays(day('2026-12-30'), 1)).toEqual({ date: '2026-12-31', isEstimate: false });
    expect(addWorkingDays(day('2026-12-30'), 3).isEstimate).toBe(true);
  });
});

describe('counting working days', () => {
  test('does not count the day it starts from, and none at all is that day', () => {
    expect(addWorkingDays(day('2016-05-23'), 1).date).toBe('2016-05-24');
    expect(addWorkingDays(day('2016-05-23'), 0).date).toBe('2016-05-23');
  });

  test('keeps the time of day of the union', () => {
    // 23:30 on Friday in Shanghai; the next working day is Monday.
    expect(workingDaysAfter(asInstant('2016-05-20T15:30:00.000Z'), 1)).toBe('2016-05-23T15:30:00.000Z');
    // Already Saturday in Shanghai, still Friday in UTC.
    expect(workingDaysAfter(asInstant('2016-05-20T16:30:00.000Z'), 1)).toBe('2016-05-22T16:30:00.000Z');
  });

  test('between two days is the inverse of adding', () => {
    const anyDay = fc.integer({ min: 0, max: 8_000 }).map((days) => addLocalDays(day('2004-02-01'), days));
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (from, count) => {
        const { date } = addWorkingDays(from, count);
        expect(isWorkingDay(date)).toBe(true);
        expect(workingDaysBetween(from, date)).toBe(count);
        expect(workingDaysBetween(date, from)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});

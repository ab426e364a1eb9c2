import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addHours,
  addLocalDays,
  addLocalMonths,
  asInstant,
  asLocalDate,
  instantAt,
  instantSchema,
  lastDayBefore,
  localDateOf,
  localDateSchema,
  msIntoLocalDay,
  secondsUntil,
  startOfLocalDate,
} from './time.ts';

describe('a day where the union lives', () => {
  test('begins at 16:00 UTC of the day before', () => {
    expect(localDateOf(asInstant('2016-10-07T15:59:59.999Z'))).toBe('2016-10-07');
    expect(localDateOf(asInstant('2016-10-07T16:00:00.000Z'))).toBe('2016-10-08');
    expect(startOfLocalDate(asLocalDate('2016-10-08'))).toBe('2016-10-07T16:00:00.000Z');
  });

  test('is the last before its own midnight, and before any moment of the next', () => {
    expect(lastDayBefore(asInstant('2016-10-07T16:00:00.000Z'))).toBe('2016-10-07');
    expect(lastDayBefore(asInstant('2016-10-07T16:00:00.001Z'))).toBe('2016-10-08');
  });

  test('and the time into it make the moment again', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000_000, max: 4_000_000_000_000 }), (epochMs) => {
        const moment = instantAt(epochMs);
        expect(startOfLocalDate(localDateOf(moment), msIntoLocalDay(moment))).toBe(moment);
      }),
    );
  });

  test('is read only if it exists and is written in full', () => {
    expect(localDateSchema.parse('2016-02-29')).toBe('2016-02-29');
    for (const wrong of ['2015-02-29', '2016-13-01', '2016-1-1', '', '2016-10-08T00:00:00Z', '2016-10-08 ', 'today']) {
      expect(localDateSchema.safeParse(wrong).success, wrong).toBe(false);
      expect(() => asLocalDate(wrong), wrong).toThrow(RangeError);
    }
  });

  test('some months on keeps its number, or is the last of a shorter month', () => {
    expect(addLocalMonths(asLocalDate('2016-01-31'), 1)).toBe('2016-02-29');
    expect(addLocalMonths(asLocalDate('2016-03-31'), -1)).toBe('2016-02-29');
    expect(addLocalMonths(asLocalDate('2016-11-15'), 14)).toBe('2018-01-15');
    expect(addLocalMonths(asLocalDate('2016-03-15'), -36)).toBe('2013-03-15');
  });

  test('some days on crosses months and years', () => {
    expect(addLocalDays(asLocalDate('2016-12-31'), 1)).toBe('2017-01-01');
    expect(addLocalDays(asLocalDate('2016-03-01'), -1)).toBe('2016-02-29');
  });
});

describe('a moment', () => {
  test('is read only in UTC with milliseconds', () => {
    expect(instantSchema.parse('2016-10-08T02:00:00.000Z')).toBe('2016-10-08T02:00:00.000Z');
    for (const wrong of ['2016-10-08T02:00:00Z', '2016-10-08T02:00:00.000+08:00', '2016-13-08T02:00:00.000Z', '']) {
      expect(instantSchema.safeParse(wrong).success, wrong).toBe(false);
      expect(() => asInstant(wrong), wrong).toThrow(RangeError);
    }
  });

  test('sorts as text', () => {
    const early = asInstant('2016-10-08T02:00:00.000Z');
    expect(addHours(early, 1) > early).toBe(true);
    expect(addHours(early, -3) < early).toBe(true);
  });

  test('is some whole seconds away, rounded up, and never less than none', () => {
    const now = asInstant('2016-10-08T02:00:00.000Z');
    expect(secondsUntil(now, asInstant('2016-10-08T02:00:00.001Z'))).toBe(1);
    expect(secondsUntil(now, addHours(now, 4))).toBe(14_400);
    expect(secondsUntil(now, addHours(now, -4))).toBe(0);
  });
});

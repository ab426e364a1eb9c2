import { describe, expect, test } from 'vitest';
import { readSchedule } from './schedule-expression.ts';

const at = (text: string): number => Date.parse(text);
const next = (expression: string, after: string, zone = 'UTC', start = after): string | undefined => {
  const due = readSchedule(expression, zone, at(start)).next(at(after));
  return due === undefined ? undefined : new Date(due).toISOString();
};

test('a rate counts from its start', () => {
  expect(next('rate(5 minutes)', '2016-01-01T00:07:00Z', 'UTC', '2016-01-01T00:01:00Z')).toBe(
    '2016-01-01T00:11:00.000Z',
  );
});

test('cron knows lists, steps, names, the last day and the nth weekday', () => {
  expect(next('cron(0 9 ? * MON-FRI *)', '2016-01-01T09:00:00Z')).toBe('2016-01-04T09:00:00.000Z');
  expect(next('cron(0/15 * * * ? *)', '2016-01-01T00:16:00Z')).toBe('2016-01-01T00:30:00.000Z');
  expect(next('cron(0 0 L * ? *)', '2016-02-01T00:00:00Z')).toBe('2016-02-29T00:00:00.000Z');
  expect(next('cron(0 0 ? * 2#1 *)', '2016-01-05T00:00:00Z')).toBe('2016-02-01T00:00:00.000Z');
  expect(next('cron(0 0 1 1 ? 2015)', '2016-01-01T00:00:00Z')).toBeUndefined();
});

test('cron and at follow their time zone', () => {
  expect(next('cron(0 9 * * ? *)', '2016-01-01T00:00:00Z', 'Asia/Shanghai')).toBe('2016-01-01T01:00:00.000Z');
  expect(next('at(2016-03-01T09:00:00)', '2016-01-01T00:00:00Z', 'Asia/Shanghai')).toBe('2016-03-01T01:00:00.000Z');
  expect(next('at(2016-03-01T09:00:00)', '2016-04-01T00:00:00Z')).toBeUndefined();
});

describe('in a zone', () => {
  test.each([
    // Clocks go forward on 2016-03-27 at 01:00 UTC: 02:30 is not on the wall that night.
    [
      'an hour that is left out',
      'cron(30 2 * * ? *)',
      '2016-03-26T12:00:00Z',
      'Europe/Berlin',
      '2016-03-28T00:30:00.000Z',
    ],
    [
      'the same hour on the wall all year',
      'cron(0 9 * * ? *)',
      '2016-03-26T12:00:00Z',
      'Europe/Berlin',
      '2016-03-27T07:00:00.000Z',
    ],
    // Clocks go back on 2016-10-30 at 01:00 UTC: 02:30 comes twice, and is met once.
    [
      'an hour that comes twice',
      'cron(30 2 * * ? *)',
      '2016-10-29T12:00:00Z',
      'Europe/Berlin',
      '2016-10-30T00:30:00.000Z',
    ],
    [
      "a day that begins before UTC's",
      'cron(0 0 1 * ? *)',
      '2016-01-30T00:00:00Z',
      'Asia/Shanghai',
      '2016-01-31T16:00:00.000Z',
    ],
    [
      'the last day of a month, which is the next in UTC',
      'cron(0 23 L * ? *)',
      '2016-02-01T00:00:00Z',
      'America/New_York',
      '2016-02-01T04:00:00.000Z',
    ],
  ])('%s', (_, expression, after, zone, expected) => {
    expect(next(expression, after, zone)).toBe(expected);
  });

  test('an hour that comes twice is met once', () => {
    expect(next('cron(30 2 * * ? *)', '2016-10-30T00:30:00Z', 'Europe/Berlin')).toBe('2016-10-31T01:30:00.000Z');
  });
});

describe('the end of a month', () => {
  test.each([
    ['cron(0 0 L * ? *)', '2015-02-01T00:00:00Z', '2015-02-28T00:00:00.000Z'],
    ['cron(0 0 L * ? *)', '2016-02-29T00:00:00Z', '2016-03-31T00:00:00.000Z'],
    ['cron(0 0 31 * ? *)', '2016-01-31T00:00:00Z', '2016-03-31T00:00:00.000Z'],
    ['cron(0 0 29 2 ? *)', '2016-02-29T00:00:00Z', '2020-02-29T00:00:00.000Z'],
    ['cron(0 0 30 2 ? *)', '2016-01-01T00:00:00Z', undefined],
    ['cron(0 0 ? * 6L *)', '2016-01-01T00:00:00Z', '2016-01-29T00:00:00.000Z'],
    ['cron(0 0 31W 7 ? *)', '2016-01-01T00:00:00Z', '2016-07-29T00:00:00.000Z'],
    ['cron(0 0 1W 5 ? *)', '2016-01-01T00:00:00Z', '2016-05-02T00:00:00.000Z'],
    ['cron(59 23 31 12 ? *)', '2016-12-31T23:59:00Z', '2017-12-31T23:59:00.000Z'],
  ])('%s after %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });
});

test('at comes once: at its very second, and never again', () => {
  expect(next('at(2016-03-01T09:00:30)', '2016-03-01T09:00:29Z')).toBe('2016-03-01T09:00:30.000Z');
  expect(next('at(2016-03-01T09:00:30)', '2016-03-01T09:00:30Z')).toBeUndefined();
});

test.each([
  ['rate(1 minute)', '2016-01-01T00:01:00.000Z'],
  ['rate(1 hour)', '2016-01-01T01:00:00.000Z'],
  ['rate(7 days)', '2016-01-08T00:00:00.000Z'],
])('%s', (expression, expected) => {
  expect(next(expression, '2016-01-01T00:00:00Z')).toBe(expected);
});

test.each([
  'rate(0 minutes)',
  'rate(1 week)',
  'at(soon)',
  'at(2016-03-01)',
  'cron(0 9 ? * FRI-MON *)',
  'cron(0 9 1 * *)',
  'cron(0 9 * * MON *)',
  'cron(99 * * * ? *)',
  'every day',
])('%s is refused', (expression) => {
  expect(() => readSchedule(expression, 'UTC', 0)).toThrow(/is not understood/);
});

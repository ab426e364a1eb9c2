import { expect, test } from 'vitest';
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

test.each(['rate(0 minutes)', 'cron(0 9 * * MON *)', 'cron(99 * * * ? *)', 'every day'])(
  '%s is refused',
  (expression) => {
    expect(() => readSchedule(expression, 'UTC', 0)).toThrow(/is not understood/);
  },
);

import { expect, test } from 'vitest';
import { readDuration, readInstant, showInstant } from './clock-time.ts';

test("a time without a zone is China's", () => {
  expect(readInstant('2016-01-01')).toBe(Date.parse('2015-12-31T16:00:00Z'));
  expect(readInstant('2016-01-01T09:30Z')).toBe(Date.parse('2016-01-01T09:30:00Z'));
  expect(showInstant(Date.parse('2015-12-31T16:00:00Z'))).toBe('2016-01-01T00:00:00+08:00');
});

test.each(['2016-02-31', '2015-02-29T09:00', '2016-13-01', '2016-03-01T25:00', '9999-12-31T23:59', 'yesterday', ''])(
  '%s is no time',
  (text) => {
    expect(readInstant(text)).toBeUndefined();
  },
);

test('a step is days, hours, minutes; anything else is none', () => {
  expect(readDuration('+1d12h')).toBe(36 * 3_600_000);
  expect(readDuration('90m')).toBe(5_400_000);
  expect([readDuration('-1d'), readDuration('soon')]).toEqual([undefined, undefined]);
});

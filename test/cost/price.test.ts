import { expect, test } from 'vitest';
import { dollars, dollarsWithoutMail, minus, nothing, plus, prices } from './price.ts';

const some = { ...nothing, transitions: 20, mails: 3, writeUnits: 100 };

test('each thing counted has its price, and the mails can be left out', () => {
  expect(dollars(some)).toBeCloseTo(20 * 2.5e-5 + 3 * 1.6e-4 + 100 * 6.25e-7, 12);
  expect(dollarsWithoutMail(some)).toBeCloseTo(20 * 2.5e-5 + 100 * 6.25e-7, 12);
});

test('one of each costs the sum of all prices, so that none is forgotten', () => {
  const each = Object.values(prices);
  const one = { ...prices };
  for (const kind of Object.keys(one)) Reflect.set(one, kind, 1);
  expect(dollars(one)).toBeCloseTo(
    each.reduce((sum, price) => sum + price, 0),
    12,
  );
});

test('what a stage took is the difference of two counts', () => {
  expect(minus(plus(some, some), some)).toEqual(some);
});

import { afterEach, describe, expect, test } from 'vitest';
import { now } from './clock.ts';

const clockSymbol = Symbol.for('reliefline.clock');

describe('the clock', () => {
  afterEach(() => {
    Reflect.deleteProperty(globalThis, clockSymbol);
  });

  test('is the machine’s own where nobody moved it', () => {
    const before = Date.now();
    const told = Date.parse(now());
    expect(told).toBeGreaterThanOrEqual(before);
    expect(told).toBeLessThanOrEqual(Date.now());
  });

  test('is the moved one where a runtime put one', () => {
    Reflect.set(globalThis, clockSymbol, { now: () => Date.parse('2016-10-08T02:00:00Z') });
    expect(now()).toBe('2016-10-08T02:00:00.000Z');
  });

  test('ignores what is no clock', () => {
    Reflect.set(globalThis, clockSymbol, { now: 5 });
    expect(Date.parse(now())).toBeGreaterThan(Date.parse('2020-01-01'));
  });
});

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addFen,
  fen,
  formatYuan,
  leastFen,
  mostFen,
  parseYuan,
  percentOf,
  splitByPercent,
  subtractFen,
  yuan,
} from './money.ts';

const anyAmount = fc.integer({ min: 0, max: 100_000_000_000 }).map(fen);

/** Whole percentages that make 100: the distances between sorted cuts. */
const anyPercents = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 6 }).map((cuts) => {
  const edges = [0, ...cuts.sort((a, b) => a - b), 100];
  return edges.slice(1).map((edge, index) => edge - edges[index]!);
});

describe('an amount in fen', () => {
  test('is whole and has a bound', () => {
    expect(fen(300_050)).toBe(300_050);
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 100_000_000_000_01, -100_000_000_000_01]) {
      expect(() => fen(wrong), String(wrong)).toThrow(RangeError);
    }
  });

  test('adds, subtracts and compares without leaving whole fen', () => {
    expect(addFen()).toBe(0);
    expect(addFen(yuan(1), yuan(0.1), yuan(0.2))).toBe(130);
    expect(subtractFen(yuan(10), yuan(3), yuan(8))).toBe(-100);
    expect(leastFen(yuan(3), yuan(2), yuan(5))).toBe(200);
    expect(mostFen(yuan(3), yuan(2), yuan(5))).toBe(500);
  });

  test('has percentages rounded down', () => {
    expect(percentOf(fen(199), 50)).toBe(99);
    expect(percentOf(yuan(3_000), 120)).toBe(360_000);
  });
});

describe('splitting by percent', () => {
  test('gives the odd fen to the first share', () => {
    expect(splitByPercent(fen(101), [50, 30, 20])).toEqual([51, 30, 20]);
    expect(splitByPercent(yuan(6_000), [50, 30, 20])).toEqual([300_000, 180_000, 120_000]);
  });

  test('always adds up to the amount, and moves no share by a whole fen a part', () => {
    fc.assert(
      fc.property(anyAmount, anyPercents, (amount, percents) => {
        const shares = splitByPercent(amount, percents);
        expect(addFen(...shares)).toBe(amount);
        shares.forEach((share, index) => {
          expect(share).toBeGreaterThanOrEqual(0);
          const exact = (amount * percents[index]!) / 100;
          expect(Math.abs(share - exact)).toBeLessThan(index === 0 ? percents.length : 1);
        });
      }),
    );
  });

  test('refuses percentages that do not make 100', () => {
    expect(() => splitByPercent(yuan(1), [50, 49])).toThrow(RangeError);
    expect(() => splitByPercent(yuan(1), [])).toThrow(RangeError);
  });
});

describe('money as people type it', () => {
  test.each([
    ['3000', 300_000],
    ['3,000.5', 300_050],
    ['３０００．５０', 300_050],
    [' ¥ 3 000.00 ', 300_000],
    ['￥12', 1_200],
    ['3000元', 300_000],
    ['0', 0],
    ['5.', 500],
  ])('reads %s', (text, expected) => {
    expect(parseYuan(text)).toEqual({ ok: true, value: expected });
  });

  test.each([
    ['', 'not-money'],
    ['-5', 'not-money'],
    ['1e3', 'not-money'],
    ['三千', 'not-money'],
    ['1.2.3', 'not-money'],
    // A comma where no thousands end: 12,50 is as likely twelve yuan and a half.
    ['12,50', 'not-money'],
    ['12，50', 'not-money'],
    ['1,00', 'not-money'],
    ['3000,', 'not-money'],
    [',300', 'not-money'],
    ['1,,000', 'not-money'],
    ['1234,567', 'not-money'],
    ['300.1,2', 'not-money'],
    ['<script>1</script>', 'not-money'],
    ['1.005', 'too-many-decimals'],
    ['100000000000.01', 'too-much'],
    ['9'.repeat(400), 'too-much'],
  ])('refuses %s as %s', (text, error) => {
    expect(parseYuan(text)).toEqual({ ok: false, error });
  });

  test('comes back from its bank form to the fen', () => {
    fc.assert(
      fc.property(anyAmount, (amount) => {
        expect(parseYuan(formatYuan(amount))).toEqual({ ok: true, value: amount });
      }),
    );
  });

  test('is written for banks with two decimals and no separators', () => {
    expect(formatYuan(fen(300_050))).toBe('3000.50');
    expect(formatYuan(fen(5))).toBe('0.05');
    expect(formatYuan(fen(-5))).toBe('-0.05');
  });
});

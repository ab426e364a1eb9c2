import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen } from '../kernel/money.ts';
import { asInstant, asLocalDate } from '../kernel/time.ts';
import { catalogueOf } from './catalogue.ts';
import {
  formatAmount,
  formatCount,
  formatDate,
  formatDateTime,
  formatDeadline,
  formatList,
  formatMoney,
} from './format.ts';
import { chooseLang } from './lang.ts';

it('lists things as the language does', () => {
  expect([formatList(['甲', '乙'], 'zh'), formatList(['A', 'B'], 'en'), formatList([], 'en')]).toEqual([
    '甲、乙',
    'A, B',
    '',
  ]);
});

describe('the language of a request', () => {
  it.each([
    [undefined, undefined, 'zh'],
    [undefined, 'en-GB,en;q=0.9', 'en'],
    [undefined, 'en;q=0.4, zh-CN;q=0.8', 'zh'],
    [undefined, 'fr, de;q=0.5', 'zh'],
    [undefined, 'en;q=0', 'zh'],
    [undefined, 'ZH-tw', 'zh'],
    ['en', 'zh-CN', 'en'],
    ['xx', 'en', 'en'],
  ])('cookie %s with Accept-Language %s is %s', (cookie, header, lang) => {
    expect(chooseLang(cookie, header)).toBe(lang);
  });

  it('is one of ours whatever the browser sends', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => ['zh', 'en'].includes(chooseLang(a, b))));
  });
});

/** Every leaf as path, kind and text, however deep its area is nested. */
function leavesOf(node: unknown, path = ''): { path: string; kind: string; text: unknown }[] {
  return typeof node === 'object' && node !== null
    ? Object.entries(node).flatMap(([key, value]) => leavesOf(value, `${path}.${key}`))
    : [{ path, kind: typeof node, text: node }];
}

describe('the catalogues', () => {
  const zh = leavesOf(catalogueOf('zh'));
  const en = leavesOf(catalogueOf('en'));

  it('have the same leaves in both languages, each a text or a function', () => {
    const shape = (leaves: typeof zh) => leaves.map(({ path, kind }) => `${path} ${kind}`).sort();
    expect(shape(en)).toEqual(shape(zh));
    expect(new Set(zh.map(({ kind }) => kind))).toEqual(new Set(['string', 'function']));
  });

  it('leave no text empty', () => {
    expect([...zh, ...en].filter(({ text }) => typeof text === 'string' && text.trim() === '')).toEqual([]);
  });
});

describe('amounts and dates', () => {
  it('puts a deadline at midnight on the day that ends with it', () => {
    const midnight = asInstant('2016-10-18T16:00:00.000Z');
    expect([formatDeadline(midnight, 'zh'), formatDeadline(midnight, 'en')]).toEqual([
      '2016年10月18日 24:00',
      '18 October 2016 at 24:00',
    ]);
    const evening = asInstant('2016-10-18T14:30:00.000Z');
    expect(formatDeadline(evening, 'zh')).toBe('2016年10月18日 22:30');
  });

  it('writes fen as yuan with thousands and two decimals', () => {
    expect(formatAmount(fen(123_456_789))).toBe('1,234,567.89');
    expect(formatAmount(fen(5))).toBe('0.05');
    expect(formatAmount(fen(-100_000))).toBe('-1,000.00');
    expect(formatMoney(fen(300_000), 'zh')).toBe('3,000.00 元');
    expect(formatMoney(fen(300_000), 'en')).toBe('CNY 3,000.00');
  });

  it('keeps the digits of any amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (value) => {
        expect(Number(formatAmount(fen(value)).replace(/[,.]/g, ''))).toBe(value);
      }),
    );
  });

  it('shows moments on the union’s wall clock', () => {
    const lateEvening = asInstant('2016-10-08T16:30:00.000Z');
    expect(formatDate(lateEvening, 'zh')).toBe('2016年10月9日');
    expect(formatDateTime(lateEvening, 'zh')).toBe('2016年10月9日 00:30');
    expect(formatDateTime(lateEvening, 'en')).toBe('9 October 2016 at 00:30');
  });

  it('shows a plain day as that day', () => {
    expect(formatDate(asLocalDate('2016-10-08'), 'zh')).toBe('2016年10月8日');
    expect(formatDate(asLocalDate('2016-10-08'), 'en')).toBe('8 October 2016');
    expect(formatCount(1234, 'en')).toBe('1,234');
  });
});

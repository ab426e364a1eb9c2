import { describe, expect, test } from 'vitest';
import { smallFunds } from '../../test/support/small-union.ts';
import { fen, yuan } from '../kernel/money.ts';
import { asInstant, asLocalDate } from '../kernel/time.ts';
import type { Fund } from './fund.ts';
import { nextTelling, tellingOf } from './fund-end.ts';

const until = asLocalDate('2016-12-31');
const fund = (over: Partial<Fund> = {}): Fund => ({
  ...smallFunds()[0]!,
  validity: { from: asLocalDate('2016-01-01'), until },
  reservedFen: yuan(100),
  ...over,
});
const told = (what: 'ending' | 'over', day = until) => ({ told: [{ what, until: day }] });
const on = (day: string, over: Partial<Fund> = {}) => tellingOf(fund(over), asLocalDate(day));

describe('the end of a fund', () => {
  test('is told of thirty days before its last day, and not a day earlier', () => {
    expect([on('2016-11-30'), on('2016-12-01'), on('2016-12-31')]).toEqual([undefined, 'ending', 'ending']);
    expect(on('2016-12-01', { reservedFen: fen(0), availableFen: fen(0) })).toBe('ending');
  });

  test('is told of once; a fund whose end is put off is told of anew', () => {
    expect(on('2016-12-02', told('ending'))).toBeUndefined();
    expect(on('2016-12-02', told('ending', asLocalDate('2016-12-15')))).toBe('ending');
  });

  test('that has passed is told of from the day after, once, and only where something is reserved', () => {
    expect([on('2017-01-01'), on('2017-03-01')]).toEqual(['over', 'over']);
    expect(on('2017-01-01', told('ending'))).toBe('over');
    expect(on('2017-01-01', told('over'))).toBeUndefined();
    expect(on('2017-01-01', { reservedFen: fen(0) })).toBeUndefined();
  });

  test('of a fund without a last day never comes', () => {
    const endless = { validity: { from: asLocalDate('2016-01-01') } };
    expect(on('2099-01-01', endless)).toBeUndefined();
    expect(nextTelling([fund(endless)], asInstant('2016-10-01T00:00:00.000Z'))).toBeNull();
  });

  test('is looked for again at the first of the days that are to come, as they begin in China', () => {
    const next = (now: string) => nextTelling([fund()], asInstant(now));
    expect(next('2016-10-01T00:00:00.000Z')).toBe('2016-11-30T16:00:00.000Z');
    expect(next('2016-11-30T16:00:00.000Z')).toBe('2016-12-31T16:00:00.000Z');
    expect(next('2016-12-31T16:00:00.000Z')).toBeNull();
  });
});

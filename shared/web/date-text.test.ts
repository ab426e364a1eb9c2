import { describe, expect, it } from 'vitest';
import { parseDateText } from './date-text.ts';

describe('a day as people type it', () => {
  it.each([
    '2016-10-08',
    '2016/10/8',
    '2016.10.8',
    '2016年10月8日',
    '2016 年 10 月 8 日',
    '20161008',
    '２０１６－１０－０８',
    ' 2016-10-8 ',
  ])('%s is the 8th of October', (text) => expect(parseDateText(text)).toBe('2016-10-08'));

  it.each([
    '',
    '2016-02-30',
    '2015-02-29',
    '2016-13-01',
    '08/10/2016',
    '16-10-8',
    '2016-10',
    '2016-10-08T00:00',
    '昨天',
  ])('%s is no day', (text) => expect(parseDateText(text)).toBeUndefined());
});

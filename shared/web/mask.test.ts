import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskAccount, maskIdNumber, maskName, maskPhone } from './mask.ts';

describe('masked values', () => {
  it.each([
    ['张三', '张*'],
    ['王小明', '王*明'],
    ['欧阳小明', '欧**明'],
    ['买买提·吐尔逊', '买*****逊'],
    ['Lin Hai', 'L***i'],
    ['Li', 'L***'],
    ['𠮷野家', '𠮷*家'],
    ['王', '*'],
    ['', '*'],
    ['  张三 ', '张*'],
    ['😀😀😀', '😀***😀'],
  ])('the name %s becomes %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('hide the birth date and the number in an identity number', () => {
    expect(maskIdNumber('32092219491001123X')).toBe('32**************3X');
    expect(maskIdNumber('1234')).toBe('****');
  });

  it('leave the last four digits of an account and both ends of a telephone', () => {
    expect(maskAccount('6222 0202 0011 2233')).toBe('**** 2233');
    expect(maskAccount('1234567')).toBe('****');
    expect(maskPhone('138-0013-8000')).toBe('138****8000');
    expect(maskPhone('82345678')).toBe('****78');
    expect(maskPhone('110')).toBe('****');
  });

  it('never give back what they were given', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        if (text.trim() === '' || /^\*+$/.test(text.trim())) return;
        for (const mask of [maskName, maskIdNumber, maskAccount, maskPhone]) {
          expect(mask(text)).not.toBe(text.trim());
          expect(mask(text)).toContain('*');
        }
      }),
    );
  });
});

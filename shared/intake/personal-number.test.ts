import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asLocalDate } from '../kernel/time.ts';
import { hasLuhnDigit, readAccountNumber, readIdNumber, readPhone } from './personal-number.ts';

const today = asLocalDate('2016-10-08');
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An invented ID number with a fitting check digit. */
const idNumber = (birth: string, serial = '001', area = '370000') => {
  const body = `${area}${birth}${serial}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * weights[index]!, 0);
  return body + '10X98765432'[sum % 11];
};

describe('an ID number', () => {
  test.each(['0', '1', 'X'])('with the check digit %s is read', (digit) => {
    const serial = Array.from({ length: 999 }, (_, index) => String(index + 1).padStart(3, '0'));
    const number = serial.map((each) => idNumber('19800101', each)).find((each) => each.endsWith(digit))!;
    expect(readIdNumber(number, today)).toBe(number);
  });

  test('may be typed with blanks, in full width, with a small x', () => {
    const serial = Array.from({ length: 99 }, (_, index) => `0${String(index).padStart(2, '0')}`);
    const number = serial.map((each) => idNumber('19800101', each)).find((each) => each.endsWith('X'))!;
    const wide = [...number].map((each) => String.fromCodePoint(each.codePointAt(0)! + 0xfee0)).join(' ');
    expect(readIdNumber(wide)).toBe(number);
    expect(readIdNumber(number.toLowerCase())).toBe(number);
  });

  test('with one digit wrong, or two neighbours swapped, is refused', () => {
    const number = idNumber('19800229');
    const anyPlace = fc.integer({ min: 0, max: 16 });
    fc.assert(
      fc.property(anyPlace, fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digits = [...number];
        digits[place] = String((Number(digits[place]) + by) % 10);
        expect(readIdNumber(digits.join(''))).toBeUndefined();
      }),
    );
    expect(readIdNumber(`${number.slice(0, 6)}9180${number.slice(10)}`)).toBeUndefined();
  });

  test.each([
    ['that does not exist', '19800230'],
    ['before 1900', '18990101'],
    ['in the future', '20161009'],
  ])('with a birth date %s is refused', (_, birth) => {
    expect(readIdNumber(idNumber(birth), today)).toBeUndefined();
  });

  test.each(['', '12345', '370000800229001', `${idNumber('19800229')}0`, '<script>'])('is not %j', (text) => {
    expect(readIdNumber(text)).toBeUndefined();
  });
});

describe('a phone number', () => {
  test.each([
    ['13800138000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['008613800138000', '13800138000'],
    ['１３８００１３８０００', '13800138000'],
    ['(0546) 8234567', '05468234567'],
    ['010-82345678', '01082345678'],
    ['8234567', '8234567'],
  ])('%s is read as %s', (text, digits) => {
    expect(readPhone(text)).toBe(digits);
  });

  test.each(['', '12800138000', '1380013800', '138001380001', 'none', '110', '0546-123'])('%j is none', (text) => {
    expect(readPhone(text)).toBeUndefined();
  });
});

describe('an account number', () => {
  test('has 12 to 19 digits, however they are grouped', () => {
    expect(readAccountNumber('6222-0212 3456 7890 123')).toBe('6222021234567890123');
    expect(readAccountNumber('1'.repeat(11) + '2')).toHaveLength(12);
    for (const digit of '019') expect(readAccountNumber(digit.repeat(16))).toBeUndefined();
    for (const wrong of ['1'.repeat(11), '1'.repeat(20), '62220212345678X', ''])
      expect(readAccountNumber(wrong)).toBeUndefined();
  });

  test('carries Luhn’s check digit or not', () => {
    expect(hasLuhnDigit('4242424242424242')).toBe(true);
    expect(hasLuhnDigit('4242424242424243')).toBe(false);
  });
});

import { type LocalDate, localDateSchema } from '../kernel/time.ts';
import { compact } from './typed-text.ts';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkDigits = '10X98765432';

/**
 * A resident's ID number (GB 11643-1999): 18 characters with a fitting check digit and a birth date that exists, not before
 * 1900 and, if `today` is given, not after it. Undefined if it is none.
 */
export function readIdNumber(text: string, today?: LocalDate): string | undefined {
  const number = compact(text).toUpperCase();
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return undefined;
  const birth = localDateSchema.safeParse(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`);
  if (!birth.success || birth.data < '1900-01-01' || (today !== undefined && birth.data > today)) return undefined;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return number[17] === checkDigits[sum % 11] ? number : undefined;
}

/** A mainland mobile, or a landline with or without area code and extension separator; digits alone. Undefined if it is none. */
export function readPhone(text: string): string | undefined {
  const digits = compact(text)
    .replace(/[\p{Pd}()]/gu, '')
    .replace(/^(?:\+|00)86/, '');
  const isMobile = /^1[3-9]\d{9}$/.test(digits);
  const isLandline = /^(?:0\d{2,3})?[2-9]\d{6,7}$/.test(digits);
  return isMobile || isLandline ? digits : undefined;
}

/** 12 to 19 digits, however they were grouped, not all the same. Undefined if it is no account number. */
export function readAccountNumber(text: string): string | undefined {
  const digits = compact(text).replace(/\p{Pd}/gu, '');
  return /^\d{12,19}$/.test(digits) && !/^(\d)\1+$/.test(digits) ? digits : undefined;
}

/** Luhn's check digit, which cards have and some passbooks have not. */
export function hasLuhnDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

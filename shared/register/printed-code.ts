import { randomBytes } from 'node:crypto';

/** Without 0, O, 1, I, L, U: such a code is handed over on paper and typed. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 10;

/** A new code to be handed over or printed: ten letters and digits (49 bits). Only its keyed hash is stored. */
export const newPrintedCode = (): string =>
  [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');

/** As it is printed: `K7QM2-XPD4R`. */
export const spacedPrintedCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

/** As it is hashed, however it was typed: full-width or lower case, with blanks, dashes or without. */
export const plainPrintedCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** Whether a plain text has the length of such a code: anything else is a slip, and no try. */
export const isPrintedCode = (plain: string): boolean => plain.length === length;

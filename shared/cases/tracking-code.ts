import { createHmac, randomBytes } from 'node:crypto';

/** Without 0, O, 1, I, L, U: a code is read aloud, written on paper and typed on an old phone. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;

const spelled = (bytes: Uint8Array): string =>
  [...bytes.subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('');

/** A new tracking code 查询码, eight letters and digits (39 bits). Only its keyed hash is stored. */
export const newTrackingCode = (): string => spelled(randomBytes(length));

/**
 * The first code of a case, derived from its id and a secret: submitting twice gives the same code, and a lost answer can
 * be shown again for a while without storing it.
 */
export const firstTrackingCode = (secret: string, caseId: string): string =>
  spelled(createHmac('sha256', secret).update(`tracking-code\0${caseId}`).digest());

/** As it is printed: `K7QM 2XPD`. */
export const spacedTrackingCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;

/** As it is hashed, however it was typed: full-width or lower case, with blanks, dashes or without. */
export const plainTrackingCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

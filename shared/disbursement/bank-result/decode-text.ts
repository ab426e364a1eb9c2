import { type Unreadable, unreadable } from './bank-row.ts';

/** How files that are no text begin: pictures, PDF, archives (and so .xlsx), old Excel workbooks. */
const beginnings: readonly (readonly number[])[] = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
  [0x47, 0x49, 0x46, 0x38],
  [0x25, 0x50, 0x44, 0x46],
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/**
 * The text of a file in UTF-8 (with or without its mark) or else in GBK, whichever it really is: a byte that the encoding does not
 * know is a fault and not a question mark. Control characters tell a file that is no text.
 */
export function decodeText(bytes: Uint8Array): { readonly kind: 'text'; readonly text: string } | Unreadable {
  if (beginnings.some((beginning) => beginning.every((byte, index) => bytes[index] === byte))) {
    return unreadable('not-text');
  }
  const text = decoded(bytes, 'utf-8') ?? decoded(bytes, 'gbk');
  if (text === undefined) return unreadable(bytes.includes(0) ? 'not-text' : 'encoding');
  if (/[\u0000-\u0008\u000E-\u001F]/.test(text)) return unreadable('not-text');
  return { kind: 'text', text };
}

function decoded(bytes: Uint8Array, encoding: 'utf-8' | 'gbk'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

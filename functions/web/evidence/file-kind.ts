import type { ScanContentType } from '../../../shared/kernel/scan.ts';

/** How the files that we take begin, whatever their name says. */
const beginnings: readonly { readonly type: ScanContentType; readonly bytes: readonly number[] }[] = [
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
];

/** How many bytes `fileKindOf` wants to see. */
export const bytesToTell = 8;

/** What a file really is, by its first bytes; undefined if it is none of the three kinds that we take. */
export const fileKindOf = (head: Uint8Array): ScanContentType | undefined =>
  beginnings.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte))?.type;

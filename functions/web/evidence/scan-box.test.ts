import { beforeEach, describe, expect, it } from 'vitest';
import { memoryScanBox, pdfBytes, sha256Of } from '../../../test/support/scans.ts';
import { largestFileBytes } from './judge-file.ts';
import { isUnaltered, keepScan, type ScanBox } from './scan-box.ts';

let objects: Map<string, Uint8Array>;
let box: ScanBox;
beforeEach(() => {
  objects = new Map();
  box = memoryScanBox(objects, 'vouchers/');
});

const came = (bytes: Uint8Array): string => {
  objects.set('vouchers/incoming/one', bytes);
  return 'vouchers/incoming/one';
};
const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1);

describe('a scan that is kept', () => {
  it('lies under the digest of its bytes, of the type that they have', async () => {
    const kept = await keepScan(box, came(jpeg));
    const sha256 = sha256Of(jpeg);
    expect(kept).toMatchObject({
      kind: 'kept',
      scan: { objectKey: `vouchers/${sha256}`, sha256, contentType: 'image/jpeg', sizeBytes: 5, objectVersion: 'v1' },
    });
    expect(objects.get(`vouchers/${sha256}`)).toEqual(jpeg);
  });

  it('is written once: the same file again is the same scan, and what lies there is not touched', async () => {
    const first = await keepScan(box, came(jpeg));
    const there = objects.get(`vouchers/${sha256Of(jpeg)}`);
    expect(await keepScan(box, came(Uint8Array.from(jpeg)))).toEqual(first);
    expect(objects.get(`vouchers/${sha256Of(jpeg)}`)).toBe(there);
  });

  it('is unaltered until one byte of it is another, or it is gone', async () => {
    const kept = await keepScan(box, came(pdfBytes()));
    if (kept.kind !== 'kept') throw new Error(kept.fault);
    expect(await isUnaltered(box, kept.scan)).toBe(true);
    objects.set(kept.scan.objectKey, pdfBytes('a voucheR'));
    expect(await isUnaltered(box, kept.scan)).toBe(false);
    objects.delete(kept.scan.objectKey);
    expect(await isUnaltered(box, kept.scan)).toBe(false);
  });
});

describe('nothing is kept', () => {
  it.each([
    ['too-large', new Uint8Array(largestFileBytes + 1).fill(0x25)],
    ['empty', new Uint8Array()],
    ['wrong-kind', new TextEncoder().encode('PK\u0003\u0004 a Word file')],
  ])('of a file that is %s', async (fault, bytes) => {
    expect(await keepScan(box, came(bytes))).toEqual({ kind: 'refused', fault });
    expect([...objects.keys()]).toEqual(['vouchers/incoming/one']);
  });

  it('of a file that is gone, or goes while it is looked at', async () => {
    expect(await keepScan(box, 'vouchers/incoming/none')).toEqual({ kind: 'refused', fault: 'gone' });
    const going: ScanBox = { ...box, read: async () => undefined };
    expect(await keepScan(going, came(jpeg))).toEqual({ kind: 'refused', fault: 'gone' });
  });

  it('of a file that became larger, or another, between the look and the reading', async () => {
    const growing: ScanBox = { ...box, read: async () => new Uint8Array(largestFileBytes + 1).fill(0x25) };
    expect(await keepScan(growing, came(jpeg))).toEqual({ kind: 'refused', fault: 'too-large' });
    const turning: ScanBox = { ...box, read: async () => new TextEncoder().encode('<script>') };
    expect(await keepScan(turning, came(jpeg))).toEqual({ kind: 'refused', fault: 'wrong-kind' });
  });
});

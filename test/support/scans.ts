import { createHash } from 'node:crypto';
import type { ScanBox } from '../../functions/web/evidence/scan-box.ts';
import type { Wanted } from '../../shared/funds/proposal.ts';
import type { Scan } from '../../shared/kernel/scan.ts';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that begin as a PDF does. */
export const pdfBytes = (text = 'a voucher'): Uint8Array => new TextEncoder().encode(`%PDF-1.7 ${text}`);

/** The scan of an invented voucher, as it is bound. */
export const sampleScan = (text = 'a voucher'): Scan => {
  const sha256 = sha256Of(pdfBytes(text));
  return {
    objectKey: `vouchers/${sha256}`,
    contentType: 'application/pdf',
    sizeBytes: pdfBytes(text).length,
    sha256,
    etag: `"${text}"`,
  };
};

/** A receipt with the scan of its voucher; anything else as it is. */
export const scanned = (wanted: Wanted): Wanted =>
  wanted.kind === 'receipt' && wanted.voucher.scan === undefined
    ? { ...wanted, voucher: { ...wanted.voucher, scan: sampleScan(wanted.voucher.number) } }
    : wanted;

/** A box in memory. Its objects can be put there, and altered, by a test. */
export function memoryScanBox(objects: Map<string, Uint8Array>, folder: string): ScanBox {
  return {
    folder,
    uploadForm: async (key, backTo) => ({
      action: 'https://bucket.example/',
      fields: { key, success_action_redirect: backTo },
    }),
    look: async (objectKey) => {
      const bytes = objects.get(objectKey);
      if (bytes === undefined) return undefined;
      const etag = `"${sha256Of(bytes).slice(0, 32)}"`;
      return { objectKey, sizeBytes: bytes.length, etag, objectVersion: 'v1', firstBytes: bytes.subarray(0, 8) };
    },
    read: async (objectKey) => objects.get(objectKey),
    putOnce: async (objectKey, bytes) => {
      if (!objects.has(objectKey)) objects.set(objectKey, bytes);
    },
  };
}

/** What can be typed or chosen on a page that has an upload on it, beside the file: a browser takes none of it to the bucket and back. */
export function typedBesideUpload({ html }: { readonly html: string }): string[] {
  if (!html.includes('type="file"')) return [];
  const [, main = ''] = /<main[^>]*>(.*)<\/main>/s.exec(html) ?? [];
  return [...main.matchAll(/<(?:input|textarea|select)\b[^>]*>/g)]
    .map(([field]) => field)
    .filter((field) => !/type="(?:hidden|file)"/.test(field));
}

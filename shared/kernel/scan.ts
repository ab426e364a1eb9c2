import * as z from 'zod';

/**
 * A scanned paper as it is bound into what it proves: a voucher 凭证 or a bank's receipt 回单. It lies in the evidence bucket under its
 * own digest and is never written twice. `etag` and `objectVersion` are the bucket's; one machine's bucket keeps no versions.
 */
export const scanSchema = z.strictObject({
  objectKey: z.string().min(1),
  contentType: z.enum(['image/jpeg', 'image/png', 'application/pdf']),
  sizeBytes: z.number().int().positive(),
  /** Of the file's bytes, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  etag: z.string(),
  objectVersion: z.string().exactOptional(),
});
export type Scan = z.infer<typeof scanSchema>;
export type ScanContentType = Scan['contentType'];

/** What an audit event says of a scan; nothing where there is none. */
export const scanDetails = (scan: Scan | undefined): Readonly<Record<string, string>> =>
  scan === undefined
    ? {}
    : {
        scanSha256: scan.sha256,
        ...(scan.objectVersion === undefined ? {} : { scanVersion: scan.objectVersion }),
      };

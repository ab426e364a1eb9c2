import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Scan, ScanContentType } from '../../../shared/kernel/scan.ts';
import { type Bucket, isNamed, lookInto, readObject, type UploadForm, uploadFormFor } from './bucket-objects.ts';
import { type BadFile, judgeFile, largestFileBytes, type LookedAt } from './judge-file.ts';

/**
 * The folder of the bucket that one Lambda may use for scans. They come in under `incoming/` of it, where the bucket itself removes them
 * after a day, and are kept beside that. No Lambda removes any.
 */
export type ScanBox = {
  /** `vouchers/`. */
  readonly folder: string;
  readonly uploadForm: (objectKey: string, backTo: string) => Promise<UploadForm>;
  readonly look: (objectKey: string) => Promise<LookedAt | undefined>;
  readonly read: (objectKey: string) => Promise<Uint8Array | undefined>;
  /** Puts a file that is not there yet; what lies under this key stays as it is. `sha256` in hex. */
  readonly putOnce: (
    objectKey: string,
    bytes: Uint8Array,
    about: { readonly sha256: string; readonly contentType: ScanContentType },
  ) => Promise<void>;
};

/** The box over S3. */
export const scanBox = (bucket: Bucket, folder: string): ScanBox => ({
  folder,
  uploadForm: (objectKey, backTo) => uploadFormFor(bucket, objectKey, backTo),
  look: (objectKey) => lookInto(bucket, objectKey),
  read: (objectKey) => readObject(bucket, objectKey),
  putOnce: async (objectKey, bytes, { sha256, contentType }) => {
    const put = new PutObjectCommand({
      Bucket: bucket.name,
      Key: objectKey,
      Body: bytes,
      ContentType: contentType,
      ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      IfNoneMatch: '*',
    });
    try {
      await bucket.s3.send(put);
    } catch (error) {
      if (!isNamed(error, 'PreconditionFailed')) throw error;
    }
  },
});

/** Where the uploads of one person come in. */
export const incomingOf = ({ folder }: Pick<ScanBox, 'folder'>, personId: string): string =>
  `${folder}incoming/${personId}/`;

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export type KeptScan =
  | { readonly kind: 'kept'; readonly scan: Scan }
  | { readonly kind: 'refused'; readonly fault: BadFile | 'gone' };

/**
 * Keeps an upload for good, under the digest of its bytes. Its size and type are told by the bytes that are kept, not by those that were
 * looked at before: the form that it came by is good for an hour.
 */
export async function keepScan(box: ScanBox, objectKey: string): Promise<KeptScan> {
  const looked = await box.look(objectKey);
  if (looked === undefined) return { kind: 'refused', fault: 'gone' };
  if (looked.sizeBytes > largestFileBytes) return { kind: 'refused', fault: 'too-large' };
  const bytes = await box.read(objectKey);
  if (bytes === undefined) return { kind: 'refused', fault: 'gone' };
  const verdict = judgeFile({ sizeBytes: bytes.length, firstBytes: bytes });
  if ('fault' in verdict) return { kind: 'refused', fault: verdict.fault };
  const sha256 = sha256Of(bytes);
  const { contentType } = verdict;
  const keptKey = `${box.folder}${sha256}`;
  await box.putOnce(keptKey, bytes, { sha256, contentType });
  const there = await box.look(keptKey);
  if (there === undefined) throw new Error('a scan that was put is not there');
  const { etag, objectVersion } = there;
  const scan = { objectKey: keptKey, contentType, sizeBytes: bytes.length, sha256, etag };
  return { kind: 'kept', scan: objectVersion === undefined ? scan : { ...scan, objectVersion } };
}

/** Whether the bytes that are shown are those that were bound. */
export async function isUnaltered(box: ScanBox, { objectKey, sha256 }: Scan): Promise<boolean> {
  const bytes = await box.read(objectKey);
  return bytes !== undefined && sha256Of(bytes) === sha256;
}

import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import type { PaperFile } from '../../../shared/cases/relief-case.ts';
import { bytesToTell } from './file-kind.ts';

/** What the bucket's own policy lets through; our page refuses above `largestFileBytes` in words. */
export const largestPostBytes = 25 * 1024 * 1024;
export const largestFileBytes = 10 * 1024 * 1024;

/** `etag` is another one as soon as other bytes lie there. */
export type StoredObject = { readonly objectKey: string; readonly sizeBytes: number; readonly etag: string };
/** A file that was looked into: its first bytes are enough to tell its kind. */
export type LookedAt = StoredObject & { readonly firstBytes: Uint8Array };

/** Where papers lie, as the applicants' pages use it. */
export type EvidenceBucket = {
  /** A form with which a browser uploads one file under exactly this key, for an hour, and comes back to `backTo`. */
  readonly uploadForm: (
    objectKey: string,
    backTo: string,
  ) => Promise<{ readonly action: string; readonly fields: Readonly<Record<string, string>> }>;
  readonly list: (prefix: string) => Promise<readonly StoredObject[]>;
  /** Undefined if there is no such file (any more). */
  readonly look: (objectKey: string) => Promise<LookedAt | undefined>;
  readonly remove: (objectKey: string) => Promise<void>;
  /** Copies a file; false if it is not there any more, or other bytes lie there by now. */
  readonly copy: (
    from: Pick<StoredObject, 'objectKey' | 'etag'>,
    to: string,
    contentType: PaperFile['contentType'],
  ) => Promise<boolean>;
};

/** The bucket over S3. */
export function evidenceBucket(s3: S3Client, bucket: string): EvidenceBucket {
  return {
    uploadForm: async (objectKey, backTo) => {
      const { url, fields } = await createPresignedPost(s3, {
        Bucket: bucket,
        Key: objectKey,
        Conditions: [['content-length-range', 1, largestPostBytes]],
        Fields: { success_action_redirect: backTo },
        Expires: 3600,
      });
      return { action: url, fields };
    },
    list: async (prefix) => {
      const found: StoredObject[] = [];
      let token: string | undefined;
      do {
        const page = await s3.send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefix,
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
        );
        for (const { Key, Size, ETag } of page.Contents ?? []) {
          if (Key === undefined) continue;
          found.push({ objectKey: Key, sizeBytes: Size ?? 0, etag: ETag ?? '' });
        }
        token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
      return found;
    },
    look: async (objectKey) => {
      const range = `bytes=0-${bytesToTell - 1}`;
      try {
        const found = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: objectKey, Range: range }));
        const firstBytes = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
        return { objectKey, sizeBytes: sizeOf(found.ContentRange, firstBytes), etag: found.ETag ?? '', firstBytes };
      } catch (error) {
        if (isNamed(error, 'NoSuchKey')) return undefined;
        // No range of an empty file can be had.
        if (isNamed(error, 'InvalidRange')) return { objectKey, sizeBytes: 0, etag: '', firstBytes: new Uint8Array() };
        throw error;
      }
    },
    remove: async (objectKey) => {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: objectKey }));
    },
    copy: async ({ objectKey: from, etag }, to, contentType) => {
      try {
        await s3.send(
          new CopyObjectCommand({
            Bucket: bucket,
            CopySource: `${bucket}/${from.split('/').map(encodeURIComponent).join('/')}`,
            CopySourceIfMatch: etag,
            Key: to,
            ContentType: contentType,
            MetadataDirective: 'REPLACE',
          }),
        );
        return true;
      } catch (error) {
        if (isNamed(error, 'NoSuchKey') || isNamed(error, 'PreconditionFailed')) return false;
        throw error;
      }
    },
  };
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

/** `bytes 0-7/1234`: the whole has 1234 bytes. */
const sizeOf = (contentRange: string | undefined, bytes: Uint8Array): number => {
  const whole = /\/(\d+)$/.exec(contentRange ?? '')?.[1];
  return whole === undefined ? bytes.length : Number(whole);
};

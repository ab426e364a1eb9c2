import { CopyObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { PaperFile } from '../../../shared/cases/relief-case.ts';
import { isNamed, lookInto, removeObject, type UploadForm, uploadFormFor } from '../evidence/bucket-objects.ts';
import type { LookedAt, StoredObject } from '../evidence/judge-file.ts';

/** Where papers lie, as the applicants' pages use it. */
export type EvidenceBucket = {
  /** A form with which a browser uploads one file under exactly this key, for an hour, and comes back to `backTo`. */
  readonly uploadForm: (objectKey: string, backTo: string) => Promise<UploadForm>;
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
  const own = { s3, name: bucket };
  return {
    uploadForm: (objectKey, backTo) => uploadFormFor(own, objectKey, backTo),
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
    look: (objectKey) => lookInto(own, objectKey),
    remove: (objectKey) => removeObject(own, objectKey),
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

import { DeleteObjectCommand, GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { bytesToTell } from './file-kind.ts';
import { largestPostBytes, type LookedAt } from './judge-file.ts';

export type UploadForm = { readonly action: string; readonly fields: Readonly<Record<string, string>> };

/** What everybody who takes uploads does with the bucket. A function each: a Lambda holds, and is granted, what it uses. */
export type Bucket = { readonly s3: S3Client; readonly name: string };

/** A form with which a browser uploads one file under exactly this key, for an hour, and comes back to `backTo`. */
export async function uploadFormFor({ s3, name }: Bucket, objectKey: string, backTo: string): Promise<UploadForm> {
  const { url, fields } = await createPresignedPost(s3, {
    Bucket: name,
    Key: objectKey,
    Conditions: [['content-length-range', 1, largestPostBytes]],
    Fields: { success_action_redirect: backTo },
    Expires: 3600,
  });
  return { action: url, fields };
}

/** Undefined if there is no such file (any more). */
export async function lookInto({ s3, name }: Bucket, objectKey: string): Promise<LookedAt | undefined> {
  const range = `bytes=0-${bytesToTell - 1}`;
  try {
    const found = await s3.send(new GetObjectCommand({ Bucket: name, Key: objectKey, Range: range }));
    const firstBytes = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
    return {
      objectKey,
      sizeBytes: sizeOf(found.ContentRange, firstBytes),
      etag: found.ETag ?? '',
      firstBytes,
      ...(found.VersionId === undefined ? {} : { objectVersion: found.VersionId }),
    };
  } catch (error) {
    if (isNamed(error, 'NoSuchKey')) return undefined;
    // No range of an empty file can be had.
    if (isNamed(error, 'InvalidRange')) return { objectKey, sizeBytes: 0, etag: '', firstBytes: new Uint8Array() };
    throw error;
  }
}

export async function removeObject({ s3, name }: Bucket, objectKey: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: name, Key: objectKey }));
}

/** The whole file; undefined if it is not there (any more). */
export async function readObject({ s3, name }: Bucket, objectKey: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: name, Key: objectKey }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (isNamed(error, 'NoSuchKey')) return undefined;
    throw error;
  }
}

export const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

/** `bytes 0-7/1234`: the whole has 1234 bytes. */
const sizeOf = (contentRange: string | undefined, bytes: Uint8Array): number => {
  const whole = /\/(\d+)$/.exec(contentRange ?? '')?.[1];
  return whole === undefined ? bytes.length : Number(whole);
};

import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { S3Client } from './client-s3.ts';

type Post = {
  readonly Bucket: string;
  readonly Key: string;
  readonly Conditions: readonly (readonly unknown[])[];
  readonly Fields: Readonly<Record<string, string>>;
  readonly Expires: number;
};

const hmac = (key: string | Buffer | KeyObject, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

let lastKey: { readonly of: string; readonly key: KeyObject } | undefined;

/** The key of one day, kept until the next: a page has a form for each paper. */
function signingKey(secret: string, day: string, region: string): KeyObject {
  const of = [secret, day, region].join(' ');
  if (lastKey?.of !== of) {
    const key = [region, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${secret}`, day));
    lastKey = { of, key: createSecretKey(key) };
  }
  return lastKey.key;
}

const iso8601 = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** A form with which a browser uploads one file under exactly this key: a policy, and its signature. */
export async function createPresignedPost(
  s3: S3Client,
  { Bucket, Key, Conditions, Fields, Expires }: Post,
): Promise<{ readonly url: string; readonly fields: Record<string, string> }> {
  const { region, credentials } = s3.serviceOf(Bucket);
  const now = Date.now();
  const signingDate = iso8601(now).replace(/[-:]/g, '');
  const day = signingDate.slice(0, 8);
  const fields: Record<string, string> = {
    ...Fields,
    bucket: Bucket,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${day}/${region}/s3/aws4_request`,
    'X-Amz-Date': signingDate,
    ...(credentials.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
  };
  const conditions = [
    ...Conditions,
    ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
    { key: Key },
  ];
  const policy = JSON.stringify({ expiration: iso8601(now + Expires * 1000), conditions });
  const encoded = Buffer.from(policy).toString('base64');
  const key = signingKey(credentials.secretAccessKey, day, region);
  const signature = hmac(key, encoded).toString('hex');
  return { url: s3.addressOf(Bucket), fields: { ...fields, key: Key, Policy: encoded, 'X-Amz-Signature': signature } };
}

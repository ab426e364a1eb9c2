import * as sdkS3 from '@aws-sdk/client-s3';
import { createPresignedPost as sdkPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl as sdkSign } from '@aws-sdk/s3-request-presigner';
import { describe, expect, test, vi } from 'vitest';
import * as s3 from '../../infra/bundled/client-s3.ts';
import { createPresignedPost } from '../../infra/bundled/s3-presigned-post.ts';
import { getSignedUrl } from '../../infra/bundled/s3-request-presigner.ts';
import { alike, besideTheSdk, send } from '../support/beside-the-sdk.ts';

besideTheSdk();

describe('S3 in a bundle asks and understands as the SDK does', () => {
  const at = { Bucket: 'evidence', Key: 'drafts/中 (1)/a+b.jpg' };
  const both = (
    name:
      | 'GetObjectCommand'
      | 'PutObjectCommand'
      | 'DeleteObjectCommand'
      | 'CopyObjectCommand'
      | 'ListObjectsV2Command',
    input: object,
  ) =>
    [
      [new sdkS3.S3Client({}), new (sdkS3[name] as new (given: never) => unknown)(input as never)],
      [new s3.S3Client(), new (s3[name] as new (given: never) => unknown)(input as never)],
    ] as [[unknown, unknown], [unknown, unknown]];
  const refusedBy = (status: number, code: string) => [
    {
      status,
      headers: { 'x-amz-request-id': 'r-1' },
      body: `<Error><Code>${code}</Code><Message>no</Message></Error>`,
    },
  ];

  test('the first bytes of a file, or that it is gone', async () => {
    const [theirs, ours] = both('GetObjectCommand', { ...at, Range: 'bytes=0-31' });
    const bytes = async ([client, command]: [unknown, unknown]) => {
      const headers = { etag: '"e1"', 'content-range': 'bytes 0-5/6000' };
      const { result, requests: sent } = await send(client, command, [{ headers, body: 'GIF89a' }]);
      const { Body, ETag, ContentRange } = result as {
        Body: { transformToByteArray: () => Promise<Uint8Array> };
        ETag: string;
        ContentRange: string;
      };
      // By hand: the SDK asks for a checksum that a range does not have.
      return { sent, ETag, ContentRange, text: Buffer.from(await Body.transformToByteArray()).toString('utf8') };
    };
    expect(await bytes(ours)).toEqual(await bytes(theirs));
    expect(await bytes(ours)).toMatchObject({ ETag: '"e1"', ContentRange: 'bytes 0-5/6000' });
    await alike(theirs, ours, refusedBy(404, 'NoSuchKey'));
    await alike(theirs, ours, refusedBy(416, 'InvalidRange'));
    await alike(theirs, ours, refusedBy(403, 'AccessDenied'));
  });

  test('a file is put with the digest that S3 holds it against', async () => {
    const ChecksumSHA256 = 'Jz1xxAF3Bj4Zcmv3Cl3vdG0q9zZ3cCkCZQeg0o3bE5k=';
    const input = {
      ...at,
      Body: Buffer.from([0xc1, 0xd6, 0xef]),
      ContentType: 'application/octet-stream',
      ChecksumSHA256,
    };
    await alike(...both('PutObjectCommand', input), [{ body: '' }]);
    await alike(...both('PutObjectCommand', input), refusedBy(400, 'BadDigest'));
  });

  test('a file is removed', async () => {
    await alike(...both('DeleteObjectCommand', at), [{ status: 204, body: '' }]);
  });

  test('a file is copied; a copy that fails halfway is answered with 200 and tried again', async () => {
    const input = {
      ...at,
      CopySource: 'evidence/drafts/x',
      CopySourceIfMatch: '"e"',
      ContentType: 'image/png',
      MetadataDirective: 'REPLACE',
    };
    const [theirs, ours] = both('CopyObjectCommand', input);
    const copied = '<CopyObjectResult><ETag>"e"</ETag></CopyObjectResult>';
    for (const given of [[{ body: copied }], [...refusedBy(200, 'InternalError'), { body: copied }]]) {
      const expected = await send(...theirs, given);
      const found = await send(...ours, given);
      expect([found.requests, found.error]).toEqual([expected.requests, expected.error]);
      expect(found.requests).toHaveLength(given.length);
    }
    await alike(theirs, ours, refusedBy(404, 'NoSuchKey'));
  });

  test('a folder is listed, page by page', async () => {
    const [theirs, ours] = both('ListObjectsV2Command', {
      Bucket: 'evidence',
      Prefix: 'drafts/中/',
      ContinuationToken: 'a+/=',
    });
    const entry = (key: string) =>
      `<Contents><Key>${key}</Key><LastModified>2016-01-04T09:00:00.000Z</LastModified><ETag>&quot;e1&quot;</ETag><Size>7</Size></Contents>`;
    const body = `<?xml version="1.0"?><ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>b+/=</NextContinuationToken>${entry('a&amp;b&#x4e2d;')}${entry('c')}</ListBucketResult>`;
    const expected = await send(...theirs, [{ headers: { 'content-type': 'application/xml' }, body }]);
    const found = await send(...ours, [{ body }]);
    expect(found.requests).toEqual(expected.requests);
    expect(expected.result).toMatchObject(found.result as object);
    expect(found.result).toMatchObject({
      NextContinuationToken: 'b+/=',
      Contents: [{ Key: 'a&b中', Size: 7, ETag: '"e1"' }, { Key: 'c' }],
    });
  });

  test('a paper’s address is signed alike', async () => {
    vi.useFakeTimers({ now: new Date('2016-01-04T09:00:00Z'), toFake: ['Date'] });
    const input = { ...at, ResponseContentType: 'image/png', ResponseContentDisposition: 'inline' };
    const expected = new URL(
      await sdkSign(new sdkS3.S3Client({}), new sdkS3.GetObjectCommand(input), { expiresIn: 60 }),
    );
    const found = new URL(await getSignedUrl(new s3.S3Client(), new s3.GetObjectCommand(input), { expiresIn: 60 }));
    vi.useRealTimers();
    expect(decodeURIComponent(found.pathname)).toBe(decodeURIComponent(expected.pathname));
    const parameters = ({ searchParams }: URL) =>
      [...searchParams].filter(([name]) => !/^(x-id|x-amz-checksum-mode|X-Amz-Signature)$/.test(name)).toSorted();
    expect(parameters(found)).toEqual(parameters(expected));
    expect(found.searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a form for an upload is the SDK’s to the letter', async () => {
    vi.useFakeTimers({ now: new Date('2016-01-04T09:00:00Z'), toFake: ['Date'] });
    const input = {
      ...at,
      Conditions: [['content-length-range', 1, 100] as ['content-length-range', number, number]],
      Fields: { success_action_redirect: 'https://site.example/' },
      Expires: 3600,
    };
    const expected = await sdkPost(new sdkS3.S3Client({}) as never, input);
    const found = await createPresignedPost(new s3.S3Client(), input);
    vi.useRealTimers();
    expect(found).toEqual(expected);
  });
});

test('without a given endpoint each service is asked at its own host, in China at China’s', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', '');
  const addressIn = async (region: string) => {
    vi.stubEnv('AWS_REGION', region);
    const address = await getSignedUrl(new s3.S3Client(), new s3.GetObjectCommand({ Bucket: 'b', Key: 'k' }), {
      expiresIn: 60,
    });
    return new URL(address).origin;
  };
  expect(await addressIn('ap-southeast-1')).toBe('https://b.s3.ap-southeast-1.amazonaws.com');
  expect(await addressIn('cn-north-1')).toBe('https://b.s3.cn-north-1.amazonaws.com.cn');
});

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CopyObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';

/** What was acknowledged of an upload survives `kill -9` in the very next moment, whole. */
let folder: string;
let port: number;
let child: ChildProcess;
let s3: S3Client;

async function launch(): Promise<void> {
  child = spawn(process.execPath, [fileURLToPath(new URL('./s3-process.ts', import.meta.url)), folder, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout!, 'data');
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'uploads-'));
  port = await freePort();
  s3 = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
  });
  await launch();
});
afterEach(() => {
  s3.destroy();
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Kills it in the same turn in which the first byte of the answer is seen. */
async function killAtAnswer(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: Buffer,
): Promise<void> {
  const ended = once(child, 'exit');
  const status = await new Promise<number>((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers }, (incoming) => {
      child.kill('SIGKILL');
      resolve(incoming.statusCode ?? 0);
      incoming.on('error', () => undefined);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
  expect(status).toBeLessThan(300);
  await ended;
}
const kept = (key: string): Buffer => readFileSync(join(folder, 'papers', `${key}._S3rver_object`));

describe('killed as soon as an upload is answered', () => {
  test('a form’s file is there, whole, with its type', async () => {
    for (const [count, size] of [300, 70_000, 3_000_000].entries()) {
      const bytes = randomBytes(size);
      const boundary = 'upload-boundary';
      const part = (head: string, content: string | Buffer): Buffer =>
        Buffer.concat([
          Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
          Buffer.from(content),
          Buffer.from('\r\n'),
        ]);
      const body = Buffer.concat([
        part('name="key"', `form-${count}`),
        part('name="Content-Type"', 'image/png'),
        part('name="file"; filename="a.png"\r\ncontent-type: image/png', bytes),
        Buffer.from(`--${boundary}--\r\n`),
      ]);
      await killAtAnswer(
        'POST',
        '/papers',
        { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': String(body.length) },
        body,
      );
      expect(kept(`form-${count}`).equals(bytes)).toBe(true);
      await launch();
      const { ContentType, ContentLength } = await s3.send(
        new GetObjectCommand({ Bucket: 'papers', Key: `form-${count}` }),
      );
      expect({ ContentType, ContentLength }).toEqual({ ContentType: 'image/png', ContentLength: size });
    }
  });

  test('what a function put is there, whole', async () => {
    const bytes = randomBytes(2_000_000);
    await killAtAnswer('PUT', '/papers/put', { 'content-length': String(bytes.length) }, bytes);
    expect(kept('put').equals(bytes)).toBe(true);
  });
});

test('an upload that breaks off leaves the object that was there, and nothing beside it', async () => {
  const first = Buffer.from('the first');
  await s3.send(new PutObjectCommand({ Bucket: 'papers', Key: 'deep/one', Body: first }));
  const outgoing = request({
    host: '127.0.0.1',
    port,
    method: 'PUT',
    path: '/papers/deep/one',
    headers: { 'content-length': '1000000' },
  });
  outgoing.on('error', () => undefined);
  outgoing.write(randomBytes(500_000));
  const beside = (): string[] => readdirSync(join(folder, 'papers/deep')).filter((name) => name.endsWith('.writing'));
  await expect.poll(beside).toHaveLength(1);
  outgoing.destroy();
  await expect.poll(beside).toEqual([]);
  expect(kept('deep/one').equals(first)).toBe(true);
});

test('a copy is a whole object of its own', async () => {
  const bytes = randomBytes(100_000);
  const put = { Bucket: 'papers', Key: 'from', Body: bytes, ContentType: 'image/png' };
  await s3.send(new PutObjectCommand(put));
  await s3.send(new CopyObjectCommand({ Bucket: 'papers', Key: 'to/copy', CopySource: 'papers/from' }));
  expect(kept('to/copy').equals(bytes)).toBe(true);
  expect(existsSync(join(folder, 'papers/to/copy._S3rver_metadata.json'))).toBe(true);
});

test('a range of an empty file is refused as S3 refuses it, and the connection holds', async () => {
  await s3.send(new PutObjectCommand({ Bucket: 'papers', Key: 'empty', Body: '' }));
  const asked = s3.send(new GetObjectCommand({ Bucket: 'papers', Key: 'empty', Range: 'bytes=0-15' }));
  await expect(asked).rejects.toMatchObject({ name: 'InvalidRange', $metadata: { httpStatusCode: 416 } });
});

import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ObjectStore } from 's3rver';

/**
 * Lets s3rver's store answer only when what it keeps is on the disk. Its own way answers as soon as the last bytes have come, while
 * the file may still be written: a kill at that moment left an acknowledged upload cut short, and a reader could meet half of it.
 * So content goes into a file beside, is waited for, and takes its name in one step; type and checksum follow before the answer.
 */
export function keepObjectsSafely(store: ObjectStore): void {
  const copy = store.copyObject.bind(store);
  const files = (bucket: string, key: string): string[] =>
    (['object', 'object.md5', 'metadata.json'] as const).map((kind) => store.getResourcePath(bucket, key, kind));

  store.putObject = async ({ bucket, key, content, metadata }) => {
    const path = store.getResourcePath(bucket, key, 'object');
    const beside = `${path}.${randomUUID()}.writing`;
    const digest = createHash('md5');
    let size = 0;
    await mkdir(dirname(path), { recursive: true });
    try {
      const chunks = Buffer.isBuffer(content) ? Readable.from([content]) : content;
      await pipeline(
        chunks,
        async function* measured(parts: AsyncIterable<Buffer>) {
          for await (const part of parts) {
            digest.update(part);
            size += part.length;
            yield part;
          }
        },
        createWriteStream(beside, { flush: true }),
      );
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
    const md5 = digest.digest('hex');
    await store.putMetadata(bucket, key, metadata, md5);
    await sync(files(bucket, key).slice(1));
    return { size, md5 };
  };

  store.copyObject = async (fromBucket, fromKey, toBucket, toKey, metadata) => {
    const told = await copy(fromBucket, fromKey, toBucket, toKey, metadata);
    await sync(files(toBucket, toKey));
    return told;
  };
}

/**
 * Answers a range of an empty file as S3 does, by `InvalidRange`. s3rver promises the one byte that there is not, and breaks the
 * connection off.
 */
export function refuseRangesOfNothing(store: ObjectStore): void {
  const get = store.getObject.bind(store);
  store.getObject = async (bucket, key, options) => {
    const isRange = options?.start !== undefined || options?.end !== undefined;
    const found = isRange ? await stat(store.getResourcePath(bucket, key, 'object')).catch(() => undefined) : undefined;
    return get(bucket, key, found?.size === 0 ? { start: 1, end: 1 } : options);
  };
}

/** Waits until these files are on the disk; one that does not exist has nothing to wait for. */
async function sync(paths: readonly string[]): Promise<void> {
  await Promise.all(
    paths.map(async (path) => {
      const file = await open(path, 'r').catch(() => undefined);
      try {
        await file?.datasync();
      } finally {
        await file?.close();
      }
    }),
  );
}

import { mkdirSync } from 'node:fs';
import { type Gate, gateRequests } from './gate.ts';
import { closeServer } from './listen.ts';
import { keepObjectsSafely, refuseRangesOfNothing } from './store-objects.ts';

/** The access key that s3rver knows; every function gets it, the other services accept any. */
export const localCredentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/**
 * S3 on disk, with the template's buckets. It does not enforce the conditions of a presigned POST, which is why the
 * system checks size and type of every upload again on its own.
 */
export async function startS3(options: {
  port: number;
  folder: string;
  buckets: string[];
}): Promise<{ gate: Gate; close(): Promise<void> }> {
  mkdirSync(options.folder, { recursive: true });
  const { default: S3rver } = await import('s3rver');
  const server = new S3rver({
    address: '127.0.0.1',
    port: options.port,
    silent: true,
    directory: options.folder,
    vhostBuckets: false,
    allowMismatchedSignatures: true,
    configureBuckets: options.buckets.map((name) => ({ name })),
  });
  keepObjectsSafely(server.store);
  refuseRangesOfNothing(server.store);
  await server.run();
  return { gate: gateRequests(server.httpServer), close: () => closeServer(server.httpServer) };
}

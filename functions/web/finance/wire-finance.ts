import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { carryBatch, carryPort } from '../../middleware/carry-batch.ts';
import { readEnvironment } from '../../middleware/environment.ts';
import { sendItems } from '../../middleware/send-outbox.ts';
import { theActDeps, theOutboxDeps } from '../../middleware/wiring.ts';
import { theStaffDeps } from '../staff/wire-staff.ts';
import { batchesOfStore } from './batches-port.ts';
import type { FinanceDeps } from './deps.ts';

const environment = readEnvironment(z.object({ EVIDENCE_BUCKET: z.string().min(1) }));

/** The parts of finance's app, wired to what the environment names. */
export async function theFinanceDeps(): Promise<FinanceDeps> {
  const act = theActDeps();
  const s3 = new S3Client({});
  const outbox = theOutboxDeps();
  return {
    ...(await theStaffDeps()),
    batches: batchesOfStore(act.store, (items, known) =>
      sendItems({ ...outbox, carryBatch: (batchId) => carryBatch(carryPort(act), batchId, known) }, items),
    ),
    files: {
      put: async (objectKey, bytes, sha256) => {
        const put = new PutObjectCommand({
          Bucket: environment().EVIDENCE_BUCKET,
          Key: objectKey,
          Body: bytes,
          ContentType: 'application/octet-stream',
          ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
        });
        await s3.send(put);
      },
      get: async (objectKey) => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: environment().EVIDENCE_BUCKET, Key: objectKey }));
        if (Body === undefined) throw new Error('a stored file without a body');
        return Body.transformToByteArray();
      },
    },
  };
}

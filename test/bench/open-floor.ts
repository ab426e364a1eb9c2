import { readdirSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { makeFloorTables, writeFloor } from './floor.ts';
import type { BenchedReliefline } from './reliefline-process.ts';

/** The floor on the very database and the very bucket server of the measured system. */
export async function openFloor(
  { port, data }: BenchedReliefline,
  tell?: (ms: number) => void,
): Promise<() => Promise<void>> {
  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  const place = (offset: number) => ({
    endpoint: `http://127.0.0.1:${port + offset}`,
    region: 'eu-west-1',
    credentials,
  });
  const database = new DynamoDBClient(place(3));
  const s3 = new S3Client({ ...place(2), forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });
  const [bucket = ''] = readdirSync(`${data}/objects`);
  await makeFloorTables(database);
  return () => writeFloor(database, s3, bucket, tell);
}

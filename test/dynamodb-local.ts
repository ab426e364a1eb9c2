import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDbLocal } from '../infra/local/dynamodb.ts';
import { freePort } from './support/free-port.ts';

/**
 * `npm run test:dynamodb-local`: the store's tests once more, on AWS's own DynamoDB Local (Java 17; its archive is fetched once).
 * One process serves all files: each has tables of its own. Arguments go to vitest.
 */
const folder = mkdtempSync(join(tmpdir(), 'reliefline-dynamodb-local-'));
const database = await startDynamoDbLocal({ port: await freePort(), folder, inMemory: true });
try {
  const vitest = ['vitest', 'run', '--project', 'store', ...process.argv.slice(2)];
  const env = { ...process.env, AWS_ENDPOINT_URL_DYNAMODB: database.endpoint };
  const [code] = await once(spawn('npx', vitest, { stdio: 'inherit', env }), 'exit');
  process.exitCode = typeof code === 'number' ? code : 1;
} finally {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}

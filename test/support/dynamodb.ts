import { spawn } from 'node:child_process';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { projectionOf, tableKeys, type TableName } from '../../shared/store/table-keys.ts';
import { freePort } from './free-port.ts';

export type RunningDynamoDB = { readonly endpoint: string; readonly client: DynamoDBClient; readonly stop: () => void };

/**
 * The database that `AWS_ENDPOINT_URL_DYNAMODB` names, as for the runtime; else Dynoxide in memory, a process of its own.
 * `npm run test:dynamodb-local` sets the variable for all test files, since AWS's own starts slowly.
 */
export async function startDynamoDB(): Promise<RunningDynamoDB> {
  const given = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
  if (given !== undefined && given !== '') {
    const client = clientFor(given);
    return { endpoint: given, client, stop: () => client.destroy() };
  }
  const port = await freePort();
  const child = spawn('node_modules/@dynoxide/linux-x64/dynoxide', ['serve', '--port', String(port)], {
    stdio: 'ignore',
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const client = clientFor(endpoint);
  await answers(client, () => child.exitCode !== null);
  return { endpoint, client, stop: () => (client.destroy(), child.kill()) };
}

export const clientFor = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

/** Creates the three tables under fresh names, so that each test file has its own. */
export async function createTables(client: DynamoDBClient, prefix: string): Promise<Record<TableName, string>> {
  const names = { cases: `${prefix}-cases`, journal: `${prefix}-journal`, transient: `${prefix}-transient` };
  const tables: TableName[] = ['cases', 'journal', 'transient'];
  for (const table of tables) {
    const { partitionKey, sortKey, indexes } = tableKeys[table];
    const pairs = [{ partitionKey, sortKey }, ...indexes];
    const schemaOf = (pair: { partitionKey: string; sortKey: string }) => [
      { AttributeName: pair.partitionKey, KeyType: 'HASH' as const },
      { AttributeName: pair.sortKey, KeyType: 'RANGE' as const },
    ];
    await client.send(
      new CreateTableCommand({
        TableName: names[table],
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: pairs
          .flatMap((pair) => [pair.partitionKey, pair.sortKey])
          .map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
        KeySchema: schemaOf({ partitionKey, sortKey }),
        // An empty list is refused.
        GlobalSecondaryIndexes:
          indexes.length === 0
            ? undefined
            : indexes.map((index) => ({
                IndexName: index.name,
                KeySchema: schemaOf(index),
                Projection: projectionOf(index),
              })),
      }),
    );
  }
  return names;
}

/** Resolves when the database answers; throws when it does not in time, or its process has ended. */
async function answers(client: DynamoDBClient, hasEnded: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (hasEnded() || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

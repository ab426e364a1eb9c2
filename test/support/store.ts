import { randomBytes } from 'node:crypto';
import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { openKeyRing } from '../../shared/store/key-ring.ts';
import { openStore, type Store } from '../../shared/store/open-store.ts';
import type { TableName } from '../../shared/store/table-keys.ts';
import { createTables, startDynamoDB } from './dynamodb.ts';
import { fakeKms } from './fake-kms.ts';

export type TestStore = {
  readonly store: Store;
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  readonly tables: Record<TableName, string>;
  readonly kms: ReturnType<typeof fakeKms>;
  readonly stop: () => void;
};

/** A store of its own on a database of its own. */
export async function startStore(): Promise<TestStore> {
  const { client, endpoint, stop } = await startDynamoDB();
  const tables = await createTables(client, `test-${randomBytes(4).toString('hex')}`);
  const kms = fakeKms();
  const keyRing = openKeyRing({ client, casesTable: tables.cases, kms, kmsKeyId: 'test-key' });
  return { store: openStore({ client, tables, keyRing }), client, endpoint, tables, kms, stop };
}

/** Every item of a table as it lies there. */
export async function rawItems(client: DynamoDBClient, table: string): Promise<Record<string, AttributeValue>[]> {
  const items: Record<string, AttributeValue>[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ExclusiveStartKey: from }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}

import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Local } from '../../infra/local/run.ts';
import { rawItems } from './store.ts';

/** Kinds of items that reading a page may write: sessions, drafts and what counts tries. */
const ofReading = ['session', 'hits', 'draft'];

/** One text that changes with any item of any table, sessions, drafts and counters left out. Also says how many items it holds. */
export async function digestOf(local: Pick<Local, 'dynamoDbUrl' | 'model'>): Promise<string> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: local.dynamoDbUrl, region: local.model.region, credentials });
  try {
    const items = (await Promise.all(local.model.tables.map(({ name }) => rawItems(client, name)))).flat();
    const kept = items.filter((item) => !ofReading.includes(item['__edb_e__']?.S ?? '')).map(sorted);
    const hash = createHash('sha256').update(JSON.stringify(kept.toSorted())).digest('hex');
    return `${kept.length} items ${hash}`;
  } finally {
    client.destroy();
  }
}

const sorted = (item: object): string =>
  JSON.stringify(item, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

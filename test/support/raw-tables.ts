import { randomBytes } from 'node:crypto';
import {
  type DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { TableName } from '../../shared/store/table-keys.ts';
import { createTables, startDynamoDB } from './dynamodb.ts';

type Item = Record<string, unknown>;
export type RawTables = {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  readonly tables: Record<TableName, string>;
  readonly stop: () => void;
};

/** The three tables without entities: for what the database itself answers. */
export async function startRawTables(): Promise<RawTables> {
  const { client, endpoint, stop } = await startDynamoDB();
  return { client, endpoint, tables: await createTables(client, `raw-${randomBytes(4).toString('hex')}`), stop };
}

export const put = (TableName: string, item: Item, more: object = {}): TransactWriteItem => ({
  Put: { TableName, Item: marshall(item), ...more },
});

export const putAlone = (client: DynamoDBClient, TableName: string, item: Item) =>
  client.send(new PutItemCommand({ TableName, Item: marshall(item) }));

/** `done`, or the reasons in their order, each with its item; or the name of another refusal. */
export async function transactRaw(
  client: DynamoDBClient,
  TransactItems: TransactWriteItem[],
  ClientRequestToken?: string,
): Promise<unknown> {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));
    return 'done';
  } catch (error) {
    if (error instanceof TransactionCanceledException) {
      return (error.CancellationReasons ?? []).map(({ Code, Item: before }) =>
        before === undefined ? Code : { [Code ?? '']: unmarshall(before) },
      );
    }
    return error instanceof Error ? error.name : error;
  }
}

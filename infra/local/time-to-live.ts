import * as z from 'zod';
import { callDynamoDb } from './dynamodb-tables.ts';
import type { TableDefinition } from './template.ts';

const item = z.record(z.string(), z.unknown());
const page = z.object({ Items: z.array(item).default([]), LastEvaluatedKey: item.optional() });

/**
 * Deletes the items whose time to live has passed on the moved clock. The database's own expiry is left off: it reads
 * the real clock, and in a year like 2016 would take every item at once. Like AWS's, this may run late.
 *
 * @returns how many items went
 */
export async function expireItems(endpoint: string, tables: TableDefinition[], now: number): Promise<number> {
  let gone = 0;
  for (const { name, properties } of tables) {
    const attribute = properties.TimeToLiveSpecification?.AttributeName;
    if (attribute === undefined || properties.TimeToLiveSpecification?.Enabled !== true) continue;
    const names = { '#ttl': attribute };
    const values = { ':now': { N: String(Math.floor(now / 1_000)) } };
    let from: unknown;
    do {
      const answer = await callDynamoDb(endpoint, 'Scan', {
        TableName: name,
        FilterExpression: '#ttl < :now',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      });
      if (!answer.ok) return gone;
      const { Items, LastEvaluatedKey } = page.parse(answer.body);
      for (const found of Items) {
        const key = Object.fromEntries(
          properties.KeySchema.map(({ AttributeName }) => [AttributeName, found[AttributeName]]),
        );
        const deleted = await callDynamoDb(endpoint, 'DeleteItem', {
          TableName: name,
          Key: key,
          ConditionExpression: '#ttl < :now',
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: values,
        });
        if (deleted.ok) gone += 1;
      }
      from = LastEvaluatedKey;
    } while (from !== undefined);
  }
  return gone;
}

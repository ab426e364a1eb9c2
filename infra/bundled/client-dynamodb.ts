import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { JsonCommand } from './aws/json-service.ts';
import { JsonService } from './aws/json-service.ts';

/** DynamoDB with documents in and out, as the SDK's document client has it. */
export class DynamoDBClient {
  readonly #dynamoDb = new JsonService({
    id: 'DYNAMODB',
    hostPrefix: 'dynamodb',
    signingName: 'dynamodb',
    target: 'DynamoDB_20120810',
    version: '1.0',
    maxAttempts: 4,
    // A write of one item met a transaction, which ends within milliseconds.
    alsoPassing: ['TransactionConflictException'],
  });

  async send({ operation, input }: JsonCommand): Promise<unknown> {
    return fromWire(await this.#dynamoDb.call(operation, toWire(input)));
  }
}

/** Where a document stands in a request or an answer; and where a list of documents does. */
const documents = new Set([
  'Item',
  'Key',
  'ExpressionAttributeValues',
  'ExclusiveStartKey',
  'LastEvaluatedKey',
  'Attributes',
]);
const lists = new Set(['Keys', 'Items']);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Walks down to the documents and turns each; whatever lies around them stays as it is. */
function turn(value: unknown, turned: (document: Record<string, unknown>) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => turn(each, turned));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.map(([name, each]) => {
      if (documents.has(name) && isObject(each)) return [name, turned(each)];
      if (lists.has(name) && Array.isArray(each)) return [name, each.map((one) => (isObject(one) ? turned(one) : one))];
      // What BatchGetItem found, by table.
      if (name === 'Responses' && isObject(each)) return [name, turnTables(each, turned)];
      return [name, turn(each, turned)];
    }),
  );
}

const turnTables = (tables: Record<string, unknown>, turned: (document: Record<string, unknown>) => unknown) =>
  Object.fromEntries(
    Object.entries(tables).map(([table, items]) => [
      table,
      Array.isArray(items) ? items.map((one) => (isObject(one) ? turned(one) : one)) : items,
    ]),
  );

const toWire = (input: object): object => Object(turn(input, (document) => marshall(document)));
const fromWire = (output: object): unknown => turn(output, (document) => unmarshall(Object(document)));

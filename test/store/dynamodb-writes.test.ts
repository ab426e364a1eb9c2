import { randomUUID } from 'node:crypto';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { put, putAlone, type RawTables, startRawTables, transactRaw } from '../support/raw-tables.ts';

/** What the database itself must do for the store to be right. The same answers on Dynoxide and on AWS's DynamoDB Local. */
let own: RawTables;
beforeAll(async () => {
  own = await startRawTables();
});
afterAll(() => own.stop());

const fresh = () => ({ pk: randomUUID(), sk: 'a' });
const isNew = { ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
const onVersion = (version: number, more: object = {}) => ({
  ConditionExpression: '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: marshall({ ':version': version }),
  ...more,
});
async function read({ pk, sk }: { pk: string; sk: string }, table = own.tables.cases): Promise<unknown> {
  const { Item } = await own.client.send(
    new GetItemCommand({ TableName: table, Key: marshall({ pk, sk }), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : unmarshall(Item);
}

describe('a transaction', () => {
  test('over three tables writes all', async () => {
    const { cases, journal, transient } = own.tables;
    const key = fresh();
    expect(await transactRaw(own.client, [put(cases, key), put(journal, key), put(transient, key)])).toBe('done');
    for (const table of [cases, journal, transient]) expect(await read(key, table)).toEqual(key);
  });

  test('writes nothing when one condition fails, and says which, in order, with the item that stood there', async () => {
    const { cases, journal } = own.tables;
    const [before, one, two] = [{ ...fresh(), version: 4 }, fresh(), fresh()];
    await putAlone(own.client, cases, before);
    const answer = await transactRaw(own.client, [
      put(cases, one, isNew),
      put(cases, { pk: before.pk, sk: before.sk }, isNew),
      put(journal, two),
      put(cases, fresh(), onVersion(4, { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
    ]);
    expect(answer).toEqual(['None', { ConditionalCheckFailed: before }, 'None', 'ConditionalCheckFailed']);
    expect([await read(one), await read(two, journal)]).toEqual([undefined, undefined]);
    expect(await read(before)).toEqual(before);
  });

  test('shows no item to one that does not ask for it', async () => {
    const before = { ...fresh(), version: 1 };
    await putAlone(own.client, own.tables.cases, before);
    const quiet = { ConditionExpression: 'attribute_not_exists(pk)' };
    expect(await transactRaw(own.client, [put(own.tables.cases, before, quiet)])).toEqual(['ConditionalCheckFailed']);
  });

  test('takes puts, updates, deletes and mere checks together', async () => {
    const TableName = own.tables.cases;
    const [checked, changed, gone, added] = [fresh(), fresh(), fresh(), fresh()].map((key) => ({ ...key, version: 1 }));
    for (const item of [checked, changed, gone]) await putAlone(own.client, TableName, item!);
    const key = (item: { pk: string; sk: string } | undefined) => marshall({ pk: item?.pk, sk: item?.sk });
    const add = {
      UpdateExpression: 'SET #version = #version + :one ADD #amount :amount',
      ExpressionAttributeNames: { '#version': 'version', '#amount': 'amountFen' },
      ExpressionAttributeValues: marshall({ ':one': 1, ':amount': 250 }),
    };
    const all = [
      { ConditionCheck: { TableName, Key: key(checked), ...onVersion(1) } },
      { Update: { TableName, Key: key(changed), ...add } },
      { Delete: { TableName, Key: key(gone), ...onVersion(1) } },
      put(TableName, added!),
    ];
    expect(await transactRaw(own.client, all)).toBe('done');
    expect([await read(changed!), await read(gone!)]).toEqual([{ ...changed, version: 2, amountFen: 250 }, undefined]);
    expect(await transactRaw(own.client, all)).toEqual(['None', 'None', 'ConditionalCheckFailed', 'None']);
    expect(await read(changed!)).toMatchObject({ version: 2 });
  });

  test('with the token of one already done changes nothing; with other writes under that token it is refused', async () => {
    const key = fresh();
    const count = {
      Update: {
        TableName: own.tables.cases,
        Key: marshall(key),
        UpdateExpression: 'ADD seen :one',
        ExpressionAttributeValues: marshall({ ':one': 1 }),
      },
    };
    const token = randomUUID();
    expect(await transactRaw(own.client, [count], token)).toBe('done');
    expect(await transactRaw(own.client, [count], token)).toBe('done');
    expect(await read(key)).toMatchObject({ seen: 1 });
    expect(await transactRaw(own.client, [put(own.tables.cases, fresh())], token)).toBe(
      'IdempotentParameterMismatchException',
    );
  });

  test('with the token of one that was cancelled is tried anew', async () => {
    const item = { ...fresh(), version: 2 };
    await putAlone(own.client, own.tables.cases, { ...item, version: 1 });
    const last = [put(own.tables.cases, { ...item, version: 3 }, onVersion(2))];
    const token = randomUUID();
    expect(await transactRaw(own.client, last, token)).toEqual(['ConditionalCheckFailed']);
    await putAlone(own.client, own.tables.cases, item);
    expect(await transactRaw(own.client, last, token)).toBe('done');
    expect(await read(item)).toMatchObject({ version: 3 });
  });

  test('does not touch the same item twice', async () => {
    const key = fresh();
    const twice = [put(own.tables.cases, key), put(own.tables.cases, key)];
    expect(await transactRaw(own.client, twice)).toBe('ValidationException');
    expect(await read(key)).toBeUndefined();
  });

  test('takes 100 writes and not 101', async () => {
    const writes = (count: number) => Array.from({ length: count }, () => put(own.tables.journal, fresh()));
    expect(await transactRaw(own.client, writes(100))).toBe('done');
    expect(await transactRaw(own.client, writes(101))).toBe('ValidationException');
    expect(await transactRaw(own.client, [])).toBe('ValidationException');
  });

  test('takes 4 MB in all and not more', async () => {
    const writes = (count: number) =>
      Array.from({ length: count }, () => put(own.tables.journal, { ...fresh(), text: 'x'.repeat(399 * 1024) }));
    expect(await transactRaw(own.client, writes(10))).toBe('done');
    expect(await transactRaw(own.client, writes(11))).toBe('ValidationException');
  });

  test('of which one item is too large writes none', async () => {
    const key = fresh();
    const large = put(own.tables.cases, { ...fresh(), text: 'x'.repeat(400 * 1024) });
    const answer = await transactRaw(own.client, [put(own.tables.cases, key), large]);
    expect(answer).toBe('ValidationException');
    expect(await read(key)).toBeUndefined();
  });

  test('of two at once on one version lets one through', async () => {
    const item = { ...fresh(), version: 1 };
    await putAlone(own.client, own.tables.cases, item);
    const attempts = Array.from({ length: 8 }, (_, by) =>
      transactRaw(own.client, [put(own.tables.cases, { ...item, version: 2, by }, onVersion(1))]),
    );
    const answers = await Promise.all(attempts);
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
    for (const answer of answers.filter((each) => each !== 'done')) {
      expect([['ConditionalCheckFailed'], ['TransactionConflict'], 'TransactionConflictException']).toContainEqual(
        answer,
      );
    }
    expect(await read(item)).toMatchObject({ version: 2 });
  });
});

describe('a write on a condition', () => {
  test('that fails shows the item as it stands, and changes nothing', async () => {
    const item = { ...fresh(), version: 3 };
    await putAlone(own.client, own.tables.cases, item);
    const update = new UpdateItemCommand({
      TableName: own.tables.cases,
      Key: marshall({ pk: item.pk, sk: item.sk }),
      UpdateExpression: 'SET note = :version',
      ...onVersion(2),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const refused = await own.client.send(update).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConditionalCheckFailedException);
    expect(refused instanceof ConditionalCheckFailedException && unmarshall(refused.Item ?? {})).toEqual(item);
    expect(await read(item)).toEqual(item);
  });

  test('that deletes gives what it deleted, once', async () => {
    const item = fresh();
    await putAlone(own.client, own.tables.transient, item);
    const remove = () =>
      own.client.send(
        new DeleteItemCommand({ TableName: own.tables.transient, Key: marshall(item), ReturnValues: 'ALL_OLD' }),
      );
    expect(unmarshall((await remove()).Attributes ?? {})).toEqual(item);
    expect((await remove()).Attributes).toBeUndefined();
  });

  test.each([
    ['an item over 400 KB', { text: 'x'.repeat(400 * 1024) }],
    ['an empty key of an index', { gsi1pk: '', gsi1sk: 'a' }],
    ['a key of an index that is no text', { gsi1pk: 7, gsi1sk: 'a' }],
  ])('refuses %s', async (_, more) => {
    const item = { ...fresh(), ...more };
    await expect(putAlone(own.client, own.tables.cases, item)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await read(item)).toBeUndefined();
  });
});

describe('a batch', () => {
  test('writes and deletes 25, reads 100, and says nothing of keys that are not there', async () => {
    const TableName = own.tables.journal;
    const keys = Array.from({ length: 100 }, (_, index) => ({ pk: fresh().pk, sk: String(index) }));
    for (let from = 0; from < 75; from += 25) {
      const puts = keys.slice(from, from + 25).map((key) => ({ PutRequest: { Item: marshall(key) } }));
      const { UnprocessedItems } = await own.client.send(
        new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }),
      );
      expect(UnprocessedItems ?? {}).toEqual({});
    }
    const readAll = async () => {
      const Keys = keys.map((key) => marshall(key));
      const found = await own.client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } }));
      return (found.Responses?.[TableName] ?? [])
        .map((item) => Number(unmarshall(item)['sk']))
        .toSorted((a, b) => a - b);
    };
    expect(await readAll()).toEqual(Array.from({ length: 75 }, (_, index) => index));
    const deletes = keys.slice(50, 75).map((key) => ({ DeleteRequest: { Key: marshall(key) } }));
    await own.client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: deletes } }));
    expect(await readAll()).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  test('of more, or with one item twice, is refused', async () => {
    const send = (items: object[]) => {
      const puts = items.map((item) => ({ PutRequest: { Item: marshall(item) } }));
      return own.client.send(new BatchWriteItemCommand({ RequestItems: { [own.tables.journal]: puts } }));
    };
    const keys = Array.from({ length: 26 }, fresh);
    await expect(send(keys)).rejects.toMatchObject({ name: 'ValidationException' });
    const [key = fresh()] = keys;
    await expect(send([key, key])).rejects.toMatchObject({ name: 'ValidationException' });
    const Keys = Array.from({ length: 101 }, () => marshall(fresh()));
    const get = new BatchGetItemCommand({ RequestItems: { [own.tables.journal]: { Keys } } });
    await expect(own.client.send(get)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await read(key, own.tables.journal)).toBeUndefined();
  });
});

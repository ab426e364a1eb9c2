import { randomUUID } from 'node:crypto';
import { type AttributeValue, QueryCommand, type QueryCommandInput, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expireItems } from '../../infra/local/time-to-live.ts';
import { tableKeys, type TableName } from '../../shared/store/table-keys.ts';
import { putAlone, type RawTables, startRawTables } from '../support/raw-tables.ts';
import { rawItems } from '../support/store.ts';

/** Queries on every key that the store has, and the time to live. The same answers on Dynoxide and on AWS's DynamoDB Local. */
let own: RawTables;
beforeAll(async () => {
  own = await startRawTables();
});
afterAll(() => own.stop());

type Key = {
  table: TableName;
  name: string | undefined;
  partitionKey: string;
  sortKey: string;
  projected?: readonly string[];
};
const names: TableName[] = ['cases', 'journal', 'transient'];
const keys: Key[] = names.flatMap((table) => [
  { table, name: undefined, partitionKey: tableKeys[table].partitionKey, sortKey: tableKeys[table].sortKey },
  ...tableKeys[table].indexes.map((index) => ({ table, ...index })),
]);

async function query(key: Key, partition: string, more: Partial<QueryCommandInput> = {}) {
  const answer = await own.client.send(
    new QueryCommand({
      TableName: own.tables[key.table],
      ...(key.name === undefined ? {} : { IndexName: key.name }),
      KeyConditionExpression: '#p = :p',
      ExpressionAttributeNames: { '#p': key.partitionKey },
      ExpressionAttributeValues: marshall({ ':p': partition }),
      ...more,
    }),
  );
  return { items: (answer.Items ?? []).map((item) => unmarshall(item)), last: answer.LastEvaluatedKey };
}

describe.each(keys)('by $partitionKey of $table', (key) => {
  const partition = randomUUID();
  const ranked = (items: Record<string, unknown>[]) => items.map((item) => item['body']);
  beforeAll(async () => {
    const pad = (rank: number) => `day#${String(rank).padStart(2, '0')}`;
    for (const rank of [3, 1, 7, 2, 6, 5, 4]) {
      const itsKeys = { [key.partitionKey]: partition, [key.sortKey]: pad(rank) };
      const item = { pk: randomUUID(), sk: 'a', ...itsKeys, body: rank, caseId: '困难帮扶', state: rank };
      await putAlone(own.client, own.tables[key.table], item);
    }
    await putAlone(own.client, own.tables[key.table], { pk: randomUUID(), sk: 'in no index', body: 99 });
  });

  test('an index holds what is projected into it, and nothing else', async () => {
    const [item = {}] = (await query(key, partition)).items;
    expect('state' in item).toBe(key.projected?.includes('state') ?? true);
    const mayHold = [key.partitionKey, key.sortKey, 'pk', 'sk', ...(key.projected ?? Object.keys(item))];
    expect(Object.keys(item).filter((name) => !mayHold.includes(name))).toEqual([]);
  });

  test('items come, in the order of their sort key, forwards and backwards', async () => {
    const { items, last } = await query(key, partition);
    expect(ranked(items)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(items[0]).toMatchObject({ caseId: '困难帮扶', sk: expect.any(String) });
    expect(last).toBeUndefined();
    expect(ranked((await query(key, partition, { ScanIndexForward: false })).items)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  test('pages join without a gap, whichever their size', async () => {
    for (const Limit of [1, 3, 7]) {
      const seen: unknown[] = [];
      let from: Record<string, AttributeValue> | undefined;
      let pages = 0;
      do {
        const page = await query(key, partition, { Limit, ExclusiveStartKey: from });
        expect(page.items.length).toBeLessThanOrEqual(Limit);
        seen.push(...ranked(page.items));
        from = page.last;
        pages += 1;
      } while (from !== undefined && pages < 20);
      expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
    }
  });

  test.each([
    ['begins_with(#s, :a)', { ':a': 'day#' }, [1, 2, 3, 4, 5, 6, 7]],
    ['begins_with(#s, :a)', { ':a': 'night#' }, []],
    ['#s BETWEEN :a AND :b', { ':a': 'day#02', ':b': 'day#04' }, [2, 3, 4]],
    ['#s < :a', { ':a': 'day#03' }, [1, 2]],
    ['#s <= :a', { ':a': 'day#03' }, [1, 2, 3]],
    ['#s > :a', { ':a': 'day#05' }, [6, 7]],
    ['#s >= :a', { ':a': 'day#05' }, [5, 6, 7]],
    ['#s = :a', { ':a': 'day#05' }, [5]],
  ])('%s with %j', async (condition, values, expected) => {
    const { items } = await query(key, partition, {
      KeyConditionExpression: `#p = :p AND ${condition}`,
      ExpressionAttributeNames: { '#p': key.partitionKey, '#s': key.sortKey },
      ExpressionAttributeValues: marshall({ ':p': partition, ...values }),
    });
    expect(ranked(items)).toEqual(expected);
  });

  test('a filter is applied after the limit', async () => {
    const { items, last } = await query(key, partition, {
      Limit: 3,
      FilterExpression: '#r > :two',
      ExpressionAttributeNames: { '#p': key.partitionKey, '#r': 'body' },
      ExpressionAttributeValues: marshall({ ':p': partition, ':two': 2 }),
    });
    expect(ranked(items)).toEqual([3]);
    expect(last).toBeDefined();
  });

  test('another partition is empty', async () => {
    expect(await query(key, randomUUID())).toEqual({ items: [], last: undefined });
  });
});

describe('an item', () => {
  const index: Key = { table: 'cases', name: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' };

  test('moves within an index with its key, and leaves it with the last of its key', async () => {
    const [from, to] = [randomUUID(), randomUUID()];
    const key = { pk: randomUUID(), sk: 'a' };
    await putAlone(own.client, own.tables.cases, { ...key, gsi1pk: from, gsi1sk: '1' });
    const update = (UpdateExpression: string, values?: object) =>
      own.client.send(
        new UpdateItemCommand({
          TableName: own.tables.cases,
          Key: marshall(key),
          UpdateExpression,
          ...(values === undefined ? {} : { ExpressionAttributeValues: marshall(values) }),
        }),
      );
    await update('SET gsi1pk = :to', { ':to': to });
    expect([(await query(index, from)).items, (await query(index, to)).items.length]).toEqual([[], 1]);
    await update('REMOVE gsi1sk');
    expect((await query(index, to)).items).toEqual([]);
  });

  test('is on one page of about 1 MB, and the pages join', async () => {
    // Where exactly a page ends differs: one database counts the item that crosses the limit in, the other leaves it out.
    const pk = randomUUID();
    const whole: Key = { table: 'cases', name: undefined, partitionKey: 'pk', sortKey: 'sk' };
    for (let at = 0; at < 4; at += 1) {
      await putAlone(own.client, own.tables.cases, { pk, sk: String(at), text: 'x'.repeat(390 * 1024) });
    }
    const first = await query(whole, pk);
    expect(first.last).toEqual(marshall({ pk, sk: first.items.at(-1)?.['sk'] }));
    const second = await query(whole, pk, { ExclusiveStartKey: first.last });
    expect([...first.items, ...second.items].map(({ sk }) => sk)).toEqual(['0', '1', '2', '3']);
    expect(second.last).toBeUndefined();
  });
});

test('what has outlived its time goes as the runtime sweeps it, by the moved clock, and nothing else', async () => {
  const attribute = tableKeys.transient.ttlAttribute;
  const now = Date.parse('2016-06-01T00:00:00Z');
  const put = (sk: string, more: object) => putAlone(own.client, own.tables.transient, { pk: 'ttl', sk, ...more });
  await put('past', { [attribute]: now / 1_000 - 1 });
  await put('now', { [attribute]: now / 1_000 });
  await put('to come', { [attribute]: now / 1_000 + 1 });
  await put('for ever', {});
  await put('no number', { [attribute]: '1' });
  const table = {
    name: own.tables.transient,
    properties: {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' as const },
        { AttributeName: 'sk', KeyType: 'RANGE' as const },
      ],
      AttributeDefinitions: [],
      TimeToLiveSpecification: { AttributeName: attribute, Enabled: true },
    },
  };
  const left = async () =>
    (await rawItems(own.client, own.tables.transient)).map(({ sk }) => sk?.S).filter((sk) => sk !== 'a');
  expect(await expireItems(own.endpoint, [table], now)).toBe(1);
  expect(await left()).not.toContain('past');
  expect(await left()).toEqual(expect.arrayContaining(['now', 'to come', 'for ever', 'no number']));
  expect(await expireItems(own.endpoint, [table], now)).toBe(0);
});

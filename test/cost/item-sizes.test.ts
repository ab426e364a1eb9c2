import { expect, test } from 'vitest';
import { addItems, itemsPut, itemsSince, type Written } from './item-sizes.ts';

const item = (kind: string, body: string) => ({
  pk: { S: 'a' },
  __edb_e__: { S: kind },
  body: { M: { it: { S: body } } },
});

test('an item is as large as its names and values are long', () => {
  expect(itemsPut({ Item: item('case', 'four') })).toEqual([{ kind: 'case', bytes: 3 + 13 + 4 + 3 + 1 + 2 + 4 }]);
  expect(itemsPut({ Key: {} })).toEqual([]);
});

test('what a transaction puts is summed by kind, each begun kilobyte whole', () => {
  const TransactItems = [
    { Put: { Item: item('case', 'x'.repeat(1_500)) } },
    { Delete: { Key: {} } },
    { Put: { Item: item('case', '') } },
  ];
  const sums = new Map<string, Written>();
  addItems(sums, itemsPut({ TransactItems }));
  const before = new Map(sums);
  expect(sums.get('case')).toMatchObject({ items: 2, kilobytes: 3 });
  addItems(sums, itemsPut({ TransactItems }));
  expect(itemsSince(sums, before)).toEqual(before);
});

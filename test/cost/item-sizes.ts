type Value = Readonly<Record<string, unknown>>;

/** What was written of one kind of item: how many, how many bytes as DynamoDB reckons them, and whole kilobytes, the unit of a price. */
export type Written = { readonly items: number; readonly bytes: number; readonly kilobytes: number };
export type WrittenByKind = ReadonlyMap<string, Written>;

const isRecord = (value: unknown): value is Value => typeof value === 'object' && value !== null;
const textBytes = (text: string): number => Buffer.byteLength(text);

/** The size of an attribute's value in the rules of DynamoDB: 1 byte a member and 3 of a list or map beside what is in it. */
function valueBytes(value: unknown): number {
  if (!isRecord(value)) return 0;
  const [[type, inner] = []] = Object.entries(value);
  if (type === 'S') return textBytes(String(inner));
  if (type === 'N') return Math.ceil(String(inner).length / 2) + 1;
  if (type === 'L' && Array.isArray(inner))
    return inner.reduce((sum: number, each: unknown) => sum + 1 + valueBytes(each), 3);
  if (type === 'M' && isRecord(inner))
    return Object.entries(inner).reduce((sum, [name, each]) => sum + 1 + textBytes(name) + valueBytes(each), 3);
  return 1;
}

const itemBytes = (item: Value): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + textBytes(name) + valueBytes(value), 0);

/** The entity that ElectroDB marks an item with. */
const kindOf = (item: Value): string => {
  const mark = item['__edb_e__'];
  return isRecord(mark) ? String(mark['S']) : 'unknown';
};

/** The whole items that a write puts, alone or in a transaction. What it amends or deletes is not told. */
export function itemsPut(asked: object): readonly { readonly kind: string; readonly bytes: number }[] {
  const { Item, TransactItems = [] }: { Item?: unknown; TransactItems?: unknown } = { ...asked };
  const puts: unknown[] = [Item, ...(Array.isArray(TransactItems) ? TransactItems : []).map(putOf)];
  return puts.filter(isRecord).map((item) => ({ kind: kindOf(item), bytes: itemBytes(item) }));
}

const putOf = (action: unknown): unknown => {
  const put = isRecord(action) ? action['Put'] : undefined;
  return isRecord(put) ? put['Item'] : undefined;
};

/** A running sum by kind. */
export function addItems(to: Map<string, Written>, items: ReturnType<typeof itemsPut>): void {
  for (const { kind, bytes } of items) {
    const before = to.get(kind) ?? { items: 0, bytes: 0, kilobytes: 0 };
    to.set(kind, {
      items: before.items + 1,
      bytes: before.bytes + bytes,
      kilobytes: before.kilobytes + Math.ceil(bytes / 1024),
    });
  }
}

/** What came after an earlier count. */
export function itemsSince(now: WrittenByKind, before: WrittenByKind): Map<string, Written> {
  const since = [...now].map(([kind, { items, bytes, kilobytes }]): [string, Written] => {
    const was = before.get(kind) ?? { items: 0, bytes: 0, kilobytes: 0 };
    return [kind, { items: items - was.items, bytes: bytes - was.bytes, kilobytes: kilobytes - was.kilobytes }];
  });
  return new Map(since.filter(([, { items }]) => items > 0));
}

import { sealName, sealOf, type SealedEntity, type StoredItem } from './seals.ts';

/** What ElectroDB and the table add to an item's own attributes. */
const isKey = (name: string): boolean => /^(pk|sk|gsi\d(pk|sk)|__edb_[ev]__)$/.test(name);

const part = (item: object, wanted: (name: string) => boolean): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).filter(([name]) => wanted(name)));

export type Read = { readonly name: string; readonly digest: string; readonly isMisplaced: boolean };

/**
 * An item that was read with its keys: its name and digest as of now, and whether it lies where its own attributes say that it
 * should, in the indexes too. `put`: what a put of it would send.
 */
export function readStored(entity: SealedEntity, item: object, put: object): Read {
  const stored: StoredItem = { entity, attributes: part(item, (name) => !isKey(name)) };
  const found = part(item, isKey);
  const expected = 'Item' in put && typeof put.Item === 'object' ? part({ ...put.Item }, isKey) : {};
  const isMisplaced = Object.keys({ ...found, ...expected }).some((name) => found[name] !== expected[name]);
  return { name: sealName(stored), digest: sealOf(stored), isMisplaced };
}

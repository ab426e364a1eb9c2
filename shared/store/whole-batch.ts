import type { Store } from './open-store.ts';

const mostAttempts = 6;

/**
 * Does a batch to its end: a busy database does a part of it and gives the rest back, which is asked for again after growing, random
 * pauses. What is given back at last is what even that did not do.
 */
export async function wholeBatch<Key>(
  store: Store,
  keys: readonly Key[],
  some: (keys: readonly Key[]) => Promise<readonly Key[]>,
): Promise<readonly Key[]> {
  let left = await some(keys);
  for (let attempt = 1; attempt < mostAttempts && left.length > 0; attempt += 1) {
    await store.pause(Math.random() * 25 * 2 ** attempt);
    left = await some(left);
  }
  return left;
}

/**
 * Reads many items by their keys, in any order; unknown ones are left out.
 * @throws Error if the database did not give all of them, or say that they are not there; `what` says what they are
 */
export async function wholeRead<Key, Item>(
  store: Store,
  keys: readonly Key[],
  what: string,
  read: (keys: readonly Key[]) => Promise<{ readonly data: readonly Item[]; readonly unprocessed: readonly Key[] }>,
): Promise<Item[]> {
  const found: Item[] = [];
  const left = await wholeBatch(store, keys, async (some) => {
    const { data, unprocessed } = await read(some);
    found.push(...data);
    return unprocessed;
  });
  if (left.length > 0) throw new Error(`${left.length} ${what} could not be read now`);
  return found;
}

/** How many items are read by their keys. */
export const consistently = { consistent: true, preserveBatchOrder: false } as const;

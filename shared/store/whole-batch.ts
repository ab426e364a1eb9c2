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

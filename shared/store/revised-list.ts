import type { Store } from './open-store.ts';
import type { Write } from './transact.ts';

/** Lists that are read often, changed seldom, and must never be old. */
export type RevisedName = 'staff' | 'patches' | 'programmes';

/** Goes with every change of a list, in the change's own transaction. */
export const revisionWrite = (revised: RevisedName): Write<'none'> => ({
  guards: 'none',
  of: ({ revision }) => revision.upsert({ revised }).add({ value: 1 }).commit(),
});

/**
 * A list that a process reads whole once, and again only after it has changed: one small consistent read says whether it has. What is
 * returned is never older than the moment of asking. Each list has a reader of its own.
 */
export function revisedList<T>(revised: RevisedName, readAll: (store: Store) => Promise<readonly T[]>) {
  const held = new WeakMap<Store, { readonly revision: number; readonly list: readonly T[] }>();
  return async (store: Store): Promise<readonly T[]> => {
    // Asked before the list is read: a change in between makes the list newer than its number, which only costs another reading.
    const { data } = await store.entities.revision.get({ revised }).go({ consistent: true });
    const revision = data?.value ?? 0;
    const known = held.get(store);
    if (known?.revision === revision) return known.list;
    const list = await readAll(store);
    held.set(store, { revision, list });
    return list;
  };
}

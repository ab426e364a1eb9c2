import { notedOperations } from './noted-operations.ts';
import { startStore, type TestStore } from './store.ts';

export type NotedStore = TestStore & {
  /** What its client has sent since this was last asked. */
  readonly operations: () => string[];
};

/** A store on a database of its own, as `startStore`, with everything noted that it asks of that database. */
export async function startNotedStore(): Promise<NotedStore> {
  const own = await startStore();
  return { ...own, operations: notedOperations(own.client) };
}

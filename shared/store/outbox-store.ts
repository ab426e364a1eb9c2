import { type OutboxItem, outboxItemSchema } from '../cases/case-file.ts';
import type { Instant } from '../kernel/time.ts';
import type { Store } from './open-store.ts';
import type { Write } from './transact.ts';
import { wholeBatch } from './whole-batch.ts';

const box = 'outbox';

/** The write that puts an item into the outbox, for a transaction with the change that it tells of. */
export const outboxWrite = (item: OutboxItem): Write<'none'> => ({
  guards: 'none',
  of: ({ outbox }) => outbox.put({ outboxId: item.outboxId, box, createdAt: item.createdAt, body: item }).commit(),
});

/** An item that tells of no change in the store (a sign-in mail). */
export async function putOutboxItem(store: Store, item: OutboxItem): Promise<void> {
  await store.entities.outbox.put({ outboxId: item.outboxId, box, createdAt: item.createdAt, body: item }).go();
}

/** Items written before a moment, oldest first: what a dead process left. Read from an index, so a moment late. */
export async function outboxOlderThan(store: Store, before: Instant, limit = 100): Promise<OutboxItem[]> {
  const { data } = await store.entities.outbox.query
    .listed({ box })
    .lt({ createdAt: before })
    .go({ limit, pages: 'all', count: limit });
  return data.map(({ body }) => outboxItemSchema.parse(body));
}

/** Takes sent items out. Taking one out twice changes nothing. @throws Error if some are still there */
export async function deleteOutboxItems(store: Store, outboxIds: readonly string[]): Promise<void> {
  const [first] = outboxIds;
  if (first === undefined) return;
  if (outboxIds.length === 1) {
    await store.entities.outbox.delete({ outboxId: first }).go();
    return;
  }
  const keys = outboxIds.map((outboxId) => ({ outboxId }));
  const left = await wholeBatch(store, keys, async (some) => {
    const { unprocessed } = await store.entities.outbox.delete([...some]).go();
    return unprocessed;
  });
  if (left.length > 0) throw new Error(`${left.length} sent items could not be taken out now`);
}

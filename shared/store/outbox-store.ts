import { type OutboxItem, outboxItemSchema } from '../cases/case-file.ts';
import type { Instant } from '../kernel/time.ts';
import type { Store } from './open-store.ts';
import type { Write } from './transact.ts';
import { wholeBatch } from './whole-batch.ts';

const box = 'outbox';

/** Which item it is: its id, and when it was written, by which the outbox is sorted. */
export type OutboxKey = Pick<OutboxItem, 'outboxId' | 'createdAt'>;

const keyOf = ({ outboxId, createdAt }: OutboxKey): Record<'box' | 'createdAt' | 'outboxId', string> => ({
  box,
  createdAt,
  outboxId,
});

/** The write that puts an item into the outbox, for a transaction with the change that it tells of. */
export const outboxWrite = (item: OutboxItem): Write<'none'> => ({
  guards: 'none',
  of: ({ outbox }) => outbox.put({ ...keyOf(item), body: item }).commit(),
});

/** The write that takes an item out, for a transaction with the change that completes it. */
export const outboxDone = (key: OutboxKey): Write<'none'> => ({
  guards: 'none',
  of: ({ outbox }) => outbox.delete(keyOf(key)).commit(),
});

/** An item that tells of no change in the store (a sign-in mail). */
export async function putOutboxItem(store: Store, item: OutboxItem): Promise<void> {
  await store.entities.outbox.put({ ...keyOf(item), body: item }).go();
}

/** Items written before a moment, oldest first: what a dead process left. */
export async function outboxOlderThan(store: Store, before: Instant, limit = 100): Promise<OutboxItem[]> {
  const { data } = await store.entities.outbox.query
    .own({ box })
    .lt({ createdAt: before })
    .go({ limit, pages: 'all', count: limit, consistent: true });
  return data.map(({ body }) => outboxItemSchema.parse(body));
}

/** Takes sent items out. Taking one out twice changes nothing. @throws Error if some are still there */
export async function deleteOutboxItems(store: Store, items: readonly OutboxKey[]): Promise<void> {
  const [first] = items;
  if (first === undefined) return;
  if (items.length === 1) {
    await store.entities.outbox.delete(keyOf(first)).go();
    return;
  }
  const left = await wholeBatch(store, items.map(keyOf), async (some) => {
    const { unprocessed } = await store.entities.outbox.delete([...some]).go();
    return unprocessed;
  });
  if (left.length > 0) throw new Error(`${left.length} sent items could not be taken out now`);
}

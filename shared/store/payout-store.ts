import type { Batch } from '../disbursement/batch.ts';
import type { Payout, PayoutStatus } from '../disbursement/payout.ts';
import type { PayoutId } from '../kernel/ids.ts';
import { openPayout, openPayoutOutline } from './case-part-sealing.ts';
import { knownCursor, type Page, pageOf } from './cursor.ts';
import type { Store } from './open-store.ts';
import { consistently, wholeRead } from './whole-batch.ts';

/** Payouts of one status, oldest order first unless it is said otherwise, a page at a time. */
export async function payoutsByStatus(
  store: Store,
  status: PayoutStatus,
  options: {
    readonly cursor?: string | undefined;
    readonly limit?: number;
    readonly isNewestFirst?: boolean;
  } = {},
): Promise<Page<Payout>> {
  const { data, cursor } = await store.entities.payout.query.byStatus({ status }).go({
    cursor: knownCursor(options.cursor),
    limit: options.limit ?? 100,
    order: options.isNewestFirst === true ? 'desc' : 'asc',
  });
  const items = await Promise.all(data.map(({ body }) => openPayout(store.keyRing, body)));
  return pageOf(items, cursor);
}

/** Those of a batch's members whose own records say that they are in it, read consistently. */
export async function payoutsInBatch(store: Store, { batchId, members }: Batch): Promise<Set<PayoutId>> {
  const keys = members.map(({ caseId, payoutId }): { caseId: string; payoutId: string } => ({ caseId, payoutId }));
  const found = await wholeRead(store, keys, 'payouts', (some) =>
    store.entities.payout.get([...some]).go(consistently),
  );
  const payouts = found.map(({ body }) => openPayoutOutline(body));
  const entered = payouts.filter((payout) => payout.status === 'batched' && payout.batchId === batchId);
  return new Set(entered.map(({ payoutId }) => payoutId));
}

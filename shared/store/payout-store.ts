import type { Payout, PayoutStatus } from '../disbursement/payout.ts';
import { openPayout } from './case-part-sealing.ts';
import type { Page } from './case-store.ts';
import { knownCursor } from './cursor.ts';
import type { Store } from './open-store.ts';

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
  return { items, ...(cursor !== null && { cursor }) };
}

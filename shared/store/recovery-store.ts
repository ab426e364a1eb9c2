import type { RecoveryStatus } from '../cases/recovery.ts';
import type { RecoveryOutline } from '../proof/case-book.ts';
import { openRecoveryOutline } from './case-part-sealing.ts';
import { knownCursor, type Page, pageOf } from './cursor.ts';
import type { Store } from './open-store.ts';

/** Recoveries of one status, the oldest claim first, a page at a time, without the words that are sealed. */
export async function recoveriesByStatus(
  store: Store,
  status: RecoveryStatus,
  options: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<RecoveryOutline>> {
  const { data, cursor } = await store.entities.recovery.query
    .byStatus({ status })
    .go({ cursor: knownCursor(options.cursor), limit: options.limit });
  const items = data.map(({ body }) => openRecoveryOutline(body));
  return pageOf(items, cursor);
}

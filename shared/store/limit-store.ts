import { epochMsOf, type Instant } from '../kernel/time.ts';
import type { Store } from './open-store.ts';

export type Counted = { readonly isWithin: boolean; readonly hits: number; readonly secondsLeft: number };

/**
 * Counts one attempt under a name (an address, a person, a link; stored as a keyed hash) in fixed windows of time, and says
 * whether it is still within the limit.
 */
export async function countHit(
  store: Store,
  name: string,
  rule: { readonly windowSeconds: number; readonly limit: number },
  now: Instant,
): Promise<Counted> {
  const nowSeconds = Math.floor(epochMsOf(now) / 1000);
  const begin = nowSeconds - (nowSeconds % rule.windowSeconds);
  const end = begin + rule.windowSeconds;
  const limit = await store.keyRing.searchHash('limit', name);
  const { data } = await store.entities.hits
    .upsert({ limit, window: String(begin), expiresAtEpoch: end })
    .add({ hits: 1 })
    .go({ response: 'all_new' });
  const hits = data?.hits ?? 1;
  return { isWithin: hits <= rule.limit, hits, secondsLeft: end - nowSeconds };
}

import type { Store } from './open-store.ts';

/** All that is kept of a tracking code: a keyed hash of its plain form. */
export const hashTrackingCode = (store: Store, plainCode: string): Promise<string> =>
  store.keyRing.searchHash('tracking-code', plainCode);

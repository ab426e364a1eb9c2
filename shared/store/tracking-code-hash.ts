import type { CaseId } from '../kernel/ids.ts';
import { openSettled } from './case-sealing.ts';
import type { Store } from './open-store.ts';

/** All that is kept of a tracking code: a keyed hash of its plain form. */
export const hashTrackingCode = (store: Store, plainCode: string): Promise<string> =>
  store.keyRing.searchHash('tracking-code', plainCode);

/** What is kept of a case's present code, read without the rest of the case and without a key; undefined if there is no such case. */
export async function trackingCodeHashOf(store: Store, caseId: CaseId): Promise<string | undefined> {
  const { data } = await store.entities.application.get({ caseId }).go({ consistent: true });
  return data === null ? undefined : openSettled(data.body).trackingCodeHash;
}

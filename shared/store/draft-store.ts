import { hkdfSync } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { addMs, epochMsOf, type Instant } from '../kernel/time.ts';
import { openBytes, sealBox } from './box.ts';
import type { Store } from './open-store.ts';
import { tokenHash } from './secret-token.ts';

const keptMs = 30 * 86_400_000;

/**
 * The draft's own key, made of a key of the house and the draft's id, which only the applicant's cookie holds: without the
 * cookie nobody can read the draft.
 */
async function keyOf(store: Store, draftId: string): Promise<Buffer> {
  return Buffer.from(hkdfSync('sha256', await store.keyRing.systemKey('draft'), draftId, 'draft', 32));
}

/** Keeps what was typed for 30 days from now, packed: it is written anew after every page and every file. `draftId` is a secret of at least 128 random bits. */
export async function saveDraft(store: Store, draftId: string, content: string, now: Instant): Promise<void> {
  const draftHash = tokenHash(draftId);
  const expiresAt = addMs(now, keptMs);
  const box = sealBox(await keyOf(store, draftId), `draft/${draftHash}`, deflateRawSync(content));
  const expiresAtEpoch = Math.ceil(epochMsOf(expiresAt) / 1000);
  await store.entities.draft.put({ draftHash, expiresAt, expiresAtEpoch, box }).go();
}

/** What was typed, unless its time is up. */
export async function loadDraft(store: Store, draftId: string, now: Instant): Promise<string | undefined> {
  const draftHash = tokenHash(draftId);
  const { data } = await store.entities.draft.get({ draftHash }).go({ consistent: true });
  if (data === null || data.expiresAt <= now) return undefined;
  return inflateRawSync(openBytes(await keyOf(store, draftId), `draft/${draftHash}`, data.box)).toString('utf8');
}

export async function deleteDraft(store: Store, draftId: string): Promise<void> {
  await store.entities.draft.delete({ draftHash: tokenHash(draftId) }).go();
}

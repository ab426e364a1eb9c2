import * as z from 'zod';
import { decisionRequestSchema } from '../cases/decision-request.ts';
import { caseIdSchema, personIdSchema, requestIdSchema } from '../kernel/ids.ts';
import { type Instant, instantSchema } from '../kernel/time.ts';
import type { Store } from './open-store.ts';

const linkSchema = z.strictObject({
  caseId: caseIdSchema,
  requestId: requestIdSchema,
  personId: personIdSchema,
  generation: z.number().int().positive(),
  expiresAt: instantSchema,
});
export type Link = z.infer<typeof linkSchema>;

/** Why a link does not work is told with its ids, so that a new one can be offered; an unknown token tells nothing. */
export type ResolvedLink =
  | ({ readonly kind: 'valid' | 'expired' | 'superseded' } & Link)
  | { readonly kind: 'unknown' };

/**
 * What a decision link stands for. `superseded`: a newer link was issued to this person for this request, or they no longer
 * have a seat there. Whether the request is still open is for `can` to say.
 */
export async function resolveLink(store: Store, token: string, now: Instant): Promise<ResolvedLink> {
  const { link, request } = store.entities;
  const { data } = await link.get({ linkHash: store.keyRing.linkHash(token) }).go({ consistent: true });
  if (data === null) return { kind: 'unknown' };
  const found = linkSchema.parse(data.body);
  const { caseId, requestId, personId, generation } = found;
  const asked = await request.get({ caseId, requestId }).go({ consistent: true });
  if (asked.data === null) return { kind: 'unknown' };
  const { seats } = decisionRequestSchema.parse(asked.data.body);
  const isCurrent = seats.some((seat) => seat.personId === personId && seat.generation === generation);
  if (!isCurrent) return { kind: 'superseded', ...found };
  return { kind: found.expiresAt <= now ? 'expired' : 'valid', ...found };
}

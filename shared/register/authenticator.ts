import * as z from 'zod';
import { type AuditFact, auditHeadSchema, noAudit } from '../kernel/audit.ts';
import { type PersonId, personIdSchema } from '../kernel/ids.ts';
import type { LifecycleTable } from '../kernel/lifecycle.ts';
import { addMs, type Instant, instantSchema, localDateOf } from '../kernel/time.ts';
import { keepsAlone } from './second-person.ts';
import { type Directory, mayKeep } from './staff-change.ts';

/**
 * Where somebody's authenticator (动态口令) stands. `offered`: the office has handed over a code on paper; `opened`: it was entered
 * and the secret is shown; `active`: a first code has proved that an app holds the secret.
 */
const authenticatorStatuses = ['none', 'offered', 'opened', 'active', 'revoked'] as const;
export type AuthenticatorStatus = (typeof authenticatorStatuses)[number];
export type AuthenticatorAction = 'offer' | 'open' | 'activate' | 'use' | 'revoke';

/** A new offer is always possible: a phone is lost when it is lost. It stops the old secret at once. */
export const authenticatorLifecycle: LifecycleTable<AuthenticatorStatus, AuthenticatorAction> = {
  none: { offer: 'offered' },
  offered: { offer: 'offered', open: 'opened', revoke: 'revoked' },
  opened: { offer: 'offered', activate: 'active', revoke: 'revoked' },
  active: { offer: 'offered', use: 'active', revoke: 'revoked' },
  revoked: { offer: 'offered' },
};

/** How long the code on paper is good, and how long the secret that it opened may wait for its first code. */
const offerHours = 1;
const openMinutes = 15;
export const recoveryCodeCount = 10;

export const authenticatorSchema = z.strictObject({
  personId: personIdSchema,
  status: z.enum(authenticatorStatuses),
  /** What was handed over, as a keyed hash, by whom, and until when it or what it opened is good. */
  offer: z.strictObject({ codeHash: z.string(), by: personIdSchema, until: instantSchema }).exactOptional(),
  /** Base 32; sealed where it is stored. */
  secret: z.string().exactOptional(),
  /** The last step whose code was used: neither it nor one before it counts again. */
  lastStep: z.number().int().nonnegative(),
  /** Wrong codes in a row. */
  wrongTries: z.number().int().nonnegative(),
  lockedUntil: instantSchema.exactOptional(),
  /** Keyed hashes of the printed codes that are still good. */
  recoveryHashes: z.array(z.string()),
  version: z.number().int(),
  audit: auditHeadSchema,
});
export type Authenticator = z.infer<typeof authenticatorSchema>;

/** Why a code does not count. */
export type CodeRefusal =
  | { readonly code: 'no-authenticator' | 'nothing-offered' | 'offer-expired' | 'used-code' }
  | { readonly code: 'not-allowed' | 'same-person' }
  | { readonly code: 'wrong-code'; readonly triesLeft: number }
  | { readonly code: 'locked'; readonly until: Instant };

/** What becomes of an authenticator. A wrong code is refused and yet changes it: tries are counted. */
export type AuthenticatorDecided =
  | {
      readonly kind: 'changed';
      readonly after: Authenticator;
      readonly facts: readonly AuditFact[];
      readonly refusal?: CodeRefusal;
    }
  | { readonly kind: 'refused'; readonly refusal: CodeRefusal };

export const refusedCode = (refusal: CodeRefusal): AuthenticatorDecided => ({ kind: 'refused', refusal });

/** An authenticator that counts: codes of its secret are asked for and taken. */
export const isActive = (authenticator: Authenticator | undefined): boolean => authenticator?.status === 'active';

/**
 * The office hands over a code on paper: to anybody but themselves, since a session comes from a mailed link and that link must not
 * be enough. The old secret, its printed codes and a lock end with it. Whoever keeps the directory alone (docs/decisions/0006) may do
 * it for others, and it is audited as such; nobody can do it for them before a second person keeps it.
 */
export function offerAuthenticator(
  before: Authenticator | undefined,
  staff: Directory,
  { personId, codeHash, by, now }: { personId: PersonId; codeHash: string; by: PersonId; now: Instant },
): AuthenticatorDecided {
  const refusal = barOfKeeper(staff, { personId, by, now });
  if (refusal !== undefined) return refusedCode(refusal);
  const event = keepsAlone(staff, by, localDateOf(now)) ? 'authenticator.offered-alone' : 'authenticator.offered';
  const until = addMs(now, offerHours * 3_600_000);
  const details = { from: before?.status ?? 'none', until };
  return {
    kind: 'changed',
    after: { ...bare(personId, before), status: 'offered', offer: { codeHash, by, until } },
    facts: [{ event, by, at: now, details }],
  };
}

/** The office stops an authenticator, a lost phone's, without offering another. */
export function revokeAuthenticator(
  before: Authenticator | undefined,
  staff: Directory,
  { personId, by, now }: { personId: PersonId; by: PersonId; now: Instant },
): AuthenticatorDecided {
  const refusal = barOfKeeper(staff, { personId, by, now });
  if (refusal !== undefined) return refusedCode(refusal);
  const to = authenticatorLifecycle[before?.status ?? 'none'].revoke;
  if (before === undefined || to === undefined) return refusedCode({ code: 'no-authenticator' });
  const fact: AuditFact = { event: 'authenticator.revoked', by, at: now, details: { from: before.status } };
  return { kind: 'changed', after: { ...bare(personId, before), status: to }, facts: [fact] };
}

function barOfKeeper(
  staff: Directory,
  { personId, by, now }: { personId: PersonId; by: PersonId; now: Instant },
): CodeRefusal | undefined {
  if (!mayKeep(staff, { by, now })) return { code: 'not-allowed' };
  if (personId === by) return { code: 'same-person' };
  return staff.some((each) => each.personId === personId) ? undefined : { code: 'not-allowed' };
}

/** Nothing but its place in the chain is left of what was there. */
const bare = (personId: PersonId, before: Authenticator | undefined): Authenticator => ({
  personId,
  status: 'none',
  lastStep: 0,
  wrongTries: 0,
  recoveryHashes: [],
  version: before?.version ?? 0,
  audit: before?.audit ?? noAudit,
});

/** Until when the secret waits for its first code. */
export const openedUntil = (now: Instant): Instant => addMs(now, openMinutes * 60_000);

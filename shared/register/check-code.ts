import type { AuditEventName } from '../kernel/audit-event-names.ts';
import type { AuditFact } from '../kernel/audit.ts';
import { addMs, type Instant } from '../kernel/time.ts';
import {
  type Authenticator,
  type AuthenticatorDecided,
  authenticatorLifecycle,
  openedUntil,
  refusedCode,
} from './authenticator.ts';
import { stepsOfCode } from './totp.ts';

/** Five wrong codes in a row lock for a quarter of an hour: of a million codes three are good at a time. */
export const mostTries = 5;
const lockMinutes = 15;

/** What was typed where a one-time code is asked for: six digits of the app, or the keyed hash of a printed code. */
export type TypedCode =
  | { readonly kind: 'digits'; readonly digits: string }
  | { readonly kind: 'printed'; readonly hash: string };

/** The code from the office is entered, once: the secret is there from now on, and waits for its first code. */
export function openOffer(
  before: Authenticator | undefined,
  { codeHash, secret, now }: { readonly codeHash: string; readonly secret: string; readonly now: Instant },
): AuthenticatorDecided {
  const to = before && authenticatorLifecycle[before.status].open;
  if (before?.offer === undefined || to === undefined) return refusedCode({ code: 'nothing-offered' });
  const locked = lockOf(before, now);
  if (locked !== undefined) return refusedCode(locked);
  if (before.offer.until <= now) return refusedCode({ code: 'offer-expired' });
  if (before.offer.codeHash !== codeHash) return wrong(before, now, 'open');
  const offer = { ...before.offer, until: openedUntil(now) };
  const after = { ...withoutTries(before), status: to, offer, secret };
  return { kind: 'changed', after, facts: [factOf(before, now, 'authenticator.opened')] };
}

/** A first code proves that an app holds the secret; that code is used by it. The printed codes count from now on. */
export function activateAuthenticator(
  before: Authenticator | undefined,
  {
    digits,
    recoveryHashes,
    now,
  }: { readonly digits: string; readonly recoveryHashes: string[]; readonly now: Instant },
): AuthenticatorDecided {
  const to = before && authenticatorLifecycle[before.status].activate;
  if (before?.offer === undefined || before.secret === undefined || to === undefined)
    return refusedCode({ code: 'nothing-offered' });
  const locked = lockOf(before, now);
  if (locked !== undefined) return refusedCode(locked);
  const { offer, ...held } = before;
  if (offer.until <= now) return refusedCode({ code: 'offer-expired' });
  const [lastStep] = stepsOfCode(before.secret, digits, now);
  if (lastStep === undefined) return wrong(before, now, 'activate');
  const after = { ...withoutTries(held), status: to, lastStep, recoveryHashes };
  return { kind: 'changed', after, facts: [factOf(before, now, 'authenticator.activated', { offeredBy: offer.by })] };
}

/**
 * Uses a one-time code up, for what `purpose` names. A code of a step that was used, or of one before it, does not count again; that
 * is no guess and so no try. Everything else that is wrong is one.
 */
export function useCode(
  before: Authenticator | undefined,
  { typed, purpose, now }: { readonly typed: TypedCode; readonly purpose: string; readonly now: Instant },
): AuthenticatorDecided {
  const to = before && authenticatorLifecycle[before.status].use;
  if (before?.secret === undefined || to === undefined) return refusedCode({ code: 'no-authenticator' });
  const locked = lockOf(before, now);
  if (locked !== undefined) return refusedCode(locked);
  if (typed.kind === 'printed') return useRecovery(before, typed.hash, { purpose, now });
  const steps = stepsOfCode(before.secret, typed.digits, now);
  const lastStep = steps.find((step) => step > before.lastStep);
  if (lastStep === undefined)
    return steps.length > 0 ? refusedCode({ code: 'used-code' }) : wrong(before, now, purpose);
  const after = { ...withoutTries(before), status: to, lastStep };
  return { kind: 'changed', after, facts: [factOf(before, now, 'authenticator.code-used', { purpose })] };
}

function useRecovery(
  before: Authenticator,
  hash: string,
  { purpose, now }: { readonly purpose: string; readonly now: Instant },
): AuthenticatorDecided {
  const recoveryHashes = before.recoveryHashes.filter((each) => each !== hash);
  if (recoveryHashes.length === before.recoveryHashes.length) return wrong(before, now, purpose);
  const details = { purpose, left: recoveryHashes.length };
  const facts = [factOf(before, now, 'authenticator.recovery-code-used', details)];
  return { kind: 'changed', after: { ...withoutTries(before), recoveryHashes }, facts };
}

function lockOf({ lockedUntil }: Authenticator, now: Instant) {
  return lockedUntil !== undefined && lockedUntil > now ? ({ code: 'locked', until: lockedUntil } as const) : undefined;
}

const withoutTries = ({ lockedUntil: _over, ...rest }: Authenticator): Authenticator => ({ ...rest, wrongTries: 0 });

/** A wrong code is written down before it is refused: who tries elsewhere meanwhile finds it counted. */
function wrong(before: Authenticator, now: Instant, purpose: string): AuthenticatorDecided {
  const wrongTries = before.wrongTries + 1;
  const refused = factOf(before, now, 'authenticator.code-refused', { purpose, wrongTries });
  if (wrongTries < mostTries) {
    const refusal = { code: 'wrong-code', triesLeft: mostTries - wrongTries } as const;
    return { kind: 'changed', after: { ...before, wrongTries }, facts: [refused], refusal };
  }
  const until = addMs(now, lockMinutes * 60_000);
  const facts = [refused, factOf(before, now, 'authenticator.locked', { until })];
  const after = { ...before, wrongTries: 0, lockedUntil: until };
  return { kind: 'changed', after, facts, refusal: { code: 'locked', until } };
}

const factOf = (
  { personId }: Authenticator,
  at: Instant,
  event: AuditEventName,
  details: AuditFact['details'] = {},
): AuditFact => ({ event, by: personId, at, details });

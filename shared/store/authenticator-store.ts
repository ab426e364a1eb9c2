import * as z from 'zod';
import { aggregateName, noAudit } from '../kernel/audit.ts';
import type { PersonId } from '../kernel/ids.ts';
import {
  type Authenticator,
  type AuthenticatorDecided,
  authenticatorSchema,
  type CodeRefusal,
} from '../register/authenticator.ts';
import { auditWrites } from './journal-store.ts';
import type { Store } from './open-store.ts';
import { forgottenText, openField, sealedSchema, sealField } from './sealed-field.ts';
import { StoreBusyError, transact, type Write } from './transact.ts';

const { secret: _sealed, ...plainShape } = authenticatorSchema.shape;
const storedSchema = z.strictObject({ ...plainShape, secret: sealedSchema.exactOptional() });

const mostAttempts = 8;
const placeOf = (personId: PersonId): string => `authenticator/${personId}/secret`;

/** Somebody's authenticator with its secret; one whose person was forgotten is none. */
export async function getAuthenticator(store: Store, personId: PersonId): Promise<Authenticator | undefined> {
  const { data } = await store.entities.authenticator.get({ authenticatorOf: personId }).go({ consistent: true });
  if (data === null) return undefined;
  const { secret: sealed, ...plain } = storedSchema.parse(data.body);
  if (sealed === undefined) return plain;
  const secret = await openField(store.keyRing, sealed, placeOf(personId), z.string(), forgottenText);
  return secret === forgottenText ? { ...plain, status: 'revoked' } : { ...plain, secret };
}

export type ChangedAuthenticator =
  | { readonly kind: 'done'; readonly authenticator: Authenticator }
  | { readonly kind: 'refused'; readonly refusal: CodeRefusal };

/**
 * Reads, decides and writes on the condition of the version read; decides again if somebody else was faster, so that of two who
 * post one code, one is told that it is used. What was decided is written before it is answered: a code that counts is used up,
 * a wrong one is a try.
 * @throws StoreBusyError when others keep being faster; nothing was decided then
 */
export async function changeAuthenticator(
  store: Store,
  personId: PersonId,
  decide: (before: Authenticator | undefined) => AuthenticatorDecided,
): Promise<ChangedAuthenticator> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const before = await getAuthenticator(store, personId);
    const decided = decide(before);
    if (decided.kind === 'refused') return decided;
    const audit = auditWrites(aggregateName('authenticator', personId), before?.audit ?? noAudit, decided.facts);
    const after = { ...decided.after, version: (before?.version ?? 0) + 1, audit: audit.head };
    const writes = [await putWrite(store, after), ...audit.writes];
    const outcome = await transact<'authenticator' | 'audit'>(store, writes);
    if (outcome.kind === 'done')
      return decided.refusal === undefined
        ? { kind: 'done', authenticator: after }
        : { kind: 'refused', refusal: decided.refusal };
    await store.pause(Math.random() * Math.min(400, 10 * 2 ** attempt));
  }
  throw new StoreBusyError('others kept changing an authenticator');
}

async function putWrite(store: Store, { secret, ...plain }: Authenticator): Promise<Write<'authenticator'>> {
  const { personId, version } = plain;
  const owner = { personId, retention: 'identity' } as const;
  const sealed = secret && (await sealField(store.keyRing, owner, placeOf(personId), secret));
  const item = { authenticatorOf: personId, version, body: { ...plain, ...(sealed && { secret: sealed }) } };
  return {
    guards: 'authenticator',
    of: (entities) =>
      entities.authenticator
        .put(item)
        .where(({ version: there }, { eq, notExists }) => (version === 1 ? notExists(there) : eq(there, version - 1)))
        .commit(),
  };
}

/** All that is kept of a printed code, the office's or one for recovery: a keyed hash of its plain form and whose it is. */
export const hashPrintedCode = (store: Store, personId: PersonId, plainCode: string): Promise<string> =>
  store.keyRing.searchHash('printed-code', `${personId}|${plainCode}`);

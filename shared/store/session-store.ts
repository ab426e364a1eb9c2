import * as z from 'zod';
import { type PersonId, personIdSchema } from '../kernel/ids.ts';
import { addMs, epochMsOf, type Instant, instantSchema } from '../kernel/time.ts';
import type { Store } from './open-store.ts';
import { newSecretToken, tokenHash } from './secret-token.ts';
import { transact } from './transact.ts';

const sessionSchema = z.strictObject({
  personId: personIdSchema,
  createdAt: instantSchema,
  expiresAt: instantSchema,
});
export type Session = z.infer<typeof sessionSchema>;

const epochOf = (instant: Instant): number => Math.ceil(epochMsOf(instant) / 1000);

/** Starts a session; the token goes into the cookie and only its hash is stored. */
export async function createSession(
  store: Store,
  { personId, now, validMs }: { readonly personId: PersonId; readonly now: Instant; readonly validMs: number },
): Promise<{ readonly token: string; readonly session: Session }> {
  const token = newSecretToken();
  const session: Session = { personId, createdAt: now, expiresAt: addMs(now, validMs) };
  const { expiresAt } = session;
  const item = { sessionHash: tokenHash(token), expiresAt, expiresAtEpoch: epochOf(expiresAt), body: session };
  // Without a condition, which a repetition after a lost answer would fail: nobody else can hold this token.
  await store.entities.session.put(item).go();
  return { token, session };
}

/** The session of a token, unless it has ended. */
export async function getSession(store: Store, token: string, now: Instant): Promise<Session | undefined> {
  const { data } = await store.entities.session.get({ sessionHash: tokenHash(token) }).go({ consistent: true });
  if (data === null) return undefined;
  const session = sessionSchema.parse(data.body);
  return session.expiresAt > now ? session : undefined;
}

export async function deleteSession(store: Store, token: string): Promise<void> {
  await store.entities.session.delete({ sessionHash: tokenHash(token) }).go();
}

/** A link to sign in with, once. The token is for the mail; only its hash is stored. */
export async function issueSignIn(
  store: Store,
  { personId, now, validMs }: { readonly personId: PersonId; readonly now: Instant; readonly validMs: number },
): Promise<string> {
  const token = newSecretToken();
  const expiresAt = addMs(now, validMs);
  const item = { signInHash: tokenHash(token), personId, expiresAt, expiresAtEpoch: epochOf(expiresAt) };
  await store.entities.signIn.put(item).go();
  return token;
}

/** Whose link it is, if it has not expired; looking uses nothing up, since mail scanners look too. */
export async function peekSignIn(store: Store, token: string, now: Instant): Promise<PersonId | undefined> {
  const { data } = await store.entities.signIn.get({ signInHash: tokenHash(token) }).go({ consistent: true });
  return data === null || data.expiresAt <= now ? undefined : personIdSchema.parse(data.personId);
}

/** Uses the link up: of two who try, one gets the person, also if the database's answer to that one is lost at first. */
export async function useSignIn(store: Store, token: string, now: Instant): Promise<PersonId | undefined> {
  const personId = await peekSignIn(store, token, now);
  if (personId === undefined) return undefined;
  const outcome = await transact(store, [
    {
      guards: 'unused',
      of: ({ signIn }) =>
        signIn
          .delete({ signInHash: tokenHash(token) })
          .where((link, { exists }) => exists(link.personId))
          .commit(),
    },
  ]);
  return outcome.kind === 'done' ? personId : undefined;
}

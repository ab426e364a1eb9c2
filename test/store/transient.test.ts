import { afterAll, beforeAll, expect, test } from 'vitest';
import { personIdSchema } from '../../shared/kernel/ids.ts';
import { addHours, addMs } from '../../shared/kernel/time.ts';
import { deleteDraft, loadDraft, saveDraft } from '../../shared/store/draft-store.ts';
import { openKeyRing } from '../../shared/store/key-ring.ts';
import { countHit } from '../../shared/store/limit-store.ts';
import { openStore } from '../../shared/store/open-store.ts';
import {
  createSession,
  deleteSession,
  getSession,
  issueSignIn,
  peekSignIn,
  useSignIn,
} from '../../shared/store/session-store.ts';
import { at, canary } from '../support/sample-case.ts';
import { rawItems, startStore, type TestStore } from '../support/store.ts';

let own: TestStore;
beforeAll(async () => {
  own = await startStore();
});
afterAll(() => own.stop());

const personId = personIdSchema.parse('office-1');
const hour = 3_600_000;

test('a session lasts until its moment by the clock of the house, whatever still lies in the table', async () => {
  const { token, session } = await createSession(own.store, { personId, now: at, validMs: hour });
  expect(await getSession(own.store, token, addMs(at, hour - 1))).toEqual(session);
  expect(await getSession(own.store, token, addHours(at, 1))).toBeUndefined();
  expect(await getSession(own.store, `${token}x`, at)).toBeUndefined();
  expect(JSON.stringify(await rawItems(own.client, own.tables.transient))).not.toContain(token);
});

test('a session that was ended is gone', async () => {
  const { token } = await createSession(own.store, { personId, now: at, validMs: hour });
  await deleteSession(own.store, token);
  expect(await getSession(own.store, token, at)).toBeUndefined();
});

test('a sign-in link may be looked at often, is used once, and by one of two', async () => {
  const token = await issueSignIn(own.store, { personId, now: at, validMs: hour });
  expect(await peekSignIn(own.store, token, at)).toBe(personId);
  const used = await Promise.all([1, 2].map(() => useSignIn(own.store, token, at)));
  expect(used.filter((each) => each === personId)).toHaveLength(1);
  expect(await useSignIn(own.store, token, at)).toBeUndefined();
  const late = await issueSignIn(own.store, { personId, now: at, validMs: hour });
  expect(await useSignIn(own.store, late, addHours(at, 1))).toBeUndefined();
});

test('a draft comes back for thirty days to whoever holds its id, and lies sealed', async () => {
  await saveDraft(own.store, 'secret-id', canary, at);
  expect(await loadDraft(own.store, 'secret-id', addHours(at, 30 * 24 - 1))).toBe(canary);
  expect(await loadDraft(own.store, 'secret-id', addHours(at, 30 * 24))).toBeUndefined();
  expect(await loadDraft(own.store, 'other-id', at)).toBeUndefined();
  const raw = JSON.stringify(await rawItems(own.client, own.tables.transient));
  expect(raw).not.toContain('canary');
  expect(raw).not.toContain('secret-id');
  await deleteDraft(own.store, 'secret-id');
  expect(await loadDraft(own.store, 'secret-id', at)).toBeUndefined();
});

test('a limit counts attempts within a window, also when they come at once, and begins anew after it', async () => {
  const rule = { windowSeconds: 60, limit: 3 };
  const counted = await Promise.all(Array.from({ length: 5 }, () => countHit(own.store, 'address', rule, at)));
  expect(counted.filter(({ isWithin }) => isWithin)).toHaveLength(3);
  expect(counted.every(({ secondsLeft }) => secondsLeft > 0 && secondsLeft <= 60)).toBe(true);
  expect(await countHit(own.store, 'address', rule, addMs(at, 60_000))).toMatchObject({ isWithin: true, hits: 1 });
  expect(await countHit(own.store, 'another', rule, at)).toMatchObject({ hits: 1 });
});

test('processes that start at once agree on every key', async () => {
  const rings = [1, 2, 3].map(() =>
    openKeyRing({ client: own.client, casesTable: own.tables.cases, kms: own.kms, kmsKeyId: 'test-key' }),
  );
  const owner = { personId: 'fresh', retention: 'health' } as const;
  const boxes = await Promise.all(rings.map((ring) => ring.seal(owner, 'place', canary)));
  for (const ring of rings)
    for (const box of boxes)
      expect(await ring.open(owner, 'place', box)).toEqual({ kind: 'opened', plaintext: canary });
  expect(new Set(await Promise.all(rings.map((ring) => ring.searchHash('kind', 'value')))).size).toBe(1);
});

test('keys that are made without a look at what is there leave those that are', async () => {
  const owner = { personId: 'made', retention: 'identity' } as const;
  const [first, second] = [1, 2].map(() =>
    openKeyRing({ client: own.client, casesTable: own.tables.cases, kms: own.kms, kmsKeyId: 'test-key' }),
  );
  await first!.makeKeys('made');
  const box = await first!.seal(owner, 'place', canary);
  await Promise.all([second!.makeKeys('made'), first!.makeKeys('made')]);
  for (const ring of [first!, second!, own.store.keyRing])
    expect(await ring.open(owner, 'place', box)).toEqual({ kind: 'opened', plaintext: canary });
  expect(await first!.open(owner, 'place', await second!.seal(owner, 'place', canary))).toMatchObject({
    kind: 'opened',
  });
});

test('a value that was moved to another place does not open', async () => {
  const owner = { personId: 'moved', retention: 'payment' } as const;
  const box = await own.store.keyRing.seal(owner, 'case/1/payee', canary);
  await expect(own.store.keyRing.open(owner, 'case/2/payee', box)).rejects.toThrow();
});

test('a value sealed before a person was forgotten stays forgotten when they come back', async () => {
  const owner = { personId: 'back', retention: 'health' } as const;
  const { keyRing } = openStore({ client: own.client, tables: own.tables, keyRing: own.store.keyRing });
  const old = await keyRing.seal(owner, 'place', canary);
  await keyRing.forgetPerson('back', 'health');
  const fresh = await keyRing.seal(owner, 'place', canary);
  expect(await keyRing.open(owner, 'place', old)).toEqual({ kind: 'forgotten' });
  expect(await keyRing.open(owner, 'place', fresh)).toEqual({ kind: 'opened', plaintext: canary });
});

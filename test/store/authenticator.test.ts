import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aggregateName, faultInChain, noAudit } from '../../shared/kernel/audit.ts';
import { type PersonId, personIdSchema } from '../../shared/kernel/ids.ts';
import { addMs, asInstant, asLocalDate } from '../../shared/kernel/time.ts';
import { offerAuthenticator } from '../../shared/register/authenticator.ts';
import { activateAuthenticator, openOffer, useCode } from '../../shared/register/check-code.ts';
import type { StaffMember } from '../../shared/register/staff.ts';
import { codeOfStep, stepOf } from '../../shared/register/totp.ts';
import { changeAuthenticator, getAuthenticator, hashPrintedCode } from '../../shared/store/authenticator-store.ts';
import { auditTrail } from '../../shared/store/journal-store.ts';
import { rawItems, startStore, type TestStore } from '../support/store.ts';

let own: TestStore;
beforeAll(async () => {
  own = await startStore();
});
afterAll(() => own?.stop());

const now = asInstant('2016-03-01T02:00:00.000Z');
const secret = 'K5QXI2LOM4WWS3THOMWWC3TEMEXXIZLT';
const keeper: StaffMember = {
  personId: personIdSchema.parse('keeper'),
  name: '文竹溪',
  email: 'keeper@union.example',
  appointments: [{ role: 'office', from: asLocalDate('2015-01-01') }],
  version: 1,
  audit: noAudit,
};

/** Somebody with an authenticator in use since `now`. */
async function enrolled(name: string): Promise<PersonId> {
  const personId = personIdSchema.parse(name);
  const staff = [keeper, { ...keeper, personId, appointments: [] }];
  const codeHash = await hashPrintedCode(own.store, personId, 'K7QM2XPD4R');
  const recoveryHashes = [await hashPrintedCode(own.store, personId, 'RECOVERY22')];
  const offer = { personId, codeHash, by: keeper.personId, now };
  const digits = codeOfStep(secret, stepOf(now));
  await changeAuthenticator(own.store, personId, (before) => offerAuthenticator(before, staff, offer));
  await changeAuthenticator(own.store, personId, (before) => openOffer(before, { codeHash, secret, now }));
  const done = await changeAuthenticator(own.store, personId, (before) =>
    activateAuthenticator(before, { digits, recoveryHashes, now }),
  );
  expect(done.kind).toBe('done');
  return personId;
}

const using = (personId: PersonId, digits: string, at = now) =>
  changeAuthenticator(own.store, personId, (before) =>
    useCode(before, { typed: { kind: 'digits', digits }, purpose: 'release-payout', now: at }),
  );

describe('an authenticator in the store', () => {
  test('promise 7: of 20 who post one fresh code at one moment, one is let through', async () => {
    const personId = await enrolled('raced');
    const later = addMs(now, 60_000);
    const code = codeOfStep(secret, stepOf(later));
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => using(personId, code, later)));
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    const refused = outcomes.flatMap((each) => (each.kind === 'refused' ? [each.refusal.code] : []));
    expect(new Set(refused)).toEqual(new Set(['used-code']));
  });

  test('promise 7: wrong tries at one moment are all counted: five lock, and the sixth is not looked at', async () => {
    const personId = await enrolled('guessed');
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) => using(personId, codeOfStep(secret, index + 1))),
    );
    const refused = outcomes.flatMap((each) => (each.kind === 'refused' ? [each.refusal.code] : [])).toSorted();
    expect(refused).toEqual(['locked', 'locked', 'wrong-code', 'wrong-code', 'wrong-code', 'wrong-code']);
    expect(await getAuthenticator(own.store, personId)).toMatchObject({ lockedUntil: addMs(now, 15 * 60_000) });
  });

  test('promise 11: every change of one is in a chain of its own', async () => {
    const personId = await enrolled('audited');
    await using(personId, '000000');
    const authenticator = await getAuthenticator(own.store, personId);
    const trail = await auditTrail(own.store, aggregateName('authenticator', personId));
    expect(trail.map(({ event }) => event)).toEqual([
      'authenticator.offered-alone',
      'authenticator.opened',
      'authenticator.activated',
      'authenticator.code-refused',
    ]);
    expect(faultInChain(trail, authenticator!.audit)).toBeUndefined();
  });

  test('promise 13: neither secret nor code lies in a table as it is', async () => {
    const personId = await enrolled('sealed');
    expect(await getAuthenticator(own.store, personId)).toMatchObject({ secret });
    const items = await Promise.all(Object.values(own.tables).map((table) => rawItems(own.client, table)));
    const stored = JSON.stringify(items);
    expect(stored).toContain('authenticator.activated');
    for (const canary of [secret, 'K7QM2XPD4R', 'RECOVERY22']) expect(stored).not.toContain(canary);
  });

  test('promise 26: that of somebody who was forgotten is none', async () => {
    const personId = await enrolled('forgotten');
    await own.store.keyRing.forgetPerson(personId, 'identity');
    const after = await getAuthenticator(own.store, personId);
    expect([after?.status, after?.secret]).toEqual(['revoked', undefined]);
    const later = addMs(now, 60_000);
    const outcome = await using(personId, codeOfStep(secret, stepOf(later)), later);
    expect(outcome).toEqual({ kind: 'refused', refusal: { code: 'no-authenticator' } });
  });
});

import * as z from 'zod';
import { type PersonId, personIdSchema } from '../kernel/ids.ts';
import { type Person, personSchema } from '../register/household.ts';
import type { Store } from './open-store.ts';
import { forgottenText, openField, sealedSchema, sealField } from './sealed-field.ts';
import { transact, type Write } from './transact.ts';

const personalSchema = personSchema.pick({ name: true, idNumber: true, phone: true });
const storedPersonSchema = z.strictObject({
  personId: personIdSchema,
  version: z.number().int(),
  personal: sealedSchema,
});
const forgotten = { name: forgottenText, idNumber: forgottenText, phone: forgottenText };

export async function openPerson(store: Store, body: unknown): Promise<Person> {
  const { personId, version, personal } = storedPersonSchema.parse(body);
  const place = `person/${personId}`;
  return { personId, version, ...(await openField(store.keyRing, personal, place, personalSchema, forgotten)) };
}

export async function getPerson(store: Store, personId: PersonId): Promise<Person | undefined> {
  const { data } = await store.entities.person.get({ personId }).go({ consistent: true });
  return data === null ? undefined : openPerson(store, data.body);
}

/** An ID number is looked up by its keyed hash, however it was typed. */
const idNumberHashOf = (store: Store, idNumber: string): Promise<string> =>
  store.keyRing.searchHash('id-number', idNumber.normalize('NFKC').toUpperCase().replace(/\s/g, ''));

/** Whose an ID number is; undefined if it is nobody's on the register. The person themselves is not read. */
export async function personIdOfIdNumber(store: Store, idNumber: string): Promise<PersonId | undefined> {
  const idNumberHash = await idNumberHashOf(store, idNumber);
  const { data } = await store.entities.idNumber.get({ idNumberHash }).go({ consistent: true });
  return data === null ? undefined : personIdSchema.parse(data.personId);
}

/** The writes that put a person, conditional on the version read (0: new), and keep their ID number theirs alone. */
export async function personWrites(
  store: Store,
  person: Person,
  idNumberBefore?: string,
): Promise<Write<'person' | 'id-number'>[]> {
  const { version, name, idNumber, phone } = person;
  const personId: string = person.personId;
  const owner = { personId, retention: 'identity' } as const;
  const personal = await sealField(store.keyRing, owner, `person/${personId}`, { name, idNumber, phone });
  const item = { personId, version: version + 1, body: { personId, version: version + 1, personal } };
  const idNumberHash = await idNumberHashOf(store, idNumber);
  const hashBefore = idNumberBefore === undefined ? undefined : await idNumberHashOf(store, idNumberBefore);
  return [
    {
      guards: 'person',
      of: (entities) =>
        entities.person
          .put(item)
          .where(({ version: there }, { eq, notExists }) => (version === 0 ? notExists(there) : eq(there, version)))
          .commit(),
    },
    {
      guards: 'id-number',
      of: (entities) =>
        entities.idNumber
          .put({ idNumberHash, personId })
          .where(({ personId: holder }, { eq, notExists }) => `${notExists(holder)} OR ${eq(holder, personId)}`)
          .commit(),
    },
    ...(hashBefore === undefined || hashBefore === idNumberHash
      ? []
      : [{ guards: 'id-number' as const, of: freeIdNumber(hashBefore) }]),
  ];
}

const freeIdNumber =
  (idNumberHash: string): Write<'id-number'>['of'] =>
  (entities) =>
    entities.idNumber.delete({ idNumberHash }).commit();

/** Changes what is known of a person, if nobody else has since. `taken`: the ID number is another person's. */
export async function savePerson(
  store: Store,
  person: Person,
): Promise<{ readonly kind: 'saved' | 'stale' | 'taken' }> {
  const before = await getPerson(store, person.personId);
  const outcome = await transact(store, await personWrites(store, person, before?.idNumber));
  if (outcome.kind === 'done') return { kind: 'saved' };
  return { kind: outcome.guards.includes('person') ? 'stale' : 'taken' };
}

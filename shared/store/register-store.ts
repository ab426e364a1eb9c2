import * as z from 'zod';
import {
  householdIdSchema,
  type IncidentId,
  type NewId,
  type PatchId,
  type PersonId,
  personIdSchema,
} from '../kernel/ids.ts';
import { type Instant, localDateOf } from '../kernel/time.ts';
import {
  type Household,
  type Incident,
  incidentSchema,
  type Patch,
  patchSchema,
  type Relation,
  relationSchema,
} from '../register/household.ts';
import { householdOf, householdWrites, registerHousehold, tiedWrites } from './household-store.ts';
import type { Store } from './open-store.ts';
import { revisedList, revisionWrite } from './revised-list.ts';
import { getPerson, personIdOfIdNumber } from './person-store.ts';
import { forgottenText, openField, sealedSchema, sealField } from './sealed-field.ts';
import { transact, type Write } from './transact.ts';

const register = 'patches';

/** All patches with their units, by id. */
export const patches = revisedList('patches', async (store): Promise<Patch[]> => {
  const { data } = await store.entities.patch.query.own({ register }).go({ pages: 'all', consistent: true });
  return data.map(({ body }) => patchSchema.parse(body));
});

export async function putPatch(store: Store, patch: Patch): Promise<void> {
  const put: Write<'none'> = {
    guards: 'none',
    of: (entities) => entities.patch.put({ register, patchId: patch.patchId, body: patch }).commit(),
  };
  await transact(store, [put, revisionWrite('patches')]);
}

/** Ties of a person: `kind` says what `otherId` is to them. A tie lies with both of the two, so one reading finds it from either end. */
export async function relationsOf(store: Store, personId: PersonId): Promise<Relation[]> {
  const { data } = await store.entities.relation.query.own({ personId }).go({ pages: 'all', consistent: true });
  return data.map((each) => relationSchema.parse(each));
}

const reverseKinds = new Map<Relation['kind'], Relation['kind']>([
  ['parent', 'child'],
  ['child', 'parent'],
]);

/** Stores a tie with both ends, with an audit event of the household it touches, where there is one. */
export async function putRelation(
  store: Store,
  relation: Relation,
  fact: { readonly by: string; readonly at: Instant },
): Promise<{ readonly kind: 'saved' | 'stale' }> {
  const today = localDateOf(fact.at);
  const { personId, otherId, kind } = relation;
  const household = (await householdOf(store, personId, today)) ?? (await householdOf(store, otherId, today));
  const reverse = { personId: otherId, otherId: personId, kind: reverseKinds.get(kind) ?? kind };
  const puts = [relation, reverse].map(
    (each): Write<'relation'> => ({ guards: 'relation', of: (entities) => entities.relation.put(each).commit() }),
  );
  const details = { personId, otherId, kind };
  const audit = household
    ? householdWrites(household, [{ ...fact, event: 'household.relation-put', details }]).writes
    : [];
  const tied = await Promise.all([personId, otherId].map((each) => tiedWrites(store, each)));
  const outcome = await transact(store, [...puts, ...tied.flat(), ...audit]);
  return { kind: outcome.kind === 'done' ? 'saved' : 'stale' };
}

const storedIncidentSchema = z.strictObject({
  plain: incidentSchema.omit({ number: true, place: true }),
  told: sealedSchema,
});
const incidentToldSchema = incidentSchema.pick({ number: true, place: true });

export async function getIncident(store: Store, incidentId: IncidentId): Promise<Incident | undefined> {
  const { data } = await store.entities.incident.get({ incidentId }).go({ consistent: true });
  if (data === null) return undefined;
  const { plain, told } = storedIncidentSchema.parse(data.body);
  const forgotten = { number: forgottenText, place: forgottenText };
  return {
    ...plain,
    ...(await openField(store.keyRing, told, `incident/${incidentId}`, incidentToldSchema, forgotten)),
  };
}

/** The incident as first recorded; the one given if nobody has recorded it yet. */
export async function ensureIncident(store: Store, incident: Incident): Promise<Incident> {
  const { incidentId, number, place, ...rest } = incident;
  const known = await getIncident(store, incidentId);
  if (known !== undefined) return known;
  const owner = { personId: `incident-${incidentId}`, retention: 'hardship' } as const;
  const told = await sealField(store.keyRing, owner, `incident/${incidentId}`, { number, place });
  const item = { incidentId, body: { plain: { incidentId, ...rest }, told } };
  const put: Write<'incident'> = {
    guards: 'incident',
    of: (entities) => entities.incident.create(item).commit(),
  };
  const { kind } = await transact(store, [put]);
  return kind === 'done' ? incident : ((await getIncident(store, incidentId)) ?? incident);
}

export type Beneficiary = {
  readonly kind: 'known';
  readonly personId: PersonId;
  readonly household: Household;
  /** Whether a survey has found the household; one that an application brought in is not on the register. */
  readonly isOnRegister: boolean;
};

/**
 * The person and household behind an application. Somebody unknown is entered as a new person with a household of their own,
 * not surveyed, in the given patch; somebody known without a household today gets one. Two forms at once make one person.
 */
export async function ensureHousehold(
  store: Store,
  applicant: {
    readonly name: string;
    readonly idNumber: string;
    readonly phone: string;
    readonly patchId: PatchId;
  },
  around: { readonly now: Instant; readonly newId: NewId },
): Promise<Beneficiary> {
  const today = localDateOf(around.now);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const personId = await personIdOfIdNumber(store, applicant.idNumber);
    const household = personId && (await householdOf(store, personId, today));
    if (personId !== undefined && household !== undefined)
      return { kind: 'known', personId, household, isOnRegister: household.isSurveyed };
    const { name, idNumber, phone, patchId } = applicant;
    const known = personId && (await getPerson(store, personId));
    const person = known ?? { personId: personIdSchema.parse(around.newId()), name, idNumber, phone, version: 0 };
    // An id that was made just now has no keys that could be looked for.
    if (known === undefined) await store.keyRing.makeKeys(person.personId);
    const outcome = await registerHousehold(
      store,
      {
        householdId: householdIdSchema.parse(around.newId()),
        patchId,
        standing: 'none',
        isSurveyed: false,
        registeredOn: today,
        members: [{ person, relationToHead: 'head', isWithoutTies: known === undefined }],
      },
      { by: 'applicant', at: around.now },
    );
    if (outcome.kind === 'saved')
      return { kind: 'known', personId: person.personId, household: outcome.household, isOnRegister: false };
  }
  throw new Error('a person could not be entered in the register');
}

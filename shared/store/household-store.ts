import { type AuditFact, aggregateName, noAudit } from '../kernel/audit.ts';
import { type HouseholdId, householdIdSchema, type PatchId, type PersonId } from '../kernel/ids.ts';
import type { LocalDate } from '../kernel/time.ts';
import {
  type Household,
  householdSchema,
  type Membership,
  membershipSchema,
  type Person,
} from '../register/household.ts';
import { type TallyParts, tallyPartsSchema } from './case-counters-store.ts';
import { auditWrites } from './journal-store.ts';
import type { Store } from './open-store.ts';
import { personWrites } from './person-store.ts';
import { transact, type Write } from './transact.ts';

export async function getHousehold(store: Store, householdId: HouseholdId): Promise<Household | undefined> {
  const { data } = await store.entities.household.get({ householdId }).go({ consistent: true });
  return data === null ? undefined : householdSchema.parse(data.body);
}

/** A household with its people of a day and what it was awarded under each cap, read at once. */
export type HouseholdFile = {
  readonly household: Household | undefined;
  readonly members: readonly Membership[];
  /** Of its people of any day those to whom nobody is tied; whether somebody is to the others, their own relations say. */
  readonly withoutTies: ReadonlySet<PersonId>;
  readonly tallies: ReadonlyMap<string, TallyParts>;
};

export async function loadHouseholdFile(
  store: Store,
  householdId: HouseholdId,
  today: LocalDate,
): Promise<HouseholdFile> {
  const { data } = await store.collections.householdFile(householdId);
  const [found] = data.household;
  const people = data.member.map(({ body, isWithoutTies = false }) => ({
    membership: membershipSchema.parse(body),
    isWithoutTies,
  }));
  return {
    household: found && householdSchema.parse(found.body),
    members: people.map(({ membership }) => membership).filter((each) => runs(each, today)),
    withoutTies: new Set(people.filter((each) => each.isWithoutTies).map(({ membership }) => membership.personId)),
    tallies: new Map(data.tally.map(({ capKey, body }) => [capKey, tallyPartsSchema.parse(body)])),
  };
}

/** The households of a patch, by id. Read from an index, so a moment late. */
export async function householdsOfPatch(store: Store, patchId: PatchId): Promise<Household[]> {
  const { data } = await store.entities.household.query.ofPatch({ patchId }).go({ pages: 'all' });
  return data.map(({ body }) => householdSchema.parse(body));
}

const runs = ({ from, until }: Membership, today: LocalDate): boolean =>
  from <= today && (until === undefined || today <= until);

/** The household that a person belongs to on a day. */
export async function householdOf(store: Store, personId: PersonId, today: LocalDate): Promise<Household | undefined> {
  const { data } = await store.entities.membership.query.own({ personId }).go({ pages: 'all', consistent: true });
  const current = data.map(({ body }) => membershipSchema.parse(body)).findLast((each) => runs(each, today));
  return current && getHousehold(store, current.householdId);
}

/** Who belongs to a household on a day. */
export async function membersOf(
  store: Store,
  householdId: HouseholdId,
  today: LocalDate,
): Promise<readonly Membership[]> {
  return (await loadHouseholdFile(store, householdId, today)).members;
}

/** The household after facts, conditional on the version read (0: new), with its audit events. */
export function householdWrites(
  household: Household,
  facts: readonly AuditFact[],
): { readonly after: Household; readonly writes: Write<'household' | 'audit'>[] } {
  const { householdId, patchId } = household;
  const audit = auditWrites(aggregateName('household', householdId), household.audit, facts);
  const after: Household = { ...household, version: household.version + 1, audit: audit.head };
  const put: Write<'household'> = {
    guards: 'household',
    of: (entities) =>
      entities.household
        .put({ householdId, patchId, version: after.version, body: after })
        .where(({ version }, { eq, notExists }) =>
          household.version === 0 ? notExists(version) : eq(version, household.version),
        )
        .commit(),
  };
  return { after, writes: [put, ...audit.writes] };
}

/** Changes a household if nobody else has since. */
export async function saveHousehold(
  store: Store,
  household: Household,
  fact: AuditFact,
): Promise<{ readonly kind: 'saved'; readonly household: Household } | { readonly kind: 'stale' }> {
  const { after, writes } = householdWrites(household, [fact]);
  const outcome = await transact(store, writes);
  return outcome.kind === 'done' ? { kind: 'saved', household: after } : { kind: 'stale' };
}

/** A membership lies with the person and with the household. */
export const membershipWrites = (membership: Membership, isWithoutTies = false): Write<'none'>[] => {
  const { personId, householdId, from } = membership;
  const item = { personId, householdId, from, body: membership };
  const member = isWithoutTies ? { ...item, isWithoutTies } : item;
  return [
    { guards: 'none', of: (entities) => entities.membership.put(item).commit() },
    { guards: 'none', of: (entities) => entities.member.put(member).commit() },
  ];
};

/** With a tie of theirs, whatever household they belong to or did says no more that they have none. */
export async function tiedWrites(store: Store, personId: PersonId): Promise<Write<'relation'>[]> {
  const { data } = await store.entities.membership.query.own({ personId }).go({ pages: 'all', consistent: true });
  return data.map(({ householdId, from }) => ({
    guards: 'relation',
    of: ({ member }) => member.patch({ householdId, personId, from }).remove(['isWithoutTies']).commit(),
  }));
}

type NewMember = {
  readonly person: Person;
  readonly relationToHead: Membership['relationToHead'];
  /** Said only of a person whose id was made for this write: to everybody else somebody may be tied already, or be so meanwhile. */
  readonly isWithoutTies?: boolean;
};

/** A household as a survey finds it. Members with `version` 0 are new to the register, others are left as they are. */
export type NewHousehold = Pick<Household, 'householdId' | 'patchId' | 'standing' | 'isSurveyed' | 'registeredOn'> & {
  readonly members: readonly NewMember[];
};

/**
 * Puts a household with its people into the register, with its audit event, in one write. `exists`: the household is there
 * already. `taken`: one of the people, or their ID number, is.
 */
export async function registerHousehold(
  store: Store,
  { members, ...plain }: NewHousehold,
  fact: Pick<AuditFact, 'by' | 'at'>,
): Promise<{ readonly kind: 'saved'; readonly household: Household } | { readonly kind: 'exists' | 'taken' }> {
  householdIdSchema.parse(plain.householdId);
  const details = { patchId: plain.patchId, standing: plain.standing, members: members.length };
  const { after, writes } = householdWrites({ ...plain, version: 0, audit: noAudit }, [
    { ...fact, event: plain.isSurveyed ? 'household.surveyed' : 'household.brought-in', details },
  ]);
  const newPeople = members.filter(({ person }) => person.version === 0);
  const people = await Promise.all(newPeople.map(({ person }) => personWrites(store, person)));
  const memberships = members.flatMap(({ person: { personId }, relationToHead, isWithoutTies = false }) =>
    membershipWrites(
      { householdId: plain.householdId, personId, relationToHead, from: plain.registeredOn },
      isWithoutTies,
    ),
  );
  const outcome = await transact(store, [...writes, ...people.flat(), ...memberships]);
  if (outcome.kind === 'done') return { kind: 'saved', household: after };
  return { kind: outcome.guards.includes('household') ? 'exists' : 'taken' };
}

import { type AuditFact, aggregateName } from '../kernel/audit.ts';
import type { PersonId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import { type StaffMember, staffMemberSchema } from '../register/staff.ts';
import { auditWrites } from './journal-store.ts';
import type { Store } from './open-store.ts';
import { revisedList, revisionWrite } from './revised-list.ts';
import { transact, type Write } from './transact.ts';

const directory = 'staff';

/** The whole staff directory as it is now, by id; former members too (their appointments have ended). */
export const listStaff = revisedList('staff', async (store): Promise<StaffMember[]> => {
  const { data } = await store.entities.staff.query.own({ directory }).go({ pages: 'all', consistent: true });
  return data.map(({ body }) => staffMemberSchema.parse(body));
});

export async function getStaffMember(store: Store, personId: PersonId): Promise<StaffMember | undefined> {
  const { data } = await store.entities.staff.get({ directory, personId }).go({ consistent: true });
  return data === null ? undefined : staffMemberSchema.parse(data.body);
}

/** By address, upper or lower case. */
export async function findStaffByEmail(store: Store, email: string): Promise<StaffMember | undefined> {
  const wanted = email.trim().toLowerCase();
  return (await listStaff(store)).find((member) => member.email.toLowerCase() === wanted);
}

export type SavedStaff = { readonly kind: 'saved'; readonly member: StaffMember } | { readonly kind: 'stale' };

/** Puts a member as given, if nobody else has changed them since (`version` as read, 0 for a new one), with its audit event. */
export async function saveStaffMember(store: Store, member: StaffMember, fact: AuditFact): Promise<SavedStaff> {
  const { personId, version } = member;
  const audit = auditWrites(aggregateName('staff', personId), member.audit, [fact]);
  const after: StaffMember = { ...member, version: version + 1, audit: audit.head };
  const put: Write<'staff'> = {
    guards: 'staff',
    of: (entities) =>
      entities.staff
        .put({ directory, personId, version: after.version, body: after })
        .where(({ version: there }, { eq, notExists }) => (version === 0 ? notExists(there) : eq(there, version)))
        .commit(),
  };
  const outcome = await transact(store, [put, revisionWrite('staff'), ...audit.writes]);
  return outcome.kind === 'done' ? { kind: 'saved', member: after } : { kind: 'stale' };
}

type Refused<Code extends string> = { readonly kind: 'refused'; readonly code: Code };

/** Proposes a new address. The old one stays in use until a second person confirms. */
export async function proposeAddress(
  store: Store,
  proposal: { readonly personId: PersonId; readonly email: string; readonly by: PersonId; readonly now: Instant },
): Promise<SavedStaff | Refused<'unknown-person' | 'address-in-use'>> {
  const { personId, by, now } = proposal;
  const email = proposal.email.trim();
  const member = await getStaffMember(store, personId);
  if (member === undefined) return { kind: 'refused', code: 'unknown-person' };
  if ((await findStaffByEmail(store, email)) !== undefined) return { kind: 'refused', code: 'address-in-use' };
  const proposed = { ...member, addressChange: { email, proposedBy: by, proposedAt: now } };
  return saveStaffMember(store, proposed, { event: 'staff.address-proposed', by, at: now, details: {} });
}

/** Confirms or drops a proposed address. Only somebody else than its proposer and its owner may. */
export async function settleAddress(
  store: Store,
  settled: { readonly personId: PersonId; readonly confirms: boolean; readonly by: PersonId; readonly now: Instant },
): Promise<SavedStaff | Refused<'unknown-person' | 'nothing-proposed' | 'same-person'>> {
  const { personId, by, now } = settled;
  const member = await getStaffMember(store, personId);
  if (member === undefined) return { kind: 'refused', code: 'unknown-person' };
  const { addressChange, ...unchanged } = member;
  if (addressChange === undefined) return { kind: 'refused', code: 'nothing-proposed' };
  if (addressChange.proposedBy === by || personId === by) return { kind: 'refused', code: 'same-person' };
  const after = settled.confirms ? { ...unchanged, email: addressChange.email } : unchanged;
  const event = settled.confirms ? 'staff.address-confirmed' : 'staff.address-dropped';
  return saveStaffMember(store, after, { event, by, at: now, details: { proposedBy: addressChange.proposedBy } });
}

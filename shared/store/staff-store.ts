import { type OutboxItem, outboxItemSchema } from '../cases/case-file.ts';
import { type AuditFact, aggregateName, canonicalJson } from '../kernel/audit.ts';
import type { NewId, PersonId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import { plainAddress, type StaffMember, staffMemberSchema } from '../register/staff.ts';
import type { Directory, StaffDecided, StaffRefusal } from '../register/staff-change.ts';
import { auditWrites } from './journal-store.ts';
import type { Store } from './open-store.ts';
import { outboxWrite } from './outbox-store.ts';
import type { StoredItem } from './seals.ts';
import { revisedList, revisionWrite } from './revised-list.ts';
import { transact, type Write } from './transact.ts';

const directory = 'staff';
const mostAttempts = 5;

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
  const wanted = plainAddress(email);
  return (await listStaff(store)).find((member) => plainAddress(member.email) === wanted);
}

/** A keyed digest of a member as they stand: their name and address are not sealed, and a plain one would tell of them. */
export const digestOfStaff = (store: Store, { version: _version, audit: _audit, ...content }: StaffMember) =>
  store.keyRing.searchHash('staff', canonicalJson(content));

export type SavedStaff =
  | { readonly kind: 'saved'; readonly member: StaffMember }
  /** Somebody else has changed them since, or, `taken`, the address is another person's. */
  | { readonly kind: 'stale' | 'taken' };

/**
 * Puts a member as given, if nobody else has changed them since (`version` as read, 0 for a new one), with audit events and messages;
 * their address is theirs alone by the write's own condition.
 */
export async function saveStaffMember(
  store: Store,
  member: StaffMember,
  facts: readonly AuditFact[],
  outbox: readonly OutboxItem[] = [],
): Promise<SavedStaff> {
  const { personId, version } = member;
  const next: StaffMember = { ...member, version: version + 1 };
  const attributes = { directory, personId, version: next.version, body: next };
  const stored: StoredItem = { entity: 'staff', attributes, keyedDigest: await digestOfStaff(store, next) };
  const audit = auditWrites(aggregateName('staff', personId), member.audit, facts, [stored]);
  const after: StaffMember = { ...next, audit: audit.head };
  const put: Write<'staff'> = {
    guards: 'staff',
    of: (entities) =>
      entities.staff
        .put({ directory, personId, version: after.version, body: after })
        .where(({ version: there }, { eq, notExists }) => (version === 0 ? notExists(there) : eq(there, version)))
        .commit(),
  };
  const before = await getStaffMember(store, personId);
  const addresses = await addressWrites(store, after, before);
  const writes = [put, revisionWrite('staff'), ...audit.writes, ...addresses, ...outbox.map(outboxWrite)];
  const outcome = await transact<'staff' | 'address' | 'audit' | 'none'>(store, writes);
  if (outcome.kind === 'done') return { kind: 'saved', member: after };
  const isStale = outcome.guards.includes('staff') || outcome.guards.includes('audit');
  return { kind: isStale ? 'stale' : 'taken' };
}

const addressHashOf = (store: Store, email: string): Promise<string> =>
  store.keyRing.searchHash('staff-address', plainAddress(email));

async function addressWrites(
  store: Store,
  member: StaffMember,
  before: StaffMember | undefined,
): Promise<Write<'address'>[]> {
  const personId: string = member.personId;
  const { email } = member;
  const addressHash = await addressHashOf(store, email);
  const hashBefore = before && (await addressHashOf(store, before.email));
  const take: Write<'address'> = {
    guards: 'address',
    of: (entities) =>
      entities.staffAddress
        .put({ directory, addressHash, personId })
        .where(({ personId: holder }, { eq, notExists }) => `${notExists(holder)} OR ${eq(holder, personId)}`)
        .commit(),
  };
  if (hashBefore === undefined || hashBefore === addressHash) return [take];
  const free: Write<'address'> = {
    guards: 'address',
    of: (entities) => entities.staffAddress.delete({ directory, addressHash: hashBefore }).commit(),
  };
  return [take, free];
}

export type ChangedStaff =
  | { readonly kind: 'saved'; readonly member: StaffMember; readonly outbox: readonly OutboxItem[] }
  | { readonly kind: 'stale' }
  | { readonly kind: 'refused'; readonly code: StaffRefusal };

/** Loads the directory, decides, writes; decides again if somebody else was faster. Whoever can confirm what was proposed gets a mail. */
export async function changeStaff(
  store: Store,
  decide: (staff: Directory) => StaffDecided,
  around: { readonly now: () => Instant; readonly newId: NewId },
): Promise<ChangedStaff> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const decided = decide(await listStaff(store));
    if (decided.kind === 'refused') return decided;
    const { member, facts, tells } = decided.change;
    const outbox = tells.map((person) =>
      outboxItemSchema.parse({
        kind: 'mail',
        outboxId: `mail-${around.newId()}`,
        createdAt: around.now(),
        template: 'address-change',
        to: { person },
      }),
    );
    const saved = await saveStaffMember(store, member, facts, outbox);
    if (saved.kind === 'saved') return { ...saved, outbox };
    if (saved.kind === 'taken') return { kind: 'refused', code: 'address-in-use' };
  }
  return { kind: 'stale' };
}

/** Keeps the addresses of a directory that was written before addresses were kept apart; those kept already stay as they are. */
export async function keepAddresses(store: Store): Promise<void> {
  for (const { personId, email } of await listStaff(store)) {
    const addressHash = await addressHashOf(store, email);
    const known = await store.entities.staffAddress.get({ directory, addressHash }).go({ consistent: true });
    if (known.data === null) await store.entities.staffAddress.create({ directory, addressHash, personId }).go();
  }
}

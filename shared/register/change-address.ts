import type { Instant } from '../kernel/time.ts';
import type { PersonId } from '../kernel/ids.ts';
import { isSecondPerson } from './second-person.ts';
import type { StaffMember } from './staff.ts';
import {
  type ByWhom,
  changedStaff,
  type Directory,
  isTaken,
  openMember,
  refusedStaff,
  type StaffDecided,
} from './staff-change.ts';

/** Proposes a new address. The old one stays in use until a second person confirms. */
export function proposeAddress(
  staff: Directory,
  { personId, email }: { readonly personId: PersonId; readonly email: string },
  around: ByWhom,
): StaffDecided {
  const opened = openMember(staff, personId, around);
  if (opened.kind === 'refused') return opened;
  const { member, isAlone, tells } = opened;
  const { by, now } = around;
  if (isTaken(staff, email)) return refusedStaff('address-in-use');
  if (isAlone && personId !== by) {
    const moved: StaffMember = { ...member, email, enteredAlone: true };
    return changedStaff(moved, [{ event: 'staff.address-changed-alone', by, at: now, details: {} }]);
  }
  const proposed = { ...member, addressChange: { email, proposedBy: by, proposedAt: now } };
  return changedStaff(proposed, [{ event: 'staff.address-proposed', by, at: now, details: {} }], tells);
}

/**
 * Confirms or drops a proposed address. Only somebody else than its proposer and its owner may. What is settled is what was seen:
 * `proposedAt` tells one proposal from the one that took its place.
 */
export function settleAddress(
  staff: Directory,
  settled: { readonly personId: PersonId; readonly proposedAt: string; readonly confirms: boolean },
  around: ByWhom,
): StaffDecided {
  const { personId, confirms } = settled;
  const opened = openMember(staff, personId, around);
  if (opened.kind === 'refused') return opened;
  const { addressChange, ...unchanged } = opened.member;
  if (addressChange === undefined) return refusedStaff('nothing-proposed');
  const { email, proposedBy, proposedAt } = addressChange;
  if (!isSecondPerson(around.by, { by: proposedBy, of: personId })) return refusedStaff('same-person');
  if (proposedAt !== settled.proposedAt) return refusedStaff('nothing-proposed');
  if (confirms && isTaken(staff, email, personId)) return refusedStaff('address-in-use');
  const event = confirms ? 'staff.address-confirmed' : 'staff.address-dropped';
  return changedStaff(confirms ? { ...unchanged, email } : unchanged, [
    { event, by: around.by, at: around.now, details: { proposedBy } },
  ]);
}

/** Whoever was entered alone has received mail at their address: from now on they count as a second person. */
export function provedByMail(staff: Directory, personId: PersonId, now: Instant): StaffDecided {
  const member = staff.find((each) => each.personId === personId);
  if (member?.enteredAlone === undefined) return refusedStaff('nothing-proposed');
  const { enteredAlone: _proved, ...proved } = member;
  return changedStaff(proved, [{ event: 'staff.first-sign-in', by: personId, at: now, details: {} }]);
}

import type { AuditFact } from '../kernel/audit.ts';
import type { NewId, PersonId } from '../kernel/ids.ts';
import { type Instant, localDateOf } from '../kernel/time.ts';
import { keepsAlone, secondPeople } from './second-person.ts';
import { keepsDirectory, plainAddress, type StaffMember } from './staff.ts';

/** Everybody on the staff, as read for one change. */
export type Directory = readonly StaffMember[];

/** Who changes the directory, and when. */
export type ByWhom = { readonly by: PersonId; readonly now: Instant; readonly newId: NewId };

export const staffRefusals = [
  'not-allowed',
  'unknown-person',
  'address-in-use',
  'entered-before',
  'nothing-proposed',
  'proposed-before',
  'same-person',
  'own-appointment',
  'last-administrator',
  'until-early',
] as const;
export type StaffRefusal = (typeof staffRefusals)[number];

/** One person of the directory as they are to be from now on. */
export type StaffChange = {
  readonly member: StaffMember;
  readonly facts: readonly AuditFact[];
  /** Those who can confirm what was proposed, and are told so by mail. */
  readonly tells: readonly PersonId[];
};

export type StaffDecided =
  | { readonly kind: 'changed'; readonly change: StaffChange }
  | { readonly kind: 'refused'; readonly code: StaffRefusal };

export const refusedStaff = (code: StaffRefusal): StaffDecided => ({ kind: 'refused', code });

export const changedStaff = (
  member: StaffMember,
  facts: readonly AuditFact[],
  tells: PersonId[] = [],
): StaffDecided => ({
  kind: 'changed',
  change: { member, facts, tells },
});

/** What every change of the directory asks first: may this person keep it, and is there such a person? */
export type Opened =
  | { readonly kind: 'open'; readonly member: StaffMember; readonly isAlone: boolean; readonly tells: PersonId[] }
  | { readonly kind: 'refused'; readonly code: StaffRefusal };

export function openMember(staff: Directory, personId: PersonId, { by, now }: ByWhom): Opened {
  const today = localDateOf(now);
  if (!mayKeep(staff, { by, now })) return { kind: 'refused', code: 'not-allowed' };
  const member = staff.find((each) => each.personId === personId);
  if (member === undefined) return { kind: 'refused', code: 'unknown-person' };
  const tells = secondPeople(staff, { by, of: personId }, today).map((each) => each.personId);
  return { kind: 'open', member, isAlone: keepsAlone(staff, by, today), tells };
}

export const mayKeep = (staff: Directory, { by, now }: Pick<ByWhom, 'by' | 'now'>): boolean =>
  staff.some((each) => each.personId === by && keepsDirectory(each, localDateOf(now)));

/** Whether somebody else than this person has the address. */
export const isTaken = (staff: Directory, email: string, exceptId?: PersonId): boolean =>
  staff.some((each) => each.personId !== exceptId && plainAddress(each.email) === plainAddress(email));

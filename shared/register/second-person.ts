import type { PersonId } from '../kernel/ids.ts';
import type { LocalDate } from '../kernel/time.ts';
import { keepsDirectory, type StaffMember } from './staff.ts';

/** Who proposed a change of the directory, and whom it is about. */
type Proposed = { readonly by: PersonId; readonly of: PersonId };

/** Four eyes on the directory: neither whoever proposed a change settles it, nor the person it is about. */
export const isSecondPerson = (personId: PersonId, { by, of }: Proposed): boolean => personId !== by && personId !== of;

/** Those who could confirm a change today. */
export const secondPeople = (staff: readonly StaffMember[], proposed: Proposed, today: LocalDate): StaffMember[] =>
  staff.filter((member) => isSecondPerson(member.personId, proposed) && keepsWithProof(member, today));

/**
 * Whether nobody else keeps the directory: the first administrator of a fresh deployment, whose changes must count at once or the
 * directory would stay empty. Asked of the whole directory, whoever the change is about: where two keep it, neither may
 * remove the other and so become alone.
 */
export const keepsAlone = (staff: readonly StaffMember[], by: PersonId, today: LocalDate): boolean =>
  !staff.some((member) => member.personId !== by && keepsWithProof(member, today));

/** A mistyped address must not make a second person out of nobody: whoever was entered alone counts once they have signed in. */
const keepsWithProof = (member: StaffMember, today: LocalDate): boolean =>
  member.enteredAlone === undefined && keepsDirectory(member, today);

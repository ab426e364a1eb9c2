import { compact } from '../intake/typed-text.ts';
import type { PersonId } from '../kernel/ids.ts';
import type { Around, CaseFile } from './case-file.ts';

/**
 * Whether a person has something to gain: by a tie to the household (or because they filled the form in), or because the money is, or is
 * proposed to be, paid to somebody of their name. Money never goes to whoever decides on it. Asked anew at every use.
 */
export function isInterested(
  personId: PersonId,
  { case: { payee, proposedPayee } }: Pick<CaseFile, 'case'>,
  { staff, interests }: Pick<Around, 'staff' | 'interests'>,
): boolean {
  if (interests.has(personId)) return true;
  const name = staff.find((member) => member.personId === personId)?.name;
  if (name === undefined) return false;
  return [payee, proposedPayee].some((each) => each !== undefined && compact(each.holderName) === compact(name));
}

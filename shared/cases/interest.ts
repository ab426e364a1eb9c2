import { compact } from '../intake/typed-text.ts';
import type { PersonId } from '../kernel/ids.ts';
import type { Around, CaseFile } from './case-file.ts';
import type { ReliefCase } from './relief-case.ts';

const isSameName = (one: string, other: string): boolean => compact(one) === compact(other);

/** Everybody to whom money of this case was, is, or was ever proposed to be paid. */
const holdersOf = ({
  case: { payee, proposedPayee, earlierHolders = [] },
  payouts,
}: Pick<CaseFile, 'case' | 'payouts'>) => [
  payee.holderName,
  ...(proposedPayee === undefined ? [] : [proposedPayee.holderName]),
  ...earlierHolders,
  ...payouts.map((payout) => payout.payee.holderName),
];

/**
 * Whether a person has something to gain: by a tie to the household (or because they filled the form in), or because the money is, was, or
 * is or was proposed to be, paid to somebody of their name. Money never goes to whoever decides on it. Asked anew at every use.
 */
export function isInterested(
  personId: PersonId,
  file: Pick<CaseFile, 'case' | 'payouts'>,
  { staff, interests }: Pick<Around, 'staff' | 'interests'>,
): boolean {
  if (interests.has(personId)) return true;
  const name = staff.find((member) => member.personId === personId)?.name;
  return name !== undefined && holdersOf(file).some((holder) => isSameName(holder, name));
}

/** Whether a person has answered anything on the case, or decided on an account of it: they do not pay it. */
export const hasDecided = (personId: PersonId, { case: theCase, votes }: Pick<CaseFile, 'case' | 'votes'>): boolean =>
  votes.some((vote) => vote.personId === personId) || theCase.accountDecidedByIds?.includes(personId) === true;

/** The case with a holder's name kept whose account takes no part any more: they stay barred from deciding. */
export function withEarlierHolder(theCase: ReliefCase, holderName: string | undefined): ReliefCase {
  const { earlierHolders = [], payee } = theCase;
  const isKnown = (name: string) => [...earlierHolders, payee.holderName].some((holder) => isSameName(holder, name));
  if (holderName === undefined || isKnown(holderName)) return theCase;
  return { ...theCase, earlierHolders: [...earlierHolders, holderName] };
}

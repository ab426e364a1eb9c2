import type { Payout, PayoutAction } from '../disbursement/payout.ts';
import type { PersonId } from '../kernel/ids.ts';
import type { Around, CaseFile, RefusalCode } from './case-file.ts';
import { hasDecided, isInterested } from './interest.ts';

/** What finance does to a payout by itself. A batch is released as a whole; see `rights-on-batches`. */
export type FinanceAction = Extract<PayoutAction, 'batch' | 'confirm' | 'fail' | 'return' | 'silence' | 'undo'>;

/** Who made the batch does not enter what came of it; who entered it does not take it back. */
const secondPersonFor: Readonly<Record<FinanceAction, 'batchedBy' | 'settledBy' | undefined>> = {
  batch: undefined,
  confirm: 'batchedBy',
  fail: 'batchedBy',
  return: 'batchedBy',
  silence: undefined,
  undo: 'settledBy',
};

/**
 * Four eyes: why this person may not do this to a payout. Nobody pays their own, a relative's or what they entered or decided; nobody
 * does both halves of what takes two. Undefined: they may. `payout` absent: only whether they may act on the case's money at all.
 */
export function barOfFinance(
  personId: PersonId,
  action: FinanceAction,
  file: CaseFile,
  around: Pick<Around, 'staff' | 'interests'>,
  payout: Payout | undefined,
): RefusalCode | undefined {
  if (isInterested(personId, file, around)) return 'barred-by-interest';
  if (hasDecided(personId, file)) return 'same-person';
  const first = secondPersonFor[action];
  return first !== undefined && payout?.[first] === personId ? 'same-person' : undefined;
}

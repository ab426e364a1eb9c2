import type { Around, CaseFile, Decided } from './case-file.ts';
import {
  canMove,
  changed,
  closeRequest,
  mailApplicant,
  moveCase,
  openRequestOf,
  refused,
  workOn,
} from './case-work.ts';
import { releaseClaims } from './check-intake.ts';
import { takeBack } from './take-back.ts';
import { closeCase } from './waiting.ts';
import { isGone } from './with-bank.ts';

/** The applicant takes the application back; what was reserved is released in the same write. Not once a bank has been told to pay. */
export function withdrawApplication(file: CaseFile, around: Around): Decided {
  if (!canMove(file, 'withdraw')) return refused('not-possible-now');
  if (file.payouts.some((payout) => isGone(payout, around.batches))) return refused('already-released');
  const work = workOn(file, around, 'applicant');
  takeBack(work, around);
  releaseClaims(work);
  const request = openRequestOf(work);
  if (request !== undefined) closeRequest(work, request, 'withdrawn');
  moveCase(work, 'withdraw');
  closeCase(work, around.programme);
  mailApplicant(work, 'withdrawn');
  return changed(work);
}

import type { Payout } from '../disbursement/payout.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import { moveCase, putAward, type Work } from './case-work.ts';
import { waitFor } from './waiting.ts';

/**
 * A payment that was counted as done is not: its award waits for money again, and a case that had ended with it is in payment again.
 * No workflow waits for that; finance's lists and what is scheduled do.
 */
export function reopenPayment(work: Work, programme: ProgrammeVersion, { awardId }: Pick<Payout, 'awardId'>): void {
  for (const award of work.awards) {
    if (award.awardId === awardId && award.status === 'paid') putAward(work, { ...award, status: 'reserved' });
  }
  if (work.case.status !== 'paid') return;
  moveCase(work, 'reopen-payment');
  const { closedAt: _open, ...rest } = work.case;
  work.case = rest;
  waitFor(work, 'payment', programme, ['finance']);
}

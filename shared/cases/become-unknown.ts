import type { Payout } from '../disbursement/payout.ts';
import { putPayout, record, type Work } from './case-work.ts';

/** A payment that was sent and is not answered: by finance's word, or because its days are over. */
export function becomeUnknown(work: Work, payout: Payout): void {
  const { payoutId, amountFen, fundId } = payout;
  putPayout(work, { ...payout, status: 'unknown' });
  record(work, 'payout-silence', { payoutId, amountFen, fundId });
}

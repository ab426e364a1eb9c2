import { type Batch, batchLifecycle, withoutMember } from '../disbursement/batch.ts';
import { isWithBank, type Payout } from '../disbursement/payout.ts';
import { transition } from '../kernel/lifecycle.ts';
import { putBatch, record, type Work } from './case-work.ts';

/**
 * Whether the bank has been told to pay. A batch that was released has been sent as a whole, even where this payout's own record
 * does not say so yet: its header is what counts.
 */
export const isGone = (payout: Payout, batches: readonly Batch[]): boolean =>
  isWithBank(payout) ||
  (payout.status === 'batched' &&
    batches.some(({ batchId, status }) => batchId === payout.batchId && status === 'released'));

/** Takes a payout out of the batch that it is in, in the same write. The batch's maker and releaser see that it has changed. */
export function leaveBatch(work: Work, { payoutId, batchId }: Pick<Payout, 'payoutId' | 'batchId'>): void {
  const batch = work.batches.find((each) => each.batchId === batchId);
  if (batch === undefined || !transition(batchLifecycle, batch.status, 'leave').ok) return;
  putBatch(work, withoutMember(batch, payoutId));
  record(work, 'payout-left-batch', { payoutId, batchId: batch.batchId });
}

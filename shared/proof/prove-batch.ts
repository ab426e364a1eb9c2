import { type Batch, totalOf } from '../disbursement/batch.ts';
import type { PayoutOutline } from './case-book.ts';
import { type Fault, fault } from './fault.ts';

/** A batch: its total is that of its members, every member knows of it, and two people stand behind one that was released. */
export function proveBatch(batch: Batch, payouts: ReadonlyMap<string, PayoutOutline>): Fault[] {
  const name = `batch#${batch.batchId}`;
  const faults: Fault[] = [];
  if (totalOf(batch.members) !== batch.totalFen) faults.push(fault(name, 'batch-differs'));
  if (batch.status !== 'released') return faults;
  if (batch.releasedBy === undefined || batch.releasedBy === batch.madeBy) faults.push(fault(name, 'not-four-eyes'));
  if (batch.file === undefined) faults.push(fault(name, 'batch-differs'));
  for (const { payoutId, caseId, amountFen } of batch.members) {
    const payout = payouts.get(payoutId);
    const isKnown = payout?.batchId === batch.batchId && payout.caseId === caseId && payout.amountFen === amountFen;
    if (!isKnown) faults.push(fault(`payout#${payoutId}`, 'not-in-batch', { batch: batch.batchNumber }));
  }
  return faults;
}

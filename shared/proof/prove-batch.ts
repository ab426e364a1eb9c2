import { type Batch, type BatchMember, totalOf } from '../disbursement/batch.ts';
import type { PayoutOutline } from './case-book.ts';
import { type Fault, fault } from './fault.ts';

/** A batch: its total is that of its members, every member knows of it, and two people stand behind one that was released. */
export function proveBatch(batch: Batch, payouts: ReadonlyMap<string, PayoutOutline>): Fault[] {
  const name = `batch#${batch.batchId}`;
  const faults: Fault[] = [];
  const isListed = new Set(batch.members.map(({ payoutId }) => payoutId)).size === batch.members.length;
  if (totalOf(batch.members) !== batch.totalFen || !isListed) faults.push(fault(name, 'batch-differs'));
  if (batch.status === 'released') {
    if (batch.releasedBy === undefined || batch.releasedBy === batch.madeBy) faults.push(fault(name, 'not-four-eyes'));
    if (batch.file === undefined || batch.releasedAt === undefined) faults.push(fault(name, 'batch-differs'));
  }
  // What is given back of a dissolved batch, or waits for one in the making, is told to each payment after its header was.
  const told =
    batch.status === 'released'
      ? batch.members
      : batch.status === 'made'
        ? batch.members.filter(({ isIn }) => isIn)
        : [];
  for (const member of told) {
    const { payoutId } = member;
    if (!knows(payouts.get(payoutId), batch, member))
      faults.push(fault(`payout#${payoutId}`, 'not-in-batch', { batch: batch.batchNumber }));
  }
  return faults;
}

const knows = (payout: PayoutOutline | undefined, { batchId }: Batch, member: BatchMember): boolean =>
  payout?.batchId === batchId &&
  payout.status !== 'ordered' &&
  payout.caseId === member.caseId &&
  payout.fundId === member.fundId &&
  payout.amountFen === member.amountFen;

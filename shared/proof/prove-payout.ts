import type { Award } from '../cases/decision-request.ts';
import { isWithBank } from '../disbursement/payout.ts';
import { localDateOf, addMs } from '../kernel/time.ts';
import { workingDaysBetween } from '../kernel/working-days.ts';
import type { CaseBook, PayoutOutline } from './case-book.ts';
import { type Fault, fault } from './fault.ts';

const nameOf = ({ payoutId }: Pick<PayoutOutline, 'payoutId'>): string => `payout#${payoutId}`;

/**
 * One payout: of one share of one award, after the notice where it needs one, in a released batch, entered in the ledger as it stands,
 * confirmed by the bank's reference and by other hands than those that made it.
 */
export function provePayout(book: CaseBook, payout: PayoutOutline): Fault[] {
  const award = book.awards.find(({ awardId }) => awardId === payout.awardId);
  if (award === undefined) return [fault(nameOf(payout), 'no-award')];
  return [
    ...proveShare(book, award, payout),
    ...proveEntries(book, payout),
    ...proveNotice(book, award, payout),
    ...proveBatch(book, payout),
    ...proveSettlement(book, payout),
  ];
}

const isOver = ({ status }: PayoutOutline): boolean => status === 'replaced' || status === 'cancelled';

/** No share is paid twice: of all attempts at it one at the most is alive, and for its whole sum. */
function proveShare({ payouts }: CaseBook, award: Award, payout: PayoutOutline): Fault[] {
  if (isOver(payout)) return [];
  const rivals = payouts.filter(
    (each) => each.awardId === award.awardId && each.fundId === payout.fundId && !isOver(each),
  );
  const share = award.shares.find(({ fundId }) => fundId === payout.fundId);
  if (rivals.length > 1) return [fault(nameOf(payout), 'paid-twice')];
  return share?.amountFen === payout.amountFen ? [] : [fault(nameOf(payout), 'shares-differ')];
}

/** The ledger says of a payout that it was paid, once, or that it was not. */
function proveEntries({ entries }: CaseBook, payout: PayoutOutline): Fault[] {
  const own = entries.filter(({ payoutId }) => payoutId === payout.payoutId);
  let paidFen = 0;
  for (const { kind, amountFen } of own) {
    if (kind === 'pay') paidFen += amountFen;
    if (kind === 'return' || kind === 'undo-pay') paidFen -= amountFen;
  }
  const expectedFen = payout.status === 'paid' ? payout.amountFen : 0;
  const isElsewhere = own.some(({ fundId, awardId }) => fundId !== payout.fundId || awardId !== payout.awardId);
  return paidFen === expectedFen && !isElsewhere
    ? []
    : [fault(nameOf(payout), 'entry-differs', { paidFen, expectedFen })];
}

/** An advance is paid before; everything else after the notice 公示 has run its days. */
function proveNotice({ case: theCase, programme }: CaseBook, award: Award, payout: PayoutOutline): Fault[] {
  const notice = programme.stages.find((stage) => stage.kind === 'notice');
  if (award.kind === 'advance' || notice === undefined || payout.status === 'cancelled') return [];
  const { noticeFrom, noticeUntil } = theCase;
  const hasRun =
    noticeFrom !== undefined &&
    noticeUntil !== undefined &&
    noticeUntil <= payout.orderedAt &&
    workingDaysBetween(noticeFrom, localDateOf(addMs(noticeUntil, -1))) >= notice.workingDays;
  return hasRun ? [] : [fault(nameOf(payout), 'no-notice')];
}

/** What the bank was told stands in a released batch, made and released by those whom the payout names. */
function proveBatch({ batches }: CaseBook, payout: PayoutOutline): Fault[] {
  const wasSent = isWithBank(payout) || payout.sentAt !== undefined;
  if (!wasSent && payout.status !== 'batched') return [];
  const batch = batches.get(payout.batchId ?? '');
  const member = batch?.members.find(({ payoutId }) => payoutId === payout.payoutId);
  if (batch === undefined || member === undefined) return [fault(nameOf(payout), 'not-in-batch')];
  const isSame =
    member.amountFen === payout.amountFen &&
    member.fundId === payout.fundId &&
    member.caseId === payout.caseId &&
    batch.madeBy === payout.batchedBy;
  const isSent = !wasSent || (batch.status === 'released' && batch.releasedBy === payout.sentBy);
  return isSame && isSent ? [] : [fault(nameOf(payout), 'batch-differs')];
}

/** Paid means: the bank's reference, held by no other payout, entered by somebody who neither decided on the case nor made the batch. */
function proveSettlement({ votes, referencesHeld }: CaseBook, payout: PayoutOutline): Fault[] {
  if (payout.status !== 'paid') return [];
  const faults: Fault[] = [];
  if (payout.bankReference === undefined || payout.paidOn === undefined)
    faults.push(fault(nameOf(payout), 'no-reference'));
  else if (!referencesHeld.has(payout.payoutId)) faults.push(fault(nameOf(payout), 'reference-not-held'));
  const by = payout.settledBy;
  const isBarred = by === undefined || by === payout.batchedBy || votes.some(({ personId }) => personId === by);
  if (isBarred || payout.sentBy === payout.batchedBy) faults.push(fault(nameOf(payout), 'not-four-eyes'));
  return faults;
}

import type { Award } from '../cases/decision-request.ts';
import { localDateOf, addMs } from '../kernel/time.ts';
import { workingDaysBetween } from '../kernel/working-days.ts';
import type { CaseBook, PayoutOutline } from './case-book.ts';
import { type Fault, fault } from './fault.ts';
import { proveWithBank } from './prove-with-bank.ts';

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
    ...proveAttempt(book, payout),
    ...proveEntries(book, payout),
    ...proveNotice(book, award, payout),
    ...proveWithBank(book, payout),
  ];
}

const isOver = ({ status }: PayoutOutline): boolean => status === 'replaced' || status === 'cancelled';
const isOfSameShare = (one: PayoutOutline, other: PayoutOutline): boolean =>
  one.awardId === other.awardId && one.fundId === other.fundId;

/** No share is paid twice: of all attempts at it one at the most is alive, and for its whole sum. */
function proveShare({ payouts }: CaseBook, award: Award, payout: PayoutOutline): Fault[] {
  if (isOver(payout)) return [];
  if (award.status === 'released') return [fault(nameOf(payout), 'no-award')];
  const rivals = payouts.filter((each) => isOfSameShare(each, payout) && !isOver(each));
  const share = award.shares.find(({ fundId }) => fundId === payout.fundId);
  if (rivals.length > 1) return [fault(nameOf(payout), 'paid-twice')];
  return share?.amountFen === payout.amountFen ? [] : [fault(nameOf(payout), 'shares-differ')];
}

/** A further attempt at a share is made once the one before it was replaced, by another account that the office has approved. */
function proveAttempt({ payouts }: CaseBook, payout: PayoutOutline): Fault[] {
  const at = (attempt: number) => payouts.filter((each) => isOfSameShare(each, payout) && each.attempt === attempt);
  const isFollowing = payout.attempt === 1 || at(payout.attempt - 1).some(({ status }) => status === 'replaced');
  return isFollowing && at(payout.attempt).length === 1 ? [] : [fault(nameOf(payout), 'attempt-astray')];
}

/** The ledger says of a payout that it was paid, once and by the entry that it names, or that it was not. */
function proveEntries({ entries }: CaseBook, payout: PayoutOutline): Fault[] {
  const own = entries.filter(({ payoutId }) => payoutId === payout.payoutId);
  let paidFen = 0;
  for (const { kind, amountFen } of own) {
    if (kind === 'pay') paidFen += amountFen;
    if (kind === 'return' || kind === 'undo-pay') paidFen -= amountFen;
  }
  const expectedFen = payout.status === 'paid' ? payout.amountFen : 0;
  const isElsewhere = own.some(({ fundId, awardId }) => fundId !== payout.fundId || awardId !== payout.awardId);
  const wasPaid = payout.status === 'paid' || payout.status === 'returned' || payout.paidByEntry !== undefined;
  const isNamed = own.some(({ kind, entryId }) => kind === 'pay' && entryId === payout.paidByEntry);
  return paidFen === expectedFen && !isElsewhere && isNamed === wasPaid
    ? []
    : [fault(nameOf(payout), 'entry-differs', { paidFen, expectedFen })];
}

/** An advance is paid before; everything else after the notice 公示 has run its days. */
function proveNotice({ case: theCase, requests, programme }: CaseBook, award: Award, payout: PayoutOutline): Fault[] {
  const notice = programme.stages.find((stage) => stage.kind === 'notice');
  if (award.kind === 'advance' || notice === undefined || payout.status === 'cancelled') return [];
  const { noticeFrom, noticeUntil } = theCase;
  // An objection that nobody admitted in time lets the notice end in its stead.
  const ranOut = requests.some(
    ({ purpose, outcome }) => (purpose === 'notice' || purpose === 'objection-admission') && outcome === 'ran-out',
  );
  const hasRun =
    ranOut &&
    noticeFrom !== undefined &&
    noticeUntil !== undefined &&
    noticeUntil <= payout.orderedAt &&
    workingDaysBetween(noticeFrom, localDateOf(addMs(noticeUntil, -1))) >= notice.workingDays;
  return hasRun ? [] : [fault(nameOf(payout), 'no-notice')];
}

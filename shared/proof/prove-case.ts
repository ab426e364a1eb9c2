import { isPending } from '../cases/answer-objection.ts';
import { isWithBank, needsAccount } from '../disbursement/payout.ts';
import type { CaseBook } from './case-book.ts';
import { type Fault, fault } from './fault.ts';
import { proveAward, proveEntriesOfCase } from './prove-award.ts';
import { proveRequests } from './prove-requests.ts';
import { proveOwed, proveRecovery } from './prove-recovery.ts';
import { provePayout } from './prove-payout.ts';

/** Everything that must agree about the money of one case. */
export function proveCase(book: CaseBook): Fault[] {
  const faults = [
    ...proveRequests(book),
    ...book.awards.flatMap((award) => proveAward(book, award)),
    ...book.payouts.flatMap((payout) => provePayout(book, payout)),
    ...book.recoveries.flatMap((recovery) => proveRecovery(book, recovery)),
    ...proveOwed(book),
    ...proveEntriesOfCase(book),
    ...proveTally(book),
    ...proveStanding(book),
  ];
  const { caseNumber } = book.case;
  return faults.map((each) => ({ ...each, caseNumber }));
}

/** Against its household's cap a case counts for what its awards come to, less what was paid back. */
function proveTally({ case: { caseId, tallyKey }, awards, recoveries, talliedFen }: CaseBook): Fault[] {
  const standing = awards.filter(({ status }) => status !== 'released');
  const paidBackFen = recoveries.reduce((total, { recoveredFen }) => total + recoveredFen, 0);
  const givenFen = standing.reduce((total, { amountFen }) => total + amountFen, -paidBackFen);
  const isTold = tallyKey !== undefined || givenFen === 0;
  return isTold && talliedFen === givenFen ? [] : [fault(`case#${caseId}`, 'tally-differs', { talliedFen, givenFen })];
}

/**
 * Where the case stands is what its money says: paid once every award is, closed with nothing left to pay, withdrawn with nothing at
 * the bank; and it did not go on while an objection waited for its answer.
 */
function proveStanding({ case: theCase, awards, payouts, objections }: CaseBook): Fault[] {
  const { caseId, status, closedAt } = theCase;
  const isPaid = awards.every((award) => award.status !== 'reserved');
  const isLeft = payouts.some((payout) => payout.status === 'ordered' || needsAccount(payout));
  const isRight =
    (status !== 'paid' || isPaid) &&
    (status !== 'withdrawn' || !payouts.some(isWithBank)) &&
    (closedAt === undefined || !isLeft);
  const open = status === 'under-objection' ? [] : objections.filter(isPending);
  return [
    ...(isRight ? [] : [fault(`case#${caseId}`, 'case-differs')]),
    ...open.map(({ objectionId }) => fault(`objection#${objectionId}`, 'objection-open')),
  ];
}

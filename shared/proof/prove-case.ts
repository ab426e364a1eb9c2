import type { CaseBook } from './case-book.ts';
import { type Fault, fault } from './fault.ts';
import { proveAward, proveEntriesOfCase } from './prove-award.ts';
import { proveOwed, proveRecovery } from './prove-recovery.ts';
import { provePayout } from './prove-payout.ts';

/** Everything that must agree about the money of one case. */
export function proveCase(book: CaseBook): Fault[] {
  const faults = [
    ...book.awards.flatMap((award) => proveAward(book, award)),
    ...book.payouts.flatMap((payout) => provePayout(book, payout)),
    ...book.recoveries.flatMap((recovery) => proveRecovery(book, recovery)),
    ...proveOwed(book),
    ...proveEntriesOfCase(book),
    ...proveTally(book),
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

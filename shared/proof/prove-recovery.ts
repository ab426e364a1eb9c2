import { isClaim } from '../cases/recovery.ts';
import type { CaseBook, RecoveryOutline } from './case-book.ts';
import { type Fault, fault } from './fault.ts';

const nameOf = ({ recoveryId }: Pick<RecoveryOutline, 'recoveryId'>): string => `recovery#${recoveryId}`;
const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);

/** What came back stands in the ledgers to the fen, by two persons' hands, and is never more than was owed. */
export function proveRecovery({ entries, referencesHeld }: CaseBook, recovery: RecoveryOutline): Fault[] {
  const { owedFen, recoveredFen, status, repayments } = recovery;
  const confirmed = repayments.filter((each) => each.status === 'confirmed');
  const cameBackFen = sum(confirmed.map(({ amountFen }) => amountFen));
  const hasEntries = confirmed.every(
    ({ amountFen, refunds }) =>
      sum(refunds.map((each) => each.amountFen)) === amountFen &&
      refunds.every(({ entryId, payoutId, amountFen: share }) =>
        entries.some(
          (entry) =>
            entry.entryId === entryId &&
            entry.kind === 'refund' &&
            entry.payoutId === payoutId &&
            entry.amountFen === share,
        ),
      ),
  );
  const isSettled = recoveredFen === owedFen;
  const isRight =
    hasEntries &&
    cameBackFen === recoveredFen &&
    recoveredFen <= owedFen &&
    (status !== 'open' || !isSettled) &&
    (status !== 'settled' || isSettled) &&
    (isClaim(status) || recoveredFen === 0);
  const byTwo =
    confirmed.every(({ recordedBy, confirmedBy }) => confirmedBy !== undefined && confirmedBy !== recordedBy) &&
    (recovery.cause !== 'overpayment' || !isClaim(status) || isSecond(recovery.proposedBy, recovery.agreedBy)) &&
    (status !== 'waived' || isSecond(recovery.waiverBy, recovery.waivedBy));
  const isHeld = repayments.every(
    ({ status: at, repaymentId }) => at === 'rejected' || referencesHeld.has(repaymentId),
  );
  return [
    ...(isRight ? [] : [fault(nameOf(recovery), 'recovery-differs', { recoveredFen, cameBackFen, owedFen })]),
    ...(byTwo ? [] : [fault(nameOf(recovery), 'not-four-eyes')]),
    ...(isHeld ? [] : [fault(nameOf(recovery), 'reference-not-held')]),
  ];
}

const isSecond = (first: string | undefined, second: string | undefined): boolean =>
  first !== undefined && second !== undefined && first !== second;

/** Every refund in the ledgers is of one repayment, none gives back more than was paid, and the case says what is still owed. */
export function proveOwed({ case: theCase, recoveries, payouts, entries }: CaseBook): Fault[] {
  const told = recoveries.flatMap(({ repayments }) =>
    repayments.flatMap(({ refunds }) => refunds.map(({ entryId }) => entryId)),
  );
  const refunds = entries.filter(({ kind }) => kind === 'refund');
  const astray = refunds.filter(({ entryId }) => told.filter((each) => each === entryId).length !== 1);
  const overdrawn = payouts.filter((payout) => {
    const back = refunds.filter(({ payoutId }) => payoutId === payout.payoutId).map(({ amountFen }) => amountFen);
    return sum(back) > (payout.status === 'paid' ? payout.amountFen : 0);
  });
  const open = recoveries.filter(({ status }) => status === 'open');
  const leftFen = sum(open.map(({ owedFen, recoveredFen }) => owedFen - recoveredFen));
  const shownFen = theCase.owedFen ?? 0;
  return [
    ...astray.map(({ entryId }) => fault(`ledger-entry#${entryId}`, 'entry-of-nothing')),
    ...overdrawn.map(({ payoutId }) => fault(`payout#${payoutId}`, 'entry-differs')),
    ...(leftFen === shownFen ? [] : [fault(`case#${theCase.caseId}`, 'owed-differs', { shownFen, leftFen })]),
  ];
}

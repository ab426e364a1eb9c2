import type { Award } from '../cases/decision-request.ts';
import { isClaim } from '../cases/recovery.ts';
import { isWithBank } from '../disbursement/payout.ts';
import type { LedgerEntry } from '../funds/fund.ts';
import type { CaseBook } from './case-book.ts';
import { type Fault, fault } from './fault.ts';
import { proveApproval } from './prove-approval.ts';

const nameOf = ({ awardId }: Pick<Award, 'awardId'>): string => `award#${awardId}`;
const sumOf = (parts: readonly { readonly amountFen: number }[]): number =>
  parts.reduce((total, { amountFen }) => total + amountFen, 0);

/**
 * One award: reserved what it says, approved by those whom its sum asks for, paid when all of it is, and an advance that the chain has
 * ratified.
 */
export function proveAward(book: CaseBook, award: Award): Fault[] {
  return [
    ...proveReservation(book, award),
    ...proveApproval(book, award),
    ...proveStatus(book, award),
    ...proveRatified(book, award),
  ];
}

/** What the ledger holds for an award, fund by fund, is what the award says; one that was taken back holds nothing. */
function proveReservation({ entries }: CaseBook, award: Award): Fault[] {
  const own = entries.filter(({ awardId }) => awardId === award.awardId);
  const held = new Map<string, number>();
  const add = (fundId: string, amountFen: number) => held.set(fundId, (held.get(fundId) ?? 0) + amountFen);
  for (const { kind, fundId, amountFen } of own) {
    if (kind === 'reserve') add(fundId, amountFen);
    if (kind === 'release') add(fundId, -amountFen);
  }
  const shares = award.status === 'released' ? [] : award.shares;
  for (const { fundId, amountFen } of shares) add(fundId, -amountFen);
  const faults: Fault[] = [];
  if ([...held.values()].some((left) => left !== 0)) faults.push(fault(nameOf(award), 'not-reserved'));
  if (sumOf(award.shares) !== award.amountFen && award.status !== 'released')
    faults.push(fault(nameOf(award), 'shares-differ'));
  return faults;
}

/** An award is paid once every fen of it is, and not before; of one that was taken back nothing is. */
function proveStatus({ payouts }: CaseBook, award: Award): Fault[] {
  const paid = payouts.filter(({ awardId, status }) => awardId === award.awardId && status === 'paid');
  const isRight = award.status === 'released' ? paid.length === 0 : isPaid(award, sumOf(paid));
  return isRight ? [] : [fault(nameOf(award), 'award-differs')];
}

const isPaid = ({ status, amountFen }: Award, paidFen: number): boolean =>
  (status === 'paid') === (paidFen === amountFen);

/** What was paid ahead is ratified by the whole award, still on its way to that, or owed back 追回, all of it. */
function proveRatified({ case: theCase, awards, payouts, recoveries }: CaseBook, award: Award): Fault[] {
  if (award.kind !== 'advance' || award.status === 'released' || theCase.closedAt === undefined) return [];
  const whole = awards.find(({ awardId }) => awardId === award.ratifiedByAward);
  if (whole?.kind === 'whole' && whole.status !== 'released') return [];
  const goneFen = sumOf(payouts.filter((payout) => payout.awardId === award.awardId && isWithBank(payout)));
  const claims = recoveries.filter(({ status }) => isClaim(status));
  const claimedFen = claims.reduce((total, { owedFen }) => total + owedFen, 0);
  return claims.length > 0 && claimedFen >= goneFen ? [] : [fault(nameOf(award), 'not-ratified')];
}

/** Entries that name a case but no award of it, or a payout that it does not have. */
export function proveEntriesOfCase({ awards, payouts, entries }: CaseBook): Fault[] {
  const isKnown = ({ awardId, payoutId }: LedgerEntry): boolean =>
    (awardId === undefined || awards.some((award) => award.awardId === awardId)) &&
    (payoutId === undefined || payouts.some((payout) => payout.payoutId === payoutId)) &&
    (awardId !== undefined || payoutId !== undefined);
  return entries
    .filter((entry) => !isKnown(entry))
    .map(({ entryId }) => fault(`ledger-entry#${entryId}`, 'entry-of-nothing'));
}

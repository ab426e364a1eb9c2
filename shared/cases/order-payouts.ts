import { isSettled, needsAccount, type Payout } from '../disbursement/payout.ts';
import { type LedgerEntry, routeOfEntry } from '../funds/fund.ts';
import { yearOf } from '../funds/fund-purpose.ts';
import { type FundId, payoutIdSchema } from '../kernel/ids.ts';
import { addFen, type Fen } from '../kernel/money.ts';
import { localDateOf } from '../kernel/time.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import {
  closeRequest,
  mailApplicant,
  moveCase,
  openRequestOf,
  putAward,
  putPayout,
  record,
  type Work,
} from './case-work.ts';
import type { Award } from './decision-request.ts';
import { closeCase } from './waiting.ts';
import { isGone, leaveBatch } from './with-bank.ts';

/** One payout per fund share of the award of that kind. Ordering twice changes nothing: a payout's id is made of award, share and attempt. */
export function orderPayouts(work: Work, kind: Award['kind']): void {
  for (const award of work.awards) {
    if (award.kind !== kind || award.status !== 'reserved') continue;
    award.shares.forEach(({ fundId, amountFen }, index) => {
      const payoutId = payoutIdSchema.parse(`${award.awardId}.${index + 1}.1`);
      if (work.payouts.some((each) => each.payoutId === payoutId)) return;
      orderPayout(work, { payoutId, awardId: award.awardId, fundId, amountFen, attempt: 1 });
    });
  }
}

/** Orders one attempt, to the account that stands on the case now. */
export function orderPayout(
  work: Work,
  order: Pick<Payout, 'payoutId' | 'awardId' | 'fundId' | 'amountFen' | 'attempt'>,
): void {
  const { holderName, bankName, accountNumber } = work.case.payee;
  const { caseId } = work.case;
  putPayout(work, {
    ...order,
    caseId,
    payee: { holderName, bankName, accountNumber },
    status: 'ordered',
    orderedAt: work.around.now,
  });
  record(work, 'payout-ordered', { payoutId: order.payoutId, amountFen: order.amountFen, fundId: order.fundId });
}

/**
 * Adds a double entry to the ledger and tells its id. A reservation counts against the budget of its own year, and what is taken back of
 * an award counts no more in the year in which it was made. `reverses` names the entry that it takes back.
 */
export function enter(
  work: Work,
  kind: LedgerEntry['kind'],
  about: { fundId: FundId; amountFen: Fen } & Pick<LedgerEntry, 'awardId' | 'payoutId'>,
  reverses?: string,
): string {
  const award = work.awards.find(({ awardId }) => awardId === about.awardId);
  const isBudgeted = kind === 'reserve' || kind === 'release' || kind === 'refund';
  const entryId = work.around.newId();
  work.entries.push({
    entryId,
    kind,
    ...routeOfEntry(kind),
    ...about,
    ...(isBudgeted ? { budgetYear: yearOf(localDateOf(award?.at ?? work.around.now)) } : {}),
    caseId: work.case.caseId,
    ...(reverses !== undefined && { reverses }),
    at: work.around.now,
    by: work.by,
  });
  return entryId;
}

/** Ends the case once every payout of every award has been paid. */
export function settleIfPaid(work: Work, programme: ProgrammeVersion): void {
  for (const award of work.awards) {
    const payouts = work.payouts.filter(({ awardId }) => awardId === award.awardId);
    const isPaid = payouts.length > 0 && payouts.every(isSettled);
    if (award.status === 'reserved' && isPaid) putAward(work, { ...award, status: 'paid' });
  }
  if (work.case.status !== 'in-payment') return;
  if (work.awards.some(({ status }) => status === 'reserved') || !work.payouts.every(isSettled)) return;
  const request = openRequestOf(work);
  if (request !== undefined) closeRequest(work, request, 'paid');
  moveCase(work, 'close');
  closeCase(work, programme);
  mailApplicant(work, 'paid');
}

/**
 * Gives back what no bank has been told to pay: cancels orders, also those in a batch that was not released, and failed attempts,
 * releases their reservation and that of awards without any order yet. Returns what has been paid or is with the bank all the same.
 */
export function takeBackAwards(work: Work): Fen {
  const gone: Fen[] = [];
  for (const award of work.awards) {
    if (award.status !== 'reserved') {
      if (award.status === 'paid') gone.push(award.amountFen);
      continue;
    }
    const payouts = work.payouts.filter(({ awardId }) => awardId === award.awardId);
    const withBank = payouts.filter((payout) => isGone(payout, work.batches));
    gone.push(...withBank.map(({ amountFen }) => amountFen));
    const isStopped = (payout: Payout) =>
      payout.status === 'ordered' || payout.status === 'batched' || needsAccount(payout);
    for (const payout of payouts.filter((each) => isStopped(each) && !withBank.includes(each))) {
      leaveBatch(work, payout);
      putPayout(work, { ...payout, status: 'cancelled', settledAt: work.around.now });
      enter(work, 'release', { ...sharesOf(payout), payoutId: payout.payoutId });
    }
    if (payouts.length === 0) {
      for (const share of award.shares) enter(work, 'release', { ...share, awardId: award.awardId });
    }
    putAward(work, leftOf(award, withBank));
    record(work, 'award-taken-back', { awardId: award.awardId, withBank: withBank.length > 0 });
  }
  return addFen(...gone);
}

/** An award of which only some payments could not be stopped is an award of those. */
function leftOf(award: Award, withBank: readonly Payout[]): Award {
  if (withBank.length === 0) return { ...award, status: 'released' };
  return {
    ...award,
    amountFen: addFen(...withBank.map(({ amountFen }) => amountFen)),
    shares: withBank.map(({ fundId, amountFen }) => ({ fundId, amountFen })),
    status: withBank.every(({ status }) => status === 'paid') ? 'paid' : 'reserved',
  };
}

const sharesOf = ({ awardId, fundId, amountFen }: Payout) => ({ awardId, fundId, amountFen });

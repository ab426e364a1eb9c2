import { type Payout, type PayoutAction, payoutLifecycle, plainBankReference } from '../disbursement/payout.ts';
import type { PayoutId, PersonId } from '../kernel/ids.ts';
import { transition } from '../kernel/lifecycle.ts';
import { type LocalDate, localDateOf } from '../kernel/time.ts';
import type { Around, CaseFile, Decided, Refusal } from './case-file.ts';
import { changed, mailApplicant, putPayout, record, refused, type Work, workOn } from './case-work.ts';
import { keepSchedule } from './keep-schedule.ts';
import { hasDecided, isInterested } from './interest.ts';
import { papersHoldingBack } from './later-papers.ts';
import { enter, settleIfPaid } from './order-payouts.ts';
import { takeBack } from './take-back.ts';

type ByFinance = { readonly personId: PersonId; readonly payoutId: PayoutId };

/** Finance hands an order to the bank: from now on nothing can be withdrawn. `papers-missing` while the whole award waits for papers. */
export function releasePayout(file: CaseFile, around: Around, { personId, payoutId }: ByFinance): Decided {
  return act(file, around, personId, payoutId, 'release', (work, payout) => {
    if (papersHoldingBack(file, payout, around.programme, around.now).length > 0) return refused('papers-missing');
    putPayout(work, { ...payout, status: 'released', releasedAt: around.now, releasedBy: personId });
    return undefined;
  });
}

/**
 * Finance confirms 确认到账 that the bank has paid, by the bank's own reference. The reservation becomes a payment in the same write;
 * the last one ends the case. Not by whoever released it (`same-person`), not for a day before the release or to come
 * (`paid-on-impossible`), and not by a reference that another payout of any case carries (`bank-reference-used`): a line of the bank's
 * statement stands for one payment.
 */
export function confirmPayout(
  file: CaseFile,
  around: Around,
  confirmed: ByFinance & { readonly bankReference: string; readonly paidOn: LocalDate },
): Decided {
  const { personId, payoutId, paidOn } = confirmed;
  const bankReference = confirmed.bankReference.trim();
  if (bankReference === '') return refused('bank-reference-missing');
  return act(file, around, personId, payoutId, 'confirm', (work, payout) => {
    if (payout.releasedBy === personId) return refused('same-person');
    const releasedOn = localDateOf(payout.releasedAt ?? payout.orderedAt);
    if (paidOn < releasedOn || paidOn > localDateOf(around.now)) return refused('paid-on-impossible');
    const reference = plainBankReference(bankReference);
    if (file.payouts.some((other) => plainBankReference(other.bankReference ?? '') === reference)) {
      return refused('bank-reference-used');
    }
    work.takesBankReferences.push({ reference, payoutId });
    const settled = { settledAt: around.now, settledBy: personId };
    putPayout(work, { ...payout, status: 'paid', ...settled, bankReference, paidOn });
    enter(work, 'pay', shareOf(payout));
    settleIfPaid(work, around.programme);
    return undefined;
  });
}

/**
 * The bank could not pay 退票: the money stays reserved, and the applicant is asked for another account. In a case that has ended
 * meanwhile it goes back to its fund.
 */
export function failPayout(file: CaseFile, around: Around, failed: ByFinance & { readonly reason: string }): Decided {
  const reason = failed.reason.trim();
  if (reason === '') return refused('reason-missing');
  return act(file, around, failed.personId, failed.payoutId, 'fail', (work, payout) => {
    const settled = { settledAt: around.now, settledBy: failed.personId };
    putPayout(work, { ...payout, status: 'failed', ...settled, failureReason: reason });
    if (file.case.closedAt === undefined) mailApplicant(work, 'payment-failed');
    else takeBack(work, around);
  });
}

/** The steps that all three share: is it there, may it be done, may this person do it. */
function act(
  file: CaseFile,
  around: Around,
  personId: PersonId,
  payoutId: PayoutId,
  action: PayoutAction,
  apply: (work: Work, payout: Payout) => Refusal | undefined | void,
): Decided {
  const payout = file.payouts.find((each) => each.payoutId === payoutId);
  if (payout === undefined) return refused('not-possible-now');
  const moved = transition(payoutLifecycle, payout.status, action);
  if (!moved.ok) return refused('not-possible-now', { status: payout.status });
  if (isInterested(personId, file, around)) return refused('barred-by-interest');
  if (hasDecided(personId, file)) return refused('same-person');
  const work = workOn(file, around, personId);
  const refusal = apply(work, payout);
  if (refusal !== undefined) return refusal;
  record(work, `payout-${action}`, { payoutId, amountFen: payout.amountFen, fundId: payout.fundId });
  keepSchedule(work, around.programme);
  return changed(work);
}

const shareOf = ({ awardId, payoutId, fundId, amountFen }: Payout) => ({ awardId, payoutId, fundId, amountFen });

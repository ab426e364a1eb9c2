import { type Payout, payoutLifecycle, plainBankReference } from '../disbursement/payout.ts';
import type { PayoutId, PersonId } from '../kernel/ids.ts';
import { transition } from '../kernel/lifecycle.ts';
import { type Scan, scanDetails } from '../kernel/scan.ts';
import { type LocalDate, localDateOf } from '../kernel/time.ts';
import type { Around, CaseFile, Decided, Refusal } from './case-file.ts';
import { changed, mailApplicant, putPayout, record, refused, type Work, workOn } from './case-work.ts';
import { keepSchedule } from './keep-schedule.ts';
import { becomeUnknown } from './become-unknown.ts';
import { enter, settleIfPaid } from './order-payouts.ts';
import { isPaidBack } from './recovery.ts';
import { reopenPayment } from './reopen-payment.ts';
import { barOfFinance, type FinanceAction } from './rights-on-payouts.ts';
import { takeBack } from './take-back.ts';

type ByFinance = { readonly personId: PersonId; readonly payoutId: PayoutId };

/**
 * Finance confirms 确认到账 that the bank has paid, by the bank's own reference. The reservation becomes a payment in the same write;
 * the last one ends the case. Not by whoever made its batch (`same-person`), not for a day before it was sent or to come
 * (`paid-on-impossible`), and not by a reference that another payout of any case carries (`bank-reference-used`): a line of the bank's
 * statement stands for one payment. The bank's receipt 回单 comes with it where there is one.
 */
export function confirmPayout(
  file: CaseFile,
  around: Around,
  confirmed: ByFinance & {
    readonly bankReference: string;
    readonly paidOn: LocalDate;
    readonly bankReceipt?: Scan | undefined;
  },
): Decided {
  const { personId, payoutId, paidOn, bankReceipt } = confirmed;
  const bankReference = confirmed.bankReference.trim();
  if (bankReference === '') return refused('bank-reference-missing');
  return act(file, around, personId, payoutId, 'confirm', (work, payout) => {
    const sentOn = localDateOf(payout.sentAt ?? payout.orderedAt);
    if (paidOn < sentOn || paidOn > localDateOf(around.now)) return refused('paid-on-impossible');
    const reference = plainBankReference(bankReference);
    if (file.payouts.some((other) => plainBankReference(other.bankReference ?? '') === reference)) {
      return refused('bank-reference-used');
    }
    work.takesBankReferences.push({ reference, payoutId });
    const paidByEntry = enter(work, 'pay', shareOf(payout));
    putPayout(work, {
      ...{ ...payout, status: 'paid', ...settledBy(personId, around), bankReference, paidOn, paidByEntry },
      ...(bankReceipt === undefined ? {} : { bankReceipt }),
    });
    settleIfPaid(work, around.programme);
    return undefined;
  });
}

/**
 * The bank refused the payment: the money stays reserved, and the applicant is asked for another account. In a case that has ended
 * meanwhile it goes back to its fund.
 */
export function failPayout(file: CaseFile, around: Around, failed: ByFinance & { readonly reason: string }): Decided {
  return sendBack(file, around, 'fail', failed, (work, payout, reason) => {
    putPayout(work, {
      ...payout,
      status: 'failed',
      ...settledBy(failed.personId, around),
      failureReason: reason,
    });
  });
}

/**
 * The bank had paid and sent the money back 退票: it is reserved again by a reversal that names the payment. A case that had ended with
 * it is in payment again.
 */
export function returnPayout(
  file: CaseFile,
  around: Around,
  returned: ByFinance & { readonly reason: string },
): Decided {
  return sendBack(file, around, 'return', returned, (work, payout, reason) => {
    enter(work, 'return', shareOf(payout), payout.paidByEntry);
    const { personId } = returned;
    putPayout(work, { ...payout, status: 'returned', ...settledBy(personId, around), failureReason: reason });
  });
}

function sendBack(
  file: CaseFile,
  around: Around,
  action: 'fail' | 'return',
  { personId, payoutId, reason: typed }: ByFinance & { readonly reason: string },
  apply: (work: Work, payout: Payout, reason: string) => void,
): Decided {
  const reason = typed.trim();
  if (reason === '') return refused('reason-missing');
  return act(file, around, personId, payoutId, action, (work, payout) => {
    apply(work, payout, reason);
    reopenPayment(work, around.programme, payout);
    if (work.case.closedAt === undefined) mailApplicant(work, 'payment-failed');
    else takeBack(work, around);
    return undefined;
  });
}

/**
 * Takes a wrong answer back: a payment confirmed, or marked as refused, that was another. By somebody else than who entered it. The
 * ledger's entry is reversed by one that names it, the reference is free again, and the payment waits for its answer as before.
 */
export function undoSettlement(
  file: CaseFile,
  around: Around,
  undone: ByFinance & { readonly reason: string },
): Decided {
  const { personId, payoutId } = undone;
  if (undone.reason.trim() === '') return refused('reason-missing');
  return act(file, around, personId, payoutId, 'undo', (work, payout) => {
    if (payout.status === 'paid') enter(work, 'undo-pay', shareOf(payout), payout.paidByEntry);
    const { bankReference, paidOn: _on, paidByEntry: _entry, failureReason: _why, settledAt: _at, ...rest } = payout;
    const { settledBy: _by, bankReceipt: _receipt, ...sent } = rest;
    if (bankReference !== undefined) {
      work.releasesBankReferences.push({ reference: plainBankReference(bankReference), payoutId });
    }
    putPayout(work, { ...sent, status: 'sent' });
    reopenPayment(work, around.programme, payout);
    return undefined;
  });
}

/** The bank was told and is silent. Nothing moves: the statement will say what became of it, and until then nobody tries again. */
export function markUnknown(
  file: CaseFile,
  around: Around,
  { personId, payoutId }: { readonly personId: PersonId | 'system:schedule'; readonly payoutId: PayoutId },
): Decided {
  const payout = file.payouts.find((each) => each.payoutId === payoutId);
  if (payout === undefined || !transition(payoutLifecycle, payout.status, 'silence').ok)
    return refused('not-possible-now');
  const bar = personId === 'system:schedule' ? undefined : barOfFinance(personId, 'silence', file, around, payout);
  if (bar !== undefined) return refused(bar);
  const work = workOn(file, around, personId);
  becomeUnknown(work, payout);
  keepSchedule(work, around.programme);
  return changed(work);
}

/** The steps that all share: is it there, may it be done, may this person do it. */
function act(
  file: CaseFile,
  around: Around,
  personId: PersonId,
  payoutId: PayoutId,
  action: FinanceAction,
  apply: (work: Work, payout: Payout) => Refusal | undefined,
): Decided {
  const payout = file.payouts.find((each) => each.payoutId === payoutId);
  if (payout === undefined) return refused('not-possible-now');
  const moved = transition(payoutLifecycle, payout.status, action);
  if (!moved.ok) return refused('not-possible-now', { status: payout.status });
  if (payout.status === 'paid' && isPaidBack(payout, file)) return refused('not-possible-now');
  const bar = barOfFinance(personId, action, file, around, payout);
  if (bar !== undefined) return refused(bar);
  const work = workOn(file, around, personId);
  const refusal = apply(work, payout);
  if (refusal !== undefined) return refusal;
  const { bankReceipt } = work.payouts.find((each) => each.payoutId === payoutId) ?? payout;
  record(work, `payout-${action}`, {
    ...{ payoutId, amountFen: payout.amountFen, fundId: payout.fundId },
    ...(action === 'confirm' ? scanDetails(bankReceipt) : {}),
  });
  keepSchedule(work, around.programme);
  return changed(work);
}

const settledBy = (personId: PersonId, { now }: Pick<Around, 'now'>) => ({ settledAt: now, settledBy: personId });
const shareOf = ({ awardId, payoutId, fundId, amountFen }: Payout) => ({ awardId, payoutId, fundId, amountFen });

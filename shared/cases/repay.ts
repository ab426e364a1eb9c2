import { plainBankReference } from '../disbursement/payout.ts';
import { type PersonId, type RecoveryId, payoutIdSchema } from '../kernel/ids.ts';
import { addFen, type Fen, subtractFen } from '../kernel/money.ts';
import { type LocalDate, localDateOf } from '../kernel/time.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import { changed, putRecovery, record, refused, workOn } from './case-work.ts';
import { keepSchedule } from './keep-schedule.ts';
import { enter } from './order-payouts.ts';
import { leftToRecover, type Recovery, recoveryOf, type Repayment, shareRepayment, showOwed } from './recovery.ts';
import { barOfRecovery, isPossible, secondsOn } from './rights-on-recoveries.ts';
import { tallyCase } from './take-back.ts';
import { askSeconds, tellOfVoid } from './tell-treasurers.ts';

type By = { readonly personId: PersonId; readonly recoveryId: RecoveryId };
type OfRepayment = By & { readonly repaymentId: string };

/**
 * Finance has seen money come back on the union's account. It counts once another has confirmed it. Refused: `more-than-owed`, with what is
 * left (others that are recorded and wait counted in), `bank-reference-used`, `paid-on-impossible` for a day to come or before the claim's
 * payments.
 */
export function recordRepayment(
  file: CaseFile,
  around: Around,
  repaid: By & { readonly amountFen: Fen; readonly on: LocalDate; readonly bankReference: string },
): Decided {
  const { personId, recoveryId, amountFen, on } = repaid;
  const recovery = recoveryOf(file, recoveryId);
  if (recovery === undefined || !isPossible('record-repayment', file, { recovery })) return refused('not-possible-now');
  const bar = barOfRecovery(personId, 'record-repayment', file, around, { recovery });
  if (bar !== undefined) return refused(bar);
  const bankReference = repaid.bankReference.trim();
  if (bankReference === '') return refused('bank-reference-missing');
  if (amountFen <= 0) return refused('amount-zero');
  const waiting = recovery.repayments.filter(({ status }) => status === 'recorded').map((each) => each.amountFen);
  const mostFen = subtractFen(leftToRecover(recovery), ...waiting);
  if (amountFen > mostFen) return refused('more-than-owed', { amountFen: mostFen });
  if (on > localDateOf(around.now) || on < firstPaidOn(file)) return refused('paid-on-impossible');
  const work = workOn(file, around, personId);
  const count = recovery.repayments.length + 1;
  const repaymentId = `${recoveryId}.${count}`;
  work.takesBankReferences.push({
    reference: plainBankReference(bankReference),
    payoutId: payoutIdSchema.parse(repaymentId),
  });
  const repayment: Repayment = {
    ...{ repaymentId, status: 'recorded', amountFen, on, bankReference },
    ...{ recordedBy: personId, recordedAt: around.now, refunds: [] },
  };
  putRecovery(work, { ...recovery, repayments: [...recovery.repayments, repayment] });
  record(work, 'repayment-recorded', { recoveryId, repaymentId, amountFen });
  askSeconds(work, recoveryId, secondsOn('confirm-repayment', file, around, { recovery, repayment }));
  return changed(work);
}

const firstPaidOn = ({ case: { submittedAt }, payouts }: CaseFile): LocalDate =>
  payouts.flatMap(({ paidOn }) => paidOn ?? []).toSorted()[0] ?? localDateOf(submittedAt);

/**
 * The second person confirms that it came: it goes back to the funds that paid, in proportion and to the fen, lowers what the household
 * owes and what it counts for against its cap. What is paid back in full is settled.
 */
export function confirmRepayment(file: CaseFile, around: Around, by: OfRepayment): Decided {
  return settle(file, around, 'confirm-repayment', by, (recovery, repayment) => {
    const { amountFen, repaymentId } = repayment;
    if (amountFen > leftToRecover(recovery)) {
      return refused('more-than-owed', { amountFen: leftToRecover(recovery) });
    }
    const shares = shareRepayment(amountFen, file);
    if (shares === undefined) return refused('not-possible-now');
    const work = workOn(file, around, by.personId);
    const refunds = shares.map(({ payout: { payoutId, awardId, fundId }, amountFen: share }) => ({
      entryId: enter(work, 'refund', { payoutId, awardId, fundId, amountFen: share }),
      payoutId,
      amountFen: share,
    }));
    const recoveredFen = addFen(recovery.recoveredFen, amountFen);
    const isAll = recoveredFen === recovery.owedFen;
    const confirmed: Repayment = { ...repayment, status: 'confirmed', confirmedBy: by.personId, refunds };
    const { waiverBy: _by, waiverReason: _why, ...kept } = withRepayment(recovery, confirmed);
    putRecovery(work, {
      ...(isAll ? kept : withRepayment(recovery, confirmed)),
      recoveredFen,
      status: isAll ? 'settled' : 'open',
    });
    record(work, 'repayment-confirmed', { recoveryId: by.recoveryId, repaymentId, amountFen });
    if (isAll) record(work, 'recovery-settled', { recoveryId: by.recoveryId, amountFen: recoveredFen });
    showOwed(work);
    tallyCase(work, around);
    keepSchedule(work, around.programme);
    return changed(work);
  });
}

/** It did not come, or not like this: its reference is free again. */
export function rejectRepayment(file: CaseFile, around: Around, by: OfRepayment): Decided {
  return settle(file, around, 'reject-repayment', by, (recovery, repayment) => {
    const { amountFen, repaymentId, bankReference } = repayment;
    const work = workOn(file, around, by.personId);
    work.releasesBankReferences.push({
      reference: plainBankReference(bankReference),
      payoutId: payoutIdSchema.parse(repaymentId),
    });
    putRecovery(work, withRepayment(recovery, { ...repayment, status: 'rejected', rejectedBy: by.personId }));
    record(work, 'repayment-rejected', { recoveryId: by.recoveryId, repaymentId, amountFen });
    tellOfVoid(work, by.recoveryId, repayment);
    return changed(work);
  });
}

function settle(
  file: CaseFile,
  around: Around,
  step: 'confirm-repayment' | 'reject-repayment',
  { personId, recoveryId, repaymentId }: OfRepayment,
  apply: (recovery: Recovery, repayment: Repayment) => Decided,
): Decided {
  const recovery = recoveryOf(file, recoveryId);
  const repayment = recovery?.repayments.find((each) => each.repaymentId === repaymentId);
  if (recovery === undefined || repayment === undefined) return refused('not-possible-now');
  if (!isPossible(step, file, { recovery, repayment })) return refused('not-possible-now');
  const bar = barOfRecovery(personId, step, file, around, { recovery, repayment });
  return bar === undefined ? apply(recovery, repayment) : refused(bar);
}

const withRepayment = (recovery: Recovery, repayment: Repayment): Recovery => ({
  ...recovery,
  repayments: recovery.repayments.map((each) => (each.repaymentId === repayment.repaymentId ? repayment : each)),
});

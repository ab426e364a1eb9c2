import { needsAccount } from '../disbursement/payout.ts';
import { payoutIdSchema, type PersonId } from '../kernel/ids.ts';
import { localDateOf } from '../kernel/time.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import { changed, mailApplicant, mailPerson, openRequestOf, putPayout, record, refused, workOn } from './case-work.ts';
import { peopleWith } from './hand-to-office.ts';
import { isInterested } from './interest.ts';
import { orderPayout } from './order-payouts.ts';
import type { Payee } from './relief-case.ts';

const hasFailed = (file: CaseFile): boolean => file.payouts.some(needsAccount);

/** After a failed payment the applicant names another account; it counts only when the office has approved it. */
export function proposeAccount(file: CaseFile, around: Around, payee: Payee): Decided {
  if (!hasFailed(file)) return refused('not-possible-now');
  const work = workOn(file, around, 'applicant');
  work.case = { ...work.case, proposedPayee: payee, proposedPayeeAt: around.now };
  record(work, 'account-proposed', {});
  for (const { personId } of peopleWith('office', around.staff, localDateOf(around.now))) {
    mailPerson(work, 'account-to-approve', personId);
  }
  return changed(work);
}

export type AccountDecision = { readonly personId: PersonId; readonly approves: boolean; readonly note: string };

/** The office approves the new account, and every failed payment is ordered again as a new attempt of the same award; or refuses it with a note. */
export function decideAccount(file: CaseFile, around: Around, { personId, approves, note }: AccountDecision): Decided {
  const { proposedPayee, proposedPayeeAt: _decided, ...settled } = file.case;
  if (proposedPayee === undefined || !hasFailed(file)) return refused('not-possible-now');
  if (isInterested(personId, file, around)) return refused('barred-by-interest');
  // Whoever holds a code of this case could have proposed the account themselves.
  if (file.case.codeReissuedByIds?.includes(personId) === true) return refused('same-person');
  if (!approves && note.trim() === '') return refused('reason-missing');
  const work = workOn(file, around, personId);
  record(work, approves ? 'account-approved' : 'account-refused', {});
  work.case = approves ? { ...settled, payee: proposedPayee } : settled;
  if (!approves) {
    mailApplicant(work, 'payment-failed');
    return changed(work);
  }
  for (const payout of file.payouts.filter(needsAccount)) {
    putPayout(work, { ...payout, status: 'replaced' });
    const attempt = payout.attempt + 1;
    const payoutId = payoutIdSchema.parse(payout.payoutId.replace(/\.\d+$/, `.${attempt}`));
    const { awardId, fundId, amountFen } = payout;
    orderPayout(work, { payoutId, awardId, fundId, amountFen, attempt });
  }
  const request = openRequestOf(file);
  if (request?.purpose === 'payment') {
    for (const { personId: finance } of peopleWith('finance', around.staff, localDateOf(around.now))) {
      mailPerson(work, 'decide', finance, { requestId: request.requestId });
    }
  }
  return changed(work);
}

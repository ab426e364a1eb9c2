import { needsAccount } from '../disbursement/payout.ts';
import { payoutIdSchema, type PersonId } from '../kernel/ids.ts';
import { localDateOf } from '../kernel/time.ts';
import { levelOfNewApproval, needsNewApproval, peopleForNewApproval } from './approve-heir.ts';
import { can } from './can.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import {
  changed,
  mailApplicant,
  mailPerson,
  openRequestOf,
  putPayout,
  record,
  refused,
  type Work,
  workOn,
} from './case-work.ts';
import { peopleWith } from './hand-to-office.ts';
import { withEarlierHolder } from './interest.ts';
import { orderPayout } from './order-payouts.ts';
import { isSameHolder, proofFor } from './payee-proof.ts';
import type { PaperFile, Payee } from './relief-case.ts';

const hasFailed = (file: CaseFile): boolean => file.payouts.some(needsAccount);

/**
 * After a failed payment the applicant names another account; it counts only when the office has approved it. Somebody else's comes with
 * its proof: `papers-missing` without it.
 */
export function proposeAccount(
  file: CaseFile,
  around: Around,
  payee: Payee,
  proof: readonly PaperFile[] = [],
): Decided {
  if (!hasFailed(file)) return refused('not-possible-now');
  const asked = proofFor(file.case, around.programme, payee, around.now);
  const filesOf = (id: string) => proof.filter(({ paperId }) => paperId === id);
  if (asked.some(({ id, atLeast }) => filesOf(id).length < atLeast)) return refused('papers-missing');
  if (proof.some(({ paperId }) => !asked.some(({ id }) => id === paperId))) return refused('not-possible-now');
  const work = workOn(file, around, 'applicant');
  work.case = {
    ...withEarlierHolder(work.case, work.case.proposedPayee?.holderName),
    papers: [...work.case.papers, ...proof],
    proposedPayee: payee,
    proposedPayeeAt: around.now,
    proposal: { proofFileIds: proof.map(({ fileId }) => fileId), approvedBy: [] },
  };
  record(work, 'account-proposed', {});
  for (const { paperId, fileId } of proof) record(work, 'paper-added', { paperId, fileId });
  for (const { personId } of peopleWith('office', around.staff, localDateOf(around.now))) {
    mailPerson(work, 'account-to-approve', personId);
  }
  return changed(work);
}

export type AccountDecision = { readonly personId: PersonId; readonly approves: boolean; readonly note: string };

/**
 * The office approves the new account, and every failed payment is ordered again as a new attempt of the same award; or refuses it with a
 * note. An heir's account that the office has checked waits for its new approval: see `approve-heir.ts`.
 */
export function decideAccount(file: CaseFile, around: Around, { personId, approves, note }: AccountDecision): Decided {
  const { proposedPayee, proposal = { proofFileIds: [], approvedBy: [] } } = file.case;
  if (proposedPayee === undefined || !hasFailed(file)) return refused('not-possible-now');
  const member = around.staff.find((each) => each.personId === personId);
  const allowed =
    member === undefined ? undefined : can({ kind: 'staff', member }, { action: 'decide-account', file, around });
  if (allowed?.allowed !== true) return refused(allowed?.code ?? 'not-allowed');
  if (!approves && note.trim() === '') return refused('reason-missing');
  const work = workOn(file, around, personId);
  const accountDecidedByIds = [...new Set([...(file.case.accountDecidedByIds ?? []), personId])];
  work.case = { ...work.case, accountDecidedByIds };
  if (!approves) {
    record(work, 'account-refused', {});
    settleProposal(work, undefined);
    mailApplicant(work, 'payment-failed');
    return changed(work);
  }
  if (needsNewApproval(file.case)) {
    if (proposal.checkedBy === undefined) {
      record(work, 'account-checked', {});
      work.case = { ...work.case, proposal: { ...proposal, checkedBy: personId } };
      for (const asked of peopleForNewApproval(work, around)) mailPerson(work, 'account-to-approve', asked);
      return changed(work);
    }
    const approvedBy = [...proposal.approvedBy, personId];
    work.case = { ...work.case, proposal: { ...proposal, approvedBy } };
    record(work, 'account-approved-anew', { signatures: approvedBy.length });
    if (approvedBy.length < levelOfNewApproval(file.case, around.programme).level.quorum) return changed(work);
  }
  record(work, 'account-approved', {});
  settleProposal(work, proposedPayee);
  orderAnew(work, file, around);
  return changed(work);
}

/** The proposal is over: its account is the case's from now on, or is refused. Who holds the other one is remembered. */
function settleProposal(work: Work, approved: Payee | undefined): void {
  const { proposedPayee, proposedPayeeAt: _decided, proposal: _over, ...settled } = work.case;
  if (approved === undefined) {
    work.case = withEarlierHolder(settled, proposedPayee?.holderName);
    return;
  }
  const isSame = isSameHolder(settled.payee, approved);
  work.case = withEarlierHolder({ ...settled, payee: approved }, isSame ? undefined : settled.payee.holderName);
}

function orderAnew(work: Work, file: CaseFile, around: Around): void {
  for (const payout of file.payouts.filter(needsAccount)) {
    putPayout(work, { ...payout, status: 'replaced' });
    const attempt = payout.attempt + 1;
    const payoutId = payoutIdSchema.parse(payout.payoutId.replace(/\.\d+$/, `.${attempt}`));
    const { awardId, fundId, amountFen } = payout;
    orderPayout(work, { payoutId, awardId, fundId, amountFen, attempt });
  }
  const request = openRequestOf(file);
  if (request?.purpose !== 'payment') return;
  for (const { personId: finance } of peopleWith('finance', around.staff, localDateOf(around.now))) {
    mailPerson(work, 'decide', finance, { requestId: request.requestId });
  }
}

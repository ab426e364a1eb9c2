import { type Batch, batchLifecycle } from '../disbursement/batch.ts';
import { needsAccount, type Payout, payoutLifecycle } from '../disbursement/payout.ts';
import type { Proposal } from '../funds/proposal.ts';
import { isSecondTreasurer } from '../funds/treasurer.ts';
import type { PersonId } from '../kernel/ids.ts';
import { transition } from '../kernel/lifecycle.ts';
import { localDateOf } from '../kernel/time.ts';
import { isSecondPerson } from '../register/second-person.ts';
import { holdsRole, keeperRoles, type StaffMember, type StaffRole } from '../register/staff.ts';
import type { Around, CaseFile, RefusalCode } from './case-file.ts';
import { barOfNewApproval, waitsForNewApproval } from './approve-heir.ts';
import { canMove } from './case-work.ts';
import { isInterested } from './interest.ts';
import { papersHoldingBack, takesLaterPapers } from './later-papers.ts';
import type { DecisionRequest } from './decision-request.ts';
import { checkToAnswer } from './payment-check.ts';
import { takesObjections } from './raise-objection.ts';
import { barOnDue, type DueAction, dueSeenBy } from './rights-on-due.ts';
import { barOnRecovery, type OnRecovery, type RecoveryStep } from './rights-on-recoveries.ts';
import { barOfFinance, type FinanceAction } from './rights-on-payouts.ts';
import { stageOf } from './rungs.ts';
import type { ScheduledItem } from './scheduled-item.ts';
import { barOf, isAsked } from './seats.ts';
import { isGone } from './with-bank.ts';

/** Who acts: the applicant of one case, a person on the staff, or anybody. */
export type Actor =
  | { readonly kind: 'applicant'; readonly caseId: string }
  | { readonly kind: 'staff'; readonly member: StaffMember }
  | { readonly kind: 'anyone' };

/** What somebody wants to do, and to what. */
export type Wish =
  | {
      readonly action: 'view-case' | 'edit' | 'correct' | 'withdraw' | 'reopen' | 'add-papers' | 'propose-account';
      readonly file: CaseFile;
      readonly around: Around;
    }
  | { readonly action: 'object'; readonly file: CaseFile; readonly around: Around }
  | { readonly action: 'vote'; readonly file: CaseFile; readonly around: Around; readonly request: DecisionRequest }
  | { readonly action: 'make-batch' | 'dissolve-batch' | 'take-bank-file'; readonly now: Around['now'] }
  | { readonly action: 'release-batch'; readonly now: Around['now']; readonly batch: Pick<Batch, 'status' | 'madeBy'> }
  | {
      readonly action: `${FinanceAction}-payout`;
      readonly file: CaseFile;
      readonly around: Around;
      readonly payout: Payout;
    }
  | {
      readonly action: 'decide-account' | 'reassign' | 'reissue-link' | 'reissue-code' | 'see-objector';
      readonly file: CaseFile;
      readonly around: Around;
    }
  | {
      readonly action: DueAction;
      readonly file: CaseFile;
      readonly around: Around;
      readonly item: ScheduledItem;
    }
  | {
      readonly action:
        | 'list-cases'
        | 'list-due'
        | 'list-payouts'
        | 'list-recoveries'
        | 'settle-by-file'
        | 'see-funds'
        | 'see-audit'
        | 'see-register'
        | 'see-staff'
        | 'manage-staff';
      readonly now: Around['now'];
    }
  | ({ readonly action: RecoveryStep; readonly file: CaseFile; readonly around: Around } & OnRecovery)
  | { readonly action: 'propose-for-fund'; readonly now: Around['now'] }
  | {
      readonly action: 'confirm-proposal' | 'reject-proposal';
      readonly now: Around['now'];
      readonly proposal: Proposal;
    }
  | {
      readonly action: 'confirm-staff-change';
      readonly now: Around['now'];
      readonly of: PersonId;
      readonly proposedBy: PersonId;
    }
  | { readonly action: 'hand-over-authenticator'; readonly now: Around['now']; readonly of: PersonId };

export type Allowed = { readonly allowed: true } | { readonly allowed: false; readonly code: RefusalCode };

const yes: Allowed = { allowed: true };
const no = (code: RefusalCode): Allowed => ({ allowed: false, code });
const when = (holds: boolean, code: RefusalCode): Allowed => (holds ? yes : no(code));

/** The one question of authority. Every page asks it before it shows a button and again before it acts. */
export function can(actor: Actor, wish: Wish): Allowed {
  switch (wish.action) {
    case 'view-case':
      if (actor.kind === 'applicant') return when(actor.caseId === wish.file.case.caseId, 'not-allowed');
      // Whoever is asked for the new approval of an heir's account must see what they approve.
      if (waitsForNewApproval(wish.file) && canDecideAccount(actor, wish).allowed) return yes;
      return staffWith(actor, ['office', 'auditor', 'administrator'], wish.around.now);
    case 'edit':
    case 'correct':
    case 'withdraw':
    case 'reopen':
    case 'add-papers':
    case 'propose-account':
      return applicantCan(actor, wish.action, wish.file, wish.around);
    case 'object':
      return when(takesObjections(wish.file, wish.around.now), 'notice-over');
    case 'vote':
      return canVote(actor, wish.file, wish.around, wish.request);
    case 'make-batch':
    case 'dissolve-batch':
    case 'take-bank-file':
      return staffWith(actor, ['finance'], wish.now);
    case 'release-batch':
      return canRelease(actor, wish);
    case 'batch-payout':
      return canSettle(actor, 'batch', wish);
    case 'confirm-payout':
      return canSettle(actor, 'confirm', wish);
    case 'fail-payout':
      return canSettle(actor, 'fail', wish);
    case 'return-payout':
      return canSettle(actor, 'return', wish);
    case 'silence-payout':
      return canSettle(actor, 'silence', wish);
    case 'undo-payout':
      return canSettle(actor, 'undo', wish);
    case 'decide-account':
      return canDecideAccount(actor, wish);
    case 'reassign':
    case 'reissue-link':
      return officeCan(
        actor,
        wish.file.requests.some(({ status }) => status === 'open'),
        wish,
      );
    case 'reissue-code':
      return officeCan(actor, true, wish);
    case 'answer-payment-check':
    case 'close-finding':
    case 'see-due':
    case 'extend-paper':
    case 'record-visit': {
      if (actor.kind === 'applicant' && wish.action === 'answer-payment-check') {
        if (actor.caseId !== wish.file.case.caseId) return no('not-allowed');
        return when(checkToAnswer(wish.file.scheduled)?.itemId === wish.item.itemId, 'not-possible-now');
      }
      if (actor.kind !== 'staff') return no('not-allowed');
      const bar = barOnDue(actor.member, wish.action, wish);
      return bar === undefined ? yes : no(bar);
    }
    case 'list-due': {
      const seen = actor.kind === 'staff' ? dueSeenBy(actor.member, wish.now) : [];
      return when(seen === 'all' || seen.length > 0, 'not-allowed');
    }
    case 'see-objector':
      return canSeeObjector(actor, wish.around);
    case 'list-payouts':
      return staffWith(actor, ['finance', 'auditor'], wish.now);
    case 'settle-by-file':
      return staffWith(actor, ['finance'], wish.now);
    case 'see-funds':
      return staffWith(actor, ['finance', 'office', 'auditor'], wish.now);
    case 'list-cases':
    case 'see-audit':
    case 'see-register':
    case 'see-staff':
      return staffWith(actor, ['office', 'auditor', 'administrator'], wish.now);
    case 'list-recoveries':
      return staffWith(actor, ['finance', 'office', 'auditor'], wish.now);
    case 'propose-recovery':
    case 'agree-recovery':
    case 'decline-recovery':
    case 'record-repayment':
    case 'confirm-repayment':
    case 'reject-repayment':
    case 'propose-waiver':
    case 'waive-recovery': {
      if (actor.kind !== 'staff') return no('not-allowed');
      const bar = barOnRecovery(actor.member, wish.action, wish.file, wish.around, wish);
      return bar === undefined ? yes : no(bar);
    }
    case 'propose-for-fund':
      return staffWith(actor, ['finance', 'office'], wish.now);
    case 'confirm-proposal':
    case 'reject-proposal': {
      const keepsFunds = staffWith(actor, ['finance', 'office'], wish.now);
      if (!keepsFunds.allowed || actor.kind !== 'staff') return keepsFunds;
      if (wish.proposal.status !== 'proposed') return no('not-possible-now');
      return when(isSecondTreasurer(actor.member, wish.proposal, localDateOf(wish.now)), 'same-person');
    }
    case 'manage-staff':
      return staffWith(actor, keeperRoles, wish.now);
    case 'confirm-staff-change': {
      const mayManage = staffWith(actor, keeperRoles, wish.now);
      if (!mayManage.allowed || actor.kind !== 'staff') return mayManage;
      return when(isSecondPerson(actor.member.personId, { by: wish.proposedBy, of: wish.of }), 'same-person');
    }
    case 'hand-over-authenticator': {
      const mayManage = staffWith(actor, keeperRoles, wish.now);
      if (!mayManage.allowed || actor.kind !== 'staff') return mayManage;
      return when(actor.member.personId !== wish.of, 'same-person');
    }
    default:
      return wish satisfies never;
  }
}

const staffWith = (actor: Actor, roles: readonly StaffRole[], now: Around['now']): Allowed =>
  when(actor.kind === 'staff' && roles.some((role) => holdsRole(actor.member, role, localDateOf(now))), 'not-allowed');

type ApplicantAction = 'edit' | 'correct' | 'withdraw' | 'reopen' | 'add-papers' | 'propose-account';

function applicantCan(actor: Actor, action: ApplicantAction, file: CaseFile, around: Around): Allowed {
  if (actor.kind !== 'applicant' || actor.caseId !== file.case.caseId) return no('not-allowed');
  const isWithBank = file.payouts.some((payout) => isGone(payout, around.batches));
  switch (action) {
    case 'edit':
      if (!canMove(file, 'edit')) return no('not-possible-now');
      return when(file.case.firstDecidedAt === undefined, 'edit-after-decision');
    case 'correct':
      return when(canMove(file, 'resubmit'), 'not-possible-now');
    case 'withdraw':
      return canMove(file, 'withdraw') ? when(!isWithBank, 'already-released') : no('not-possible-now');
    case 'reopen': {
      if (!canMove(file, 'reopen')) return no('not-possible-now');
      return when(file.case.reopenedTimes < stageOf(around.programme, 'intake').reopenings, 'reopened-before');
    }
    case 'add-papers': {
      const hasLater = around.programme.papers.some(({ due }) => due !== 'with-the-application');
      return when(hasLater && takesLaterPapers(file), 'not-possible-now');
    }
    case 'propose-account':
      return when(file.payouts.some(needsAccount), 'not-possible-now');
    default:
      return action satisfies never;
  }
}

function canVote(actor: Actor, file: CaseFile, around: Around, request: DecisionRequest): Allowed {
  if (actor.kind !== 'staff') return no('not-allowed');
  const { personId } = actor.member;
  const seat = request.seats.find((each) => each.personId === personId);
  // First: one's own answer may be what closed the request, or emptied the seat.
  if (hasVoted(file, request, personId)) return no('decided-before');
  if (seat === undefined || !isAsked(seat)) return no('not-your-turn');
  if (request.status !== 'open') return no('request-closed');
  const { purpose, levelIndex } = request;
  const bar = barOf({ personId, role: seat.role, purpose, levelIndex }, file, around);
  if (bar === undefined) return yes;
  return no(bar === 'not-appointed' ? 'not-allowed' : 'barred-by-interest');
}

const hasVoted = (file: CaseFile, { requestId }: DecisionRequest, personId: PersonId): boolean =>
  file.votes.some((vote) => vote.requestId === requestId && vote.personId === personId);

function canRelease(
  actor: Actor,
  { now, batch }: { readonly now: Around['now']; readonly batch: Pick<Batch, 'status' | 'madeBy'> },
): Allowed {
  const isFinance = staffWith(actor, ['finance'], now);
  if (!isFinance.allowed || actor.kind !== 'staff') return isFinance;
  if (!transition(batchLifecycle, batch.status, 'release').ok) return no('not-possible-now');
  return when(actor.member.personId !== batch.madeBy, 'same-person');
}

function canSettle(
  actor: Actor,
  action: FinanceAction,
  { file, around, payout }: { readonly file: CaseFile; readonly around: Around; readonly payout: Payout },
): Allowed {
  const isFinance = staffWith(actor, ['finance'], around.now);
  if (!isFinance.allowed || actor.kind !== 'staff') return isFinance;
  const { personId } = actor.member;
  if (!transition(payoutLifecycle, payout.status, action).ok) return no('not-possible-now');
  const bar = barOfFinance(personId, action, file, around, payout);
  if (bar !== undefined) return no(bar);
  const isHeldBack = papersHoldingBack(file, payout, around.programme, around.now).length > 0;
  return when(action !== 'batch' || !isHeldBack, 'papers-missing');
}

/** The office decides on a new account; an heir's, once the office has checked it, those who approve it anew. */
function canDecideAccount(
  actor: Actor,
  { file, around }: { readonly file: CaseFile; readonly around: Around },
): Allowed {
  if (waitsForNewApproval(file)) {
    const bar = actor.kind === 'staff' ? barOfNewApproval(actor.member.personId, file, around) : 'not-allowed';
    return bar === undefined ? yes : no(bar);
  }
  const holdsCode = actor.kind === 'staff' && file.case.codeReissuedByIds?.includes(actor.member.personId);
  const mayDecide = officeCan(actor, file.case.proposedPayee !== undefined, { file, around });
  return mayDecide.allowed && holdsCode === true ? no('same-person') : mayDecide;
}

/** Whoever objected is safe from the beneficiary's relatives, in the office too. */
function canSeeObjector(actor: Actor, { now, interests }: Around): Allowed {
  const mayLook = staffWith(actor, ['office', 'auditor'], now);
  if (!mayLook.allowed || actor.kind !== 'staff') return mayLook;
  return when(!interests.has(actor.member.personId), 'barred-by-interest');
}

function officeCan(
  actor: Actor,
  isPossible: boolean,
  { file, around }: { readonly file: CaseFile; readonly around: Around },
): Allowed {
  const isOffice = staffWith(actor, ['office'], around.now);
  if (!isOffice.allowed || actor.kind !== 'staff') return isOffice;
  if (isInterested(actor.member.personId, file, around)) return no('barred-by-interest');
  return when(isPossible, 'not-possible-now');
}

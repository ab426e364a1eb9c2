import type { Words } from '../kernel/fen-schema.ts';
import { assertNever } from '../kernel/result.ts';
import { localDateOf } from '../kernel/time.ts';
import type { ObjectionAction } from '../notice/objection.ts';
import { answerObjection } from './answer-objection.ts';
import type { Around, Refusal } from './case-file.ts';
import { closeRequest, mailApplicant, mailPerson, moveCase, record, type Work } from './case-work.ts';
import { releaseClaims, returnCase } from './check-intake.ts';
import type { DecisionRequest } from './decision-request.ts';
import { enterNextStage } from './enter-stage.ts';
import { peopleWith } from './hand-to-office.ts';
import { levelsFor, rolesAtLevel } from './levels.ts';
import { makeAward } from './make-award.ts';
import { pendingObjection } from './open-request.ts';
import { orderPayouts } from './order-payouts.ts';
import { endOfWorkingDays, workingDaysLeft } from './rungs.ts';
import { takeBack, tallyCase } from './take-back.ts';
import type { VoteOutcome } from './tally-votes.ts';
import { closeCase, waitFor } from './waiting.ts';

/** What follows from a settled request. A refusal (the funds are short, the cap would be passed) undoes the vote that completed it. */
export function settleVotes(
  work: Work,
  around: Around,
  request: DecisionRequest,
  outcome: VoteOutcome,
): Refusal | undefined {
  closeRequest(work, request, outcome.verdict);
  switch (outcome.verdict) {
    case 'return':
      work.case = { ...work.case, missing: missingOf(work, request) };
      return void returnCase(work, around.programme);
    case 'recommend':
      return recommend(work, around, outcome);
    case 'approve':
      return request.purpose === 'advance'
        ? advance(work, around, request, outcome)
        : approve(work, around, request, outcome);
    case 'decline':
      return request.purpose === 'advance'
        ? void enterNextStage(work, around.programme)
        : decline(work, around, reasonsOf(work, request));
    case 'admit':
    case 'reject':
    case 'uphold':
    case 'dismiss':
      return settleObjection(work, around, request, outcome.verdict);
    default:
      return assertNever(outcome.verdict);
  }
}

const missingOf = (work: Work, { requestId }: DecisionRequest) =>
  work.votes.filter((vote) => vote.requestId === requestId).flatMap(({ missing }) => missing);

/** The reasons that the applicant reads are what those wrote who decided so. */
const reasonsOf = (work: Work, { requestId, outcome }: DecisionRequest): Words[] => {
  const verdict = outcome ?? 'decline';
  return work.votes
    .filter((vote) => vote.requestId === requestId && vote.verdict === verdict)
    .map(({ note }) => ({ zh: note, en: note }));
};

function recommend(work: Work, around: Around, { amountFen }: VoteOutcome): undefined {
  if (amountFen === undefined) throw new Error('a recommendation without an amount');
  const isException = amountFen > work.case.suggestedFen;
  work.case = { ...work.case, recommendedFen: amountFen, isException };
  record(work, 'recommended', { amountFen, isException });
  enterNextStage(work, around.programme);
}

function advance(
  work: Work,
  around: Around,
  request: DecisionRequest,
  { amountFen }: VoteOutcome,
): Refusal | undefined {
  if (amountFen === undefined) throw new Error('an advance without an amount');
  const refusal = makeAward(work, around, request, 'advance', amountFen);
  if (refusal !== undefined) return refusal;
  tallyCase(work, around);
  orderPayouts(work, 'advance');
  mailApplicant(work, 'advance-ordered');
  // It is paid at once, long before the case comes to its own disbursement.
  for (const { personId } of peopleWith('finance', around.staff, localDateOf(around.now))) {
    mailPerson(work, 'advance-ordered', personId);
  }
  enterNextStage(work, around.programme);
  return undefined;
}

/** One level has agreed. The last one makes the award: only then is money reserved. */
function approve(
  work: Work,
  around: Around,
  request: DecisionRequest,
  { amountFen }: VoteOutcome,
): Refusal | undefined {
  if (amountFen === undefined) throw new Error('an approval without an amount');
  const isException = work.case.isException || amountFen > work.case.suggestedFen;
  work.case = { ...work.case, approvedFen: amountFen, isException };
  const levels = levelsFor(work.case, around.programme);
  if (request.levelIndex + 1 < levels.length) {
    work.case = { ...work.case, levelIndex: request.levelIndex + 1 };
    moveCase(work, 'to-approval');
    waitFor(work, 'approval', around.programme, rolesAtLevel(work.case, around.programme));
    return undefined;
  }
  const refusal = makeAward(work, around, request, 'whole', amountFen);
  if (refusal !== undefined) return refusal;
  tallyCase(work, around);
  mailApplicant(work, 'approved');
  enterNextStage(work, around.programme);
  return undefined;
}

/** Ends the case without (more) help; what no bank has been told to pay goes back to its funds. */
function decline(work: Work, around: Around, reasons: Words[]): undefined {
  takeBack(work, around);
  work.case = { ...work.case, reasons };
  releaseClaims(work);
  moveCase(work, 'decline');
  closeCase(work, around.programme);
  mailApplicant(work, 'declined');
}

function settleObjection(work: Work, around: Around, request: DecisionRequest, action: ObjectionAction): undefined {
  const { now, programme } = around;
  const objection = work.objections.find(({ objectionId }) => objectionId === request.objectionId);
  if (objection === undefined) throw new Error('an answer to an objection that is not on file');
  const decider = work.votes.find(({ requestId, verdict }) => requestId === request.requestId && verdict === action);
  const by = decider === undefined ? undefined : { answer: decider.note, decidedBy: decider.personId };
  answerObjection(work, objection, action, by);
  if (action === 'uphold') return decline(work, around, reasonsOf(work, { ...request, outcome: 'uphold' }));
  if (action === 'admit') {
    // A second objection admitted while the clock stands changes nothing: it stands since the first.
    work.case = { ...work.case, noticeStoppedAt: work.case.noticeStoppedAt ?? now };
    mailApplicant(work, 'objection-stopped');
    waitFor(work, 'objection-settlement', programme, ['officer']);
    return undefined;
  }
  return afterObjection(work, around);
}

/** The next objection, or on with the notice. Its clock runs again as soon as no admitted objection is left, from where it was stopped. */
function afterObjection(work: Work, { now, programme }: Around): undefined {
  const next = pendingObjection(work);
  const { noticeStoppedAt, ...rest } = work.case;
  if (noticeStoppedAt !== undefined && rest.noticeUntil !== undefined && next?.status !== 'admitted') {
    const { until, isEstimate } = endOfWorkingDays(now, workingDaysLeft(noticeStoppedAt, rest.noticeUntil));
    work.case = { ...rest, noticeUntil: until, noticeIsEstimate: isEstimate };
    record(work, 'notice-resumed', { until, isEstimate });
  }
  if (next !== undefined) {
    const isAdmitted = next.status === 'admitted';
    const purpose = isAdmitted ? 'objection-settlement' : 'objection-admission';
    waitFor(work, purpose, programme, [isAdmitted ? 'officer' : 'office']);
    return;
  }
  moveCase(work, 'resume-notice');
  waitFor(work, 'notice', programme, []);
}

import type { FundShare } from '../funds/fund-rule.ts';
import { type MissingItem } from './relief-case.ts';
import type { PersonId, RequestId } from '../kernel/ids.ts';
import type { Fen } from '../kernel/money.ts';
import type { LocalDate } from '../kernel/time.ts';
import type { Around, CaseFile, Decided, Refusal } from './case-file.ts';
import { changed, putRequest, putVote, record, refused, type Work, workOn } from './case-work.ts';
import {
  type DecisionRequest,
  type Verdict,
  type Vote,
  type VotedPurpose,
  verdictsFor,
  votedPurposes,
} from './decision-request.ts';
import { daysOfHomeVisit } from './home-visit.ts';
import { keepSchedule } from './keep-schedule.ts';
import { askRung } from './open-request.ts';
import { barOf, isAsked } from './seats.ts';
import { settleVotes } from './settle-votes.ts';
import { tallyVotes } from './tally-votes.ts';
import { mostForVote, needsVisit } from './vote-limits.ts';

/** What a person answers. `amountFen` goes with recommend and approve, `missing` with return, `shares` is the approver's own choice of funds. */
export type Ballot = {
  readonly personId: PersonId;
  readonly requestId: RequestId;
  readonly contentVersion: number;
  readonly verdict: Verdict;
  readonly amountFen?: Fen;
  readonly shares?: readonly FundShare[];
  readonly note: string;
  readonly missing: readonly MissingItem[];
  readonly visitedOn?: LocalDate;
};

const isVoted = (purpose: DecisionRequest['purpose']): purpose is VotedPurpose =>
  votedPurposes.some((each) => each === purpose);

/**
 * Records one answer; the answer that completes the last level also reserves the money, in the same changes. Refused, among others:
 * `decided-before` (a person answers once), `content-changed` (asked on another version), `barred-by-interest`, `funds-short`.
 */
export function castVote(file: CaseFile, around: Around, ballot: Ballot): Decided {
  const request = file.requests.find(({ requestId }) => requestId === ballot.requestId);
  if (request === undefined || !isVoted(request.purpose)) return refused('request-closed');
  const refusal = mayAnswer(file, around, request, ballot) ?? faultOf(file, around, request, request.purpose, ballot);
  if (refusal !== undefined) return refusal;

  const work = workOn(file, around, ballot.personId);
  const vote = recordVote(work, request, request.purpose, ballot);
  const seats = request.seats.map((seat) =>
    seat.personId === ballot.personId && vote.verdict === 'recuse'
      ? { ...seat, leftBecause: 'recused' as const }
      : seat,
  );
  const answered: DecisionRequest = { ...request, seats };
  putRequest(work, answered);
  const outcome = tallyVotes(answered, work.votes);
  if (outcome === undefined) {
    askRung(work, around, answered, rungOf(answered));
  } else {
    const refusedAfterAll = settleVotes(work, around, answered, outcome);
    if (refusedAfterAll !== undefined) return refusedAfterAll;
  }
  // An answer may bring the date of a visit, and lead the case to where one is due.
  keepSchedule(work, around.programme);
  return changed(work);
}

const rungOf = ({ climbed, rungs }: DecisionRequest) =>
  climbed === 0 ? 'start' : (rungs[climbed - 1]?.rung ?? 'start');

/** Whether this person may answer this request now. */
function mayAnswer(file: CaseFile, around: Around, request: DecisionRequest, ballot: Ballot): Refusal | undefined {
  const isSame = (vote: Vote) => vote.requestId === request.requestId && vote.personId === ballot.personId;
  if (file.votes.some(isSame)) return refused('decided-before');
  if (request.status !== 'open') {
    // Also one that was returned: once the correction is in, whoever still holds its link hears of that.
    const isOvertaken =
      request.outcome === 'edited' ||
      request.outcome === 'withdrawn' ||
      request.contentVersion !== file.case.contentVersion;
    return refused(isOvertaken ? 'request-superseded' : 'request-closed', { outcome: request.outcome ?? '' });
  }
  if (request.contentVersion !== ballot.contentVersion) return refused('content-changed');
  const seat = request.seats.find(({ personId }) => personId === ballot.personId);
  if (seat === undefined || !isAsked(seat)) return refused('not-your-turn');
  const { purpose, levelIndex } = request;
  const bar = barOf({ personId: seat.personId, role: seat.role, purpose, levelIndex }, file, around);
  if (bar === undefined || ballot.verdict === 'recuse') return undefined;
  return refused(bar === 'not-appointed' ? 'not-allowed' : 'barred-by-interest');
}

const needReason: readonly Verdict[] = ['decline', 'return', 'reject', 'uphold', 'dismiss', 'recuse'];

/** What is wrong with the answer itself. */
function faultOf(
  file: CaseFile,
  around: Around,
  request: DecisionRequest,
  purpose: VotedPurpose,
  ballot: Ballot,
): Refusal | undefined {
  if (!verdictsFor[purpose].includes(ballot.verdict)) return refused('answer-not-possible');
  if (needReason.includes(ballot.verdict) && ballot.note.trim() === '') return refused('reason-missing');
  if (ballot.verdict === 'return' && ballot.missing.length === 0) return refused('reason-missing');
  if (ballot.visitedOn !== undefined) {
    const { first, last } = daysOfHomeVisit(file.case, around.programme, around.now);
    if (ballot.visitedOn < first || ballot.visitedOn > last) return refused('visit-date-impossible');
  }
  if (ballot.verdict !== 'recommend' && ballot.verdict !== 'approve') return undefined;
  if (ballot.amountFen === undefined) return refused('amount-missing');
  if (ballot.amountFen <= 0) return refused('amount-zero');
  const mostFen = mostForVote(file, around.programme, purpose);
  if (ballot.amountFen > mostFen) return refused('amount-over-most', { mostFen });
  return needsVisit(file, around.programme, request, ballot) ? refused('visit-missing') : undefined;
}

function recordVote(work: Work, request: DecisionRequest, purpose: VotedPurpose, ballot: Ballot): Vote {
  const { now } = work.around;
  const { requestId, contentVersion } = request;
  const seat = request.seats.find(({ personId }) => personId === ballot.personId);
  if (seat === undefined) throw new Error('a vote without a seat');
  const vote: Vote = {
    caseId: work.case.caseId,
    requestId,
    personId: ballot.personId,
    role: seat.role,
    purpose,
    verdict: ballot.verdict,
    contentVersion,
    ...(ballot.amountFen === undefined ? {} : { amountFen: ballot.amountFen }),
    ...(ballot.shares === undefined ? {} : { shares: [...ballot.shares] }),
    note: ballot.note,
    missing: [...ballot.missing],
    ...(ballot.visitedOn === undefined ? {} : { visitedOn: ballot.visitedOn }),
    at: now,
  };
  putVote(work, vote);
  const isDecision = vote.verdict !== 'recuse' && purpose !== 'objection-admission';
  if (isDecision && work.case.firstDecidedAt === undefined) work.case = { ...work.case, firstDecidedAt: now };
  record(work, 'vote-cast', { requestId, purpose, verdict: vote.verdict, amountFen: vote.amountFen ?? null });
  return vote;
}

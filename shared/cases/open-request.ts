import { requestIdSchema } from '../kernel/ids.ts';
import { assertNever } from '../kernel/result.ts';
import { addLocalDays, localDateOf, startOfLocalDate } from '../kernel/time.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { Level, RungName } from '../programmes/stage.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import {
  changed,
  consumeDecidedIn,
  mailPerson,
  openRequestOf,
  putRequest,
  record,
  type Work,
  workOn,
} from './case-work.ts';
import type { DecisionRequest, RequestPurpose, Seat } from './decision-request.ts';
import { handToOffice, peopleWith } from './hand-to-office.ts';
import { levelsFor } from './levels.ts';
import { noticeEndsAt } from './notice-end.ts';
import { rungsOf, stageOf } from './rungs.ts';
import { routeOf } from './route.ts';
import { askSeats, canStillAgree, seatsFor, votesOn, withoutBarred } from './seats.ts';

/** What the workflow asks for when it comes to wait. */
export type Wait = {
  readonly purpose: RequestPurpose;
  readonly taskToken: string;
  readonly onward?: string | undefined;
};

/**
 * Opens the request that a wait stands for and asks the first seats, or, where it is open already (the wait timed out, the task was
 * repeated), stores the new token. `nothing-to-wait-for`: the table already says another way, so the task completes at once.
 */
export function openRequest(file: CaseFile, around: Around, wait: Wait): Decided | { kind: 'nothing-to-wait-for' } {
  const purpose = purposeNow(file);
  if (purpose === undefined || waitOf(purpose) !== waitOf(wait.purpose)) return { kind: 'nothing-to-wait-for' };
  const work = workOn(file, around, 'system:workflow');
  consumeDecidedIn(work);
  const open = openRequestOf(work);
  if (open !== undefined && open.purpose === purpose) {
    putRequest(work, withToken(open, wait));
    return changed(work);
  }
  const request = newRequest(work, around, purpose, wait);
  putRequest(work, request);
  record(work, 'request-opened', { requestId: request.requestId, purpose, seats: request.seats.length });
  askRung(work, around, request, 'start');
  return changed(work);
}

/** A token may be as long as 2,048 characters, and each retry brings one. */
const mostEarlierTokens = 3;

/** The request with this token before those that it had: which of them the workflow waits with, only the engine knows. */
function withToken({ onward: _before, ...request }: DecisionRequest, { taskToken, onward }: Wait): DecisionRequest {
  const known = request.taskToken === undefined ? [] : [request.taskToken, ...(request.earlierTokens ?? [])];
  const earlierTokens = known.filter((token) => token !== taskToken).slice(0, mostEarlierTokens);
  return {
    ...request,
    taskToken,
    ...(onward !== undefined && { onward }),
    ...(earlierTokens.length > 0 && { earlierTokens }),
  };
}

/** Both kinds of waiting for an objection are one wait of the workflow. */
const waitOf = (purpose: RequestPurpose): string => (purpose.startsWith('objection') ? 'objection' : purpose);

/** What the case waits for now, by its own account; undefined where it waits for nobody. */
export function purposeNow(file: CaseFile): RequestPurpose | undefined {
  const { next } = routeOf(file, file.case.stageEnteredAt);
  switch (next) {
    case 'disbursement':
      return 'payment';
    case 'objection':
      return pendingObjection(file)?.status === 'admitted' ? 'objection-settlement' : 'objection-admission';
    case 'correction':
    case 'advance':
    case 'review':
    case 'approval':
    case 'notice':
      return next;
    case 'intake':
    case 'end':
      return undefined;
    default:
      return assertNever(next);
  }
}

/** The objection to be answered next: an admitted one before those that still wait to be admitted. */
export const pendingObjection = ({ objections }: Pick<CaseFile, 'objections'>) =>
  objections.find(({ status }) => status === 'admitted') ?? objections.find(({ status }) => status === 'raised');

function newRequest(work: Work, around: Around, purpose: RequestPurpose, { taskToken, onward }: Wait): DecisionRequest {
  const { caseId, contentVersion, stageIndex, levelIndex, waiting } = work.case;
  const level = levelOf(work.case, purpose, around.programme);
  const objection = purpose.startsWith('objection') ? pendingObjection(work) : undefined;
  return {
    requestId: requestIdSchema.parse(work.around.newId()),
    caseId,
    purpose,
    stageIndex,
    levelIndex,
    contentVersion,
    ...(objection === undefined ? {} : { objectionId: objection.objectionId }),
    seats: level === undefined ? [] : seatsFor(level, { purpose, levelIndex }, work, around),
    quorum: level?.quorum ?? 0,
    rungs: rungsOf(purpose, around.programme, waiting?.since ?? around.now, noticeEndsAt(work, around.programme)),
    climbed: 0,
    status: 'open',
    openedAt: around.now,
    taskToken,
    ...(onward !== undefined && { onward }),
  };
}

/** Who decides; undefined where nobody votes: the applicant corrects, finance pays, a notice runs. */
function levelOf(
  reliefCase: CaseFile['case'],
  purpose: RequestPurpose,
  programme: ProgrammeVersion,
): Level | undefined {
  switch (purpose) {
    case 'correction':
    case 'notice':
    case 'payment':
      return undefined;
    case 'objection-admission':
      return { seats: [{ role: 'office', askedFrom: 'start' }], quorum: 1 };
    case 'objection-settlement':
      return {
        seats: [
          { role: 'officer', askedFrom: 'start' },
          { role: 'vice-chair', askedFrom: 'head' },
          { role: 'chair', askedFrom: 'head' },
        ],
        quorum: 1,
      };
    case 'advance':
    case 'review':
      return stageOf(programme, purpose).level;
    case 'approval':
      return levelsFor(reliefCase, programme)[reliefCase.levelIndex];
    default:
      return assertNever(purpose);
  }
}

/**
 * Asks whoever is due from this rung on and mails each a link of their own. Also tells the case whom it waits for. Where too few
 * are left to agree, the office hears of it at once, not after the last rung.
 */
export function askRung(work: Work, around: Around, request: DecisionRequest, rung: RungName): void {
  const votes = votesOn(request, work.votes);
  const { seats, newlyAsked } = askSeats(withoutBarred(request, work, around), votes, rung, around.now);
  const asked = { ...request, seats };
  putRequest(work, asked);
  for (const seat of newlyAsked) askSeat(work, asked, seat, rung === 'start' ? 'decide' : 'stand-in');
  if (request.purpose === 'payment' && rung === 'start') tellFinance(work, around, asked);
  showWaiting(work, asked);
  const isStuck = request.quorum > 0 && !canStillAgree(seats, votes, request.quorum);
  if (isStuck && work.case.waiting?.isOverdue === false) handToOffice(work, around, asked);
}

/** Sends a seat its link, valid until a month after the last rung. */
export function askSeat(work: Work, request: DecisionRequest, seat: Seat, template: 'decide' | 'stand-in'): void {
  const { requestId } = request;
  const { personId, generation } = seat;
  const last = request.rungs.at(-1)?.at ?? work.around.now;
  const expiresAt = startOfLocalDate(addLocalDays(localDateOf(last), linkDaysAfterLastRung));
  work.links.push({ requestId, personId, generation, expiresAt });
  mailPerson(work, template, personId, { requestId, generation });
  record(work, 'seat-asked', { requestId, personId, role: seat.role });
}

const linkDaysAfterLastRung = 30;

function tellFinance(work: Work, { staff, now }: Around, { requestId }: DecisionRequest): void {
  const today = localDateOf(now);
  for (const { personId } of peopleWith('finance', staff, today)) mailPerson(work, 'decide', personId, { requestId });
}

/** What lists and the status page show: whom the case waits for, since when, and when the next rung comes. */
export function showWaiting(work: Work, request: DecisionRequest): void {
  const { waiting } = work.case;
  if (waiting === undefined) return;
  const sitting = request.seats.filter(
    (seat) => seat.askedAt !== undefined && seat.leftBecause === undefined && !hasVoted(work, request, seat),
  );
  const until = request.rungs[request.climbed]?.at ?? waiting.until;
  work.case = {
    ...work.case,
    waiting: {
      ...waiting,
      purpose: request.purpose,
      until,
      people: sitting.map(({ personId }) => personId),
      roles: sitting.length === 0 ? waiting.roles : [...new Set(sitting.map(({ role }) => role))],
    },
  };
}

const hasVoted = (work: Work, request: DecisionRequest, { personId }: Seat): boolean =>
  votesOn(request, work.votes).some((vote) => vote.personId === personId);

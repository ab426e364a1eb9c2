import { assertNever } from '../kernel/result.ts';
import { localDateOf } from '../kernel/time.ts';
import type { RungName } from '../programmes/stage.ts';
import { overtakeObjections } from './answer-objection.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import {
  changed,
  closeRequest,
  consumeDecidedIn,
  mailApplicant,
  mailPerson,
  moveCase,
  openRequestOf,
  putRequest,
  record,
  type Work,
  workOn,
} from './case-work.ts';
import { releaseClaims } from './check-intake.ts';
import type { DecisionRequest } from './decision-request.ts';
import { enterNextStage } from './enter-stage.ts';
import { handToOffice, peopleWith } from './hand-to-office.ts';
import { asLongAsTheNotice, noticeEndsAt } from './notice-end.ts';
import { askRung, showWaiting } from './open-request.ts';
import { remindAsked, remindOfAccount } from './remind-asked.ts';
import { alarmAgainAfter } from './rungs.ts';
import { withoutBarred } from './seats.ts';
import { takeBack } from './take-back.ts';
import { closeCase } from './waiting.ts';

/**
 * After a wait has timed out: climbs every rung that has come due. Reminds, asks those who stand in, at last hands the case to the
 * office, and never decides; but a correction that was not made in time lapses, and a notice that has run its days is over.
 */
export function climbRung(file: CaseFile, around: Around): Decided | { kind: 'not-due' } {
  const work = workOn(file, around, 'system:clock');
  const hadDecided = consumeDecidedIn(work);
  const opened = openRequestOf(work);
  if (opened === undefined) return hadDecided ? changed(work) : { kind: 'not-due' };

  let hasClimbed = false;
  for (let request = opened; ; ) {
    const rung = request.rungs[request.climbed];
    if (rung === undefined) {
      if (!hasClimbed && isAlarmDue(work)) hasClimbed = alarmAgain(work, around, request);
      break;
    }
    if (rung.at > around.now) break;
    hasClimbed = true;
    request = { ...request, climbed: request.climbed + 1 };
    putRequest(work, request);
    record(work, 'rung-climbed', { requestId: request.requestId, rung: rung.rung });
    if (climb(work, around, request, rung.rung) === 'over') break;
    request = openRequestOf(work) ?? request;
  }
  return hasClimbed || hadDecided ? changed(work) : { kind: 'not-due' };
}

const isAlarmDue = (work: Work): boolean =>
  work.case.waiting !== undefined && work.case.waiting.until <= work.around.now;

function climb(work: Work, around: Around, request: DecisionRequest, rung: RungName): 'over' | 'goes-on' {
  switch (request.purpose) {
    case 'notice':
      closeRequest(work, request, 'ran-out');
      enterNextStage(work, around.programme);
      return 'over';
    case 'correction':
      if (rung === 'overdue') return lapse(work, around, request);
      mailApplicant(work, 'returned');
      break;
    case 'objection-admission':
      if (isNoticeOver(work, around)) return endUnadmitted(work, around, request);
      if (request.climbed === request.rungs.length) {
        // What was its last rung when it was opened is not the end any more.
        putRequest(work, asLongAsTheNotice(request, work, around.programme));
        break;
      }
      climbSeats(work, around, withoutBarred(request, work, around), rung);
      break;
    case 'advance':
    case 'review':
    case 'approval':
    case 'objection-settlement':
    case 'payment':
      climbSeats(work, around, withoutBarred(request, work, around), rung);
      break;
    default:
      return assertNever(request.purpose);
  }
  showNextRung(work, around);
  return 'goes-on';
}

/** The clock of a notice stands only while an admitted objection waits for its answer. */
function isNoticeOver(work: Work, { now, programme }: Around): boolean {
  const endsAt = noticeEndsAt(work, programme);
  return work.case.noticeStoppedAt === undefined && endsAt !== undefined && endsAt <= now;
}

/** The notice has run its days while objections were not admitted: they stop nothing, and the office and the objectors are told. */
function endUnadmitted(work: Work, around: Around, request: DecisionRequest): 'over' {
  // Bound to no request: this one is closed now, and a mail about a closed request is not sent.
  for (const { personId } of peopleWith('office', around.staff, localDateOf(around.now))) {
    mailPerson(work, 'overdue-office', personId);
  }
  record(work, 'overdue', { requestId: request.requestId, purpose: request.purpose });
  closeRequest(work, request, 'ran-out');
  overtakeObjections(work);
  enterNextStage(work, around.programme);
  return 'over';
}

/** Reminds those who were asked before this rung, then asks those who are due from it on. */
function climbSeats(work: Work, around: Around, request: DecisionRequest, rung: RungName): void {
  remindAsked(work, around, request);
  askRung(work, around, request, rung);
  if (rung === 'overdue') handToOffice(work, around, request);
}

function alarmAgain(work: Work, around: Around, request: DecisionRequest): true {
  handToOffice(work, around, request);
  remindOfAccount(work, around);
  showNextRung(work, around);
  return true;
}

/** The next rung, or the next alarm once all have been climbed. */
function showNextRung(work: Work, { now }: Around): void {
  const request = openRequestOf(work);
  if (request === undefined || work.case.waiting === undefined) return;
  showWaiting(work, request);
  const until = request.rungs[request.climbed]?.at ?? alarmAgainAfter(now);
  work.case = { ...work.case, waiting: { ...work.case.waiting, until } };
}

function lapse(work: Work, around: Around, request: DecisionRequest): 'over' {
  closeRequest(work, request, 'ran-out');
  takeBack(work, around);
  releaseClaims(work);
  moveCase(work, 'lapse');
  closeCase(work, around.programme);
  mailApplicant(work, 'lapsed');
  return 'over';
}

import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { DeciderRole } from '../programmes/stage.ts';
import { overtakeObjections } from './answer-objection.ts';
import type { Work } from './case-work.ts';
import type { RequestPurpose } from './decision-request.ts';
import { keepSchedule, schedulePaymentCheck, scheduleVisits } from './keep-schedule.ts';
import { noticeEndsAt } from './notice-end.ts';
import { alarmAgainAfter, rungsOf } from './rungs.ts';

/** Says whom the case waits for and until the first rung; the request that opens fills in the people. */
export function waitFor(
  work: Work,
  purpose: RequestPurpose,
  programme: ProgrammeVersion,
  roles: readonly DeciderRole[],
): void {
  const { now } = work.around;
  const [first] = rungsOf(purpose, programme, now, noticeEndsAt(work, programme));
  work.case = {
    ...work.case,
    stageEnteredAt: now,
    waiting: {
      purpose,
      roles: [...roles],
      people: [],
      since: now,
      until: first?.at ?? alarmAgainAfter(now),
      isOverdue: false,
    },
  };
}

/**
 * Nobody's turn any more: the case has come to an end, and with it what was objected to it, and what is due on it but for what comes
 * after a payment.
 */
export function closeCase(work: Work, programme: ProgrammeVersion): void {
  overtakeObjections(work);
  const { waiting: _over, ...rest } = work.case;
  work.case = { ...rest, closedAt: work.around.now };
  // A case that was in payment once more has its visits already.
  const isVisited = work.scheduled.some(({ kind }) => kind === 'visit');
  if (work.case.status === 'paid' && !isVisited) scheduleVisits(work, programme);
  if (work.case.status === 'paid') schedulePaymentCheck(work);
  keepSchedule(work, programme);
}

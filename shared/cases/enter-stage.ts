import { localDateOf } from '../kernel/time.ts';
import { assertNever } from '../kernel/result.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { Stage } from '../programmes/stage.ts';
import { mailApplicant, moveCase, record, type Work } from './case-work.ts';
import { rolesAsked, rolesAtLevel } from './levels.ts';
import { orderPayouts, settleIfPaid } from './order-payouts.ts';
import { endOfWorkingDays, stageOf } from './rungs.ts';
import { waitFor } from './waiting.ts';

/** The case goes on to the next stage of its programme. */
export function enterNextStage(work: Work, programme: ProgrammeVersion): void {
  const hasAdvance = work.awards.some(({ kind, status }) => kind === 'advance' && status !== 'released');
  let index = work.case.stageIndex + 1;
  if (programme.stages[index]?.kind === 'advance' && hasAdvance) index += 1;
  const stage = programme.stages[index];
  if (stage === undefined) throw new Error(`${programme.id} has no stage after ${work.case.stageIndex}`);
  work.case = { ...work.case, stageIndex: index, levelIndex: 0 };
  enterStage(work, stage, programme);
}

function enterStage(work: Work, stage: Stage, programme: ProgrammeVersion): void {
  switch (stage.kind) {
    case 'intake':
      throw new Error('intake is where a case begins, not where it goes on to');
    case 'advance':
      moveCase(work, 'to-advance');
      return waitFor(work, 'advance', programme, rolesAsked(stage.level));
    case 'review':
      moveCase(work, 'to-review');
      return waitFor(work, 'review', programme, rolesAsked(stage.level));
    case 'approval':
      moveCase(work, 'to-approval');
      return waitFor(work, 'approval', programme, rolesAtLevel(work.case, programme));
    case 'notice':
      return postNotice(work, programme);
    case 'disbursement':
      moveCase(work, 'to-payment');
      waitFor(work, 'payment', programme, ['finance']);
      orderPayouts(work, 'whole');
      return settleIfPaid(work, programme);
    default:
      return assertNever(stage);
  }
}

function postNotice(work: Work, programme: ProgrammeVersion): void {
  const { now } = work.around;
  const { until, isEstimate } = endOfWorkingDays(now, stageOf(programme, 'notice').workingDays);
  moveCase(work, 'to-notice');
  work.case = { ...work.case, noticeFrom: localDateOf(now), noticeUntil: until, noticeIsEstimate: isEstimate };
  record(work, 'notice-posted', { until, isEstimate });
  waitFor(work, 'notice', programme, []);
  mailApplicant(work, 'on-notice');
}

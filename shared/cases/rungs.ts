import { addHours, type Instant, startOfLocalDate, addLocalDays, localDateOf } from '../kernel/time.ts';
import { addWorkingDays, workingDaysAfter, workingDaysBetween } from '../kernel/working-days.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { Rung, Stage, StageKind, StageOf } from '../programmes/stage.ts';
import type { DecisionRequest, RequestPurpose } from './decision-request.ts';

type Reached = DecisionRequest['rungs'][number];

/** When each rung is reached, counted from the beginning of a wait. */
export const rungsFrom = (rungs: readonly Rung[], since: Instant): Reached[] =>
  rungs.map(({ rung, after, unit }) => ({
    rung,
    at: unit === 'hours' ? addHours(since, after) : workingDaysAfter(since, after),
  }));

const isStage = <Kind extends StageKind>(stage: Stage, kind: Kind): stage is StageOf<Kind> => stage.kind === kind;

/** The stage of a kind; throws if the programme has none, which its faults would have told. */
export function stageOf<Kind extends StageKind>(programme: ProgrammeVersion, kind: Kind): StageOf<Kind> {
  for (const stage of programme.stages) if (isStage(stage, kind)) return stage;
  throw new Error(`${programme.id} has no stage ${kind}`);
}

/** The rungs of a wait, by what it waits for. A notice has one: its end, `noticeEnd`. */
export function rungsOf(
  purpose: RequestPurpose,
  programme: ProgrammeVersion,
  since: Instant,
  noticeEnd: Instant | undefined,
): Reached[] {
  switch (purpose) {
    case 'correction': {
      const { correctionRungs, correctWithinWorkingDays } = stageOf(programme, 'intake');
      return rungsFrom(
        [...correctionRungs, { rung: 'overdue', after: correctWithinWorkingDays, unit: 'working-days' }],
        since,
      );
    }
    case 'notice':
      return noticeEnd === undefined ? [] : [{ rung: 'overdue', at: noticeEnd }];
    case 'objection-admission': {
      const { admitWithinWorkingDays } = stageOf(programme, 'notice');
      const reached = rungsFrom(
        [
          { rung: 'remind', after: 4, unit: 'hours' },
          { rung: 'overdue', after: admitWithinWorkingDays, unit: 'working-days' },
        ],
        since,
      );
      if (noticeEnd === undefined) return reached;
      // Only an admitted objection stops the clock: the wait for the office ends with the notice.
      return [...reached.filter(({ at }) => at < noticeEnd), { rung: 'overdue', at: noticeEnd }];
    }
    case 'objection-settlement': {
      const { settleWithinWorkingDays } = stageOf(programme, 'notice');
      return rungsFrom(
        [
          { rung: 'remind', after: Math.max(1, settleWithinWorkingDays - 3), unit: 'working-days' },
          { rung: 'head', after: Math.max(2, settleWithinWorkingDays - 1), unit: 'working-days' },
          { rung: 'overdue', after: Math.max(3, settleWithinWorkingDays), unit: 'working-days' },
        ],
        since,
      );
    }
    case 'payment':
      return rungsFrom(stageOf(programme, 'disbursement').rungs, since);
    case 'advance':
    case 'review':
    case 'approval':
      return rungsFrom(stageOf(programme, purpose).rungs, since);
    default:
      return purpose satisfies never;
  }
}

/** After the last rung the alarm rings again at this distance until somebody acts. */
export const alarmAgainAfter = (now: Instant): Instant => workingDaysAfter(now, 5);

/** The end of the n-th working day after today. */
export function endOfWorkingDays(now: Instant, count: number): { until: Instant; isEstimate: boolean } {
  const { date, isEstimate } = addWorkingDays(localDateOf(now), count);
  return { until: startOfLocalDate(addLocalDays(date, 1)), isEstimate };
}

/** How many working days of a notice were left when it was stopped; at least one, so that a resumed notice can be seen. */
export const workingDaysLeft = (stoppedAt: Instant, until: Instant): number =>
  Math.max(1, workingDaysBetween(localDateOf(stoppedAt), addLocalDays(localDateOf(until), -1)));

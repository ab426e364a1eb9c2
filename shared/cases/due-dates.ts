import {
  addLocalDays,
  epochMsOf,
  type Instant,
  lastDayBefore,
  type LocalDate,
  localDateOf,
  startOfLocalDate,
} from '../kernel/time.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { StageOf } from '../programmes/stage.ts';
import type { Award } from './decision-request.ts';
import type { LaterPaper } from './later-papers.ts';
import type { ReliefCase } from './relief-case.ts';
import { endOfWorkingDays, rungsFrom, stageOf } from './rungs.ts';
import type { ScheduledItem } from './scheduled-item.ts';

type Rungs = ScheduledItem['rungs'];

const dayMs = 86_400_000;
const mostDaysBefore = 7;
const remindedAtMs = 9 * 3_600_000;

/** The moment at which a day is over. */
export const endOfDay = (date: LocalDate): Instant => startOfLocalDate(addLocalDays(date, 1));

/** One reminder at nine in the morning when a third of the time is left, at most a week before; then it is overdue. */
export function rungsBefore(since: Instant, dueAt: Instant): Rungs {
  const days = Math.round((epochMsOf(dueAt) - epochMsOf(since)) / dayMs);
  const before = Math.max(1, Math.min(mostDaysBefore, Math.floor(days / 3)));
  const remindAt = startOfLocalDate(addLocalDays(lastDayBefore(dueAt), -before), remindedAtMs);
  const overdue = { rung: 'overdue', at: dueAt } as const;
  return remindAt > since ? [{ rung: 'remind', at: remindAt }, overdue] : [overdue];
}

/** The advance of a case that has not been taken back. */
export const advanceOf = ({ awards }: { readonly awards: readonly Award[] }): Award | undefined =>
  awards.findLast(({ kind, status }) => kind === 'advance' && status !== 'released');

export const advanceStageOf = (programme: ProgrammeVersion): StageOf<'advance'> | undefined =>
  programme.stages.find((stage) => stage.kind === 'advance') && stageOf(programme, 'advance');

/** When a paper that may follow is due: counted from the submission, but soon after an advance if it cannot be put off. */
export function paperDueAt(
  { due }: LaterPaper,
  { submittedAt }: Pick<ReliefCase, 'submittedAt'>,
  programme: ProgrammeVersion,
  advance: Award | undefined,
): Instant {
  const dueAt = endOfDay(addLocalDays(localDateOf(submittedAt), due.withinDays));
  const stage = advanceStageOf(programme);
  if (due.isExtendable || advance === undefined || stage === undefined) return dueAt;
  const { until } = endOfWorkingDays(advance.at, stage.papersWithinWorkingDays);
  return until < dueAt ? until : dueAt;
}

/** Finance is waited for as long with an advance as with any payment; all but the last rung remind. */
export const advanceRungs = (programme: ProgrammeVersion, since: Instant): Rungs =>
  rungsFrom(stageOf(programme, 'disbursement').rungs, since).map(({ rung, at }) => ({
    rung: rung === 'overdue' ? 'overdue' : 'remind',
    at,
  }));

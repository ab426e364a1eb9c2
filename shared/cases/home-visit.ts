import { type Instant, type LocalDate, localDateOf, localDateSchema } from '../kernel/time.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { StageOf } from '../programmes/stage.ts';
import type { CaseFile } from './case-file.ts';
import type { ReliefCase } from './relief-case.ts';
import { endOfWorkingDays } from './rungs.ts';

export const reviewStageOf = ({ stages }: ProgrammeVersion): StageOf<'review'> | undefined =>
  stages.find((stage) => stage.kind === 'review');

type Days = { readonly first: LocalDate; readonly last: LocalDate };

/**
 * On which days the home visit 入户走访 of a review can have been: it looks at what was applied for, so not before the application;
 * after an incident from its day on, since somebody may have come while it burnt. Never after today.
 */
export function daysOfHomeVisit(
  { answers, submittedAt }: Pick<ReliefCase, 'answers' | 'submittedAt'>,
  { incident }: Pick<ProgrammeVersion, 'incident'>,
  now: Instant,
): Days {
  const appliedOn = localDateOf(submittedAt);
  const happenedOn = localDateSchema.safeParse(incident === null ? undefined : answers[incident.dateField]);
  const first = happenedOn.success && happenedOn.data < appliedOn ? happenedOn.data : appliedOn;
  return { first, last: localDateOf(now) };
}

/** Whether one of those who answer the review of the present content has entered a home visit. */
export const hasVisited = ({ case: { contentVersion }, votes }: Pick<CaseFile, 'case' | 'votes'>): boolean =>
  votes.some(
    (vote) => vote.purpose === 'review' && vote.contentVersion === contentVersion && vote.visitedOn !== undefined,
  );

/**
 * Until when the visit of this review should have been: the programme's working days, counted from the day on which the case came
 * to its review. Undefined where it names none, where the sum can never be large enough for a visit, and outside of the review.
 */
export function homeVisitDueAt({ status, mostFen, stageEnteredAt }: ReliefCase, programme: ProgrammeVersion) {
  const { aboveFen = 0, withinWorkingDays } = reviewStageOf(programme)?.homeVisit ?? {};
  if (status !== 'in-review' || withinWorkingDays === undefined || mostFen <= aboveFen) return undefined;
  return endOfWorkingDays(stageEnteredAt, withinWorkingDays).until;
}

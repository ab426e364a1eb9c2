import { advanceOf, paperDueAt } from '../../../shared/cases/due-dates.ts';
import { laterPapersMissing, takesLaterPapers } from '../../../shared/cases/later-papers.ts';
import type { CaseFile } from '../../../shared/cases/case-file.ts';
import type { CaseStatus } from '../../../shared/cases/case-lifecycle.ts';
import { type Instant, lastDayBefore, type LocalDate } from '../../../shared/kernel/time.ts';
import type { Paper, ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { StageKind } from '../../../shared/programmes/stage.ts';

export type Step = {
  readonly stage: 'submit' | StageKind;
  readonly state: 'done' | 'current' | 'to-come' | 'stopped';
};

const endsBefore: readonly CaseStatus[] = ['refused', 'declined', 'withdrawn', 'lapsed'];
/** With these the case is at its first stage again, whichever it had reached. */
const atIntake: readonly CaseStatus[] = ['submitted', 'returned', 'refused', 'lapsed'];

/** The case's way along its programme's stages. What lies behind an early end is left out: it will not come. */
export function stepsOf({ case: it }: CaseFile, programme: ProgrammeVersion): Step[] {
  const at = atIntake.includes(it.status) ? 0 : it.stageIndex;
  const hasEnded = endsBefore.includes(it.status);
  const steps = programme.stages.map(({ kind }, index): Step => {
    if (it.status === 'paid' || index < at) return { stage: kind, state: 'done' };
    if (index > at) return { stage: kind, state: 'to-come' };
    return { stage: kind, state: hasEnded ? 'stopped' : 'current' };
  });
  const reached = hasEnded ? steps.filter(({ state }) => state !== 'to-come') : steps;
  return [{ stage: 'submit', state: 'done' }, ...reached];
}

/** Until when the case waits in the end: the last rung of its open request, not the next reminder. */
export function deadlineOf(file: CaseFile): Instant | undefined {
  const { waiting, status, noticeUntil } = file.case;
  if (waiting === undefined) return undefined;
  if (status === 'on-notice') return noticeUntil ?? waiting.until;
  const open = file.requests.findLast((request) => request.status === 'open' && request.purpose === waiting.purpose);
  return open?.rungs.at(-1)?.at ?? waiting.until;
}

export type DuePaper = {
  readonly paper: Paper;
  readonly by: LocalDate;
  readonly isOverdue: boolean;
  /** Whether the whole award waits for it. */
  readonly holdsBack: boolean;
};

/** Papers that may follow and have not come, with the day by which they should: the day that is scheduled, which may have been moved. */
export function papersStillDue(file: CaseFile, programme: ProgrammeVersion, now: Instant): DuePaper[] {
  if (!takesLaterPapers(file)) return [];
  const advance = advanceOf(file);
  return laterPapersMissing(file.case, programme, now).map((paper) => {
    const scheduled = file.scheduled.find((item) => item.kind === 'paper' && item.paperId === paper.id);
    const dueAt = scheduled?.dueAt ?? paperDueAt(paper, file.case, programme, advance);
    const holdsBack = file.case.status !== 'paid' && !paper.due.isExtendable;
    return { paper, by: lastDayBefore(dueAt), isOverdue: dueAt <= now, holdsBack };
  });
}

import { type Instant, lastDayBefore, type LocalDate } from '../kernel/time.ts';
import type { Paper, ProgrammeVersion } from '../programmes/programme-version.ts';
import type { CaseFile } from './case-file.ts';
import { advanceOf, paperDueAt } from './due-dates.ts';
import { laterPapersMissing, takesLaterPapers } from './later-papers.ts';

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

import { outboxIdSchema } from '../kernel/ids.ts';
import { addLocalDays, type Instant, localDateOf } from '../kernel/time.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import { changed, consumeDecidedIn, record, type Work, workOn } from './case-work.ts';
import { routeOf } from './route.ts';

/**
 * Step Functions ends an execution that has run for 365 days, and no failure of it can be caught. No wait is as long as the two months
 * that are left (`programmeFaults` sees to it): each begins, or begins again after a rung or an alarm, within them.
 */
const mostExecutionDays = 300;

/** Whether the case's workflow has gone on for so long that another execution has to take over. */
export const needsNextExecution = (file: CaseFile, now: Instant): boolean =>
  routeOf(file, now).next !== 'end' &&
  addLocalDays(localDateOf(file.case.executionSince ?? file.case.submittedAt), mostExecutionDays) <= localDateOf(now);

/** Another execution takes the case over from where the table says that it stands; the one that asks is to end. */
export function startNextExecution(file: CaseFile, around: Pick<Around, 'now' | 'newId'>): Decided {
  const work = workOn(file, { now: around.now, newId: around.newId, batches: [] }, 'system:workflow');
  consumeDecidedIn(work);
  startExecution(work, localDateOf(around.now));
  record(work, 'execution-renewed');
  return changed(work);
}

/** Has an execution of the workflow started, other than the case's first; `suffix` tells it from all before it. */
export function startExecution(work: Work, suffix: string): void {
  const { caseId } = work.case;
  const { now } = work.around;
  work.case = { ...work.case, executionSince: now };
  work.outbox.push({
    kind: 'start',
    outboxId: outboxIdSchema.parse(`start-${caseId}-${suffix}`),
    createdAt: now,
    caseId,
    executionName: `${caseId}-${suffix}`,
  });
}

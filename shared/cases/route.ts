import { type Instant, secondsUntil } from '../kernel/time.ts';
import type { Around, CaseFile, Decided, Route } from './case-file.ts';
import type { CaseStatus } from './case-lifecycle.ts';
import { changed, consumeDecidedIn, workOn } from './case-work.ts';

const nextByStatus: { readonly [Status in CaseStatus]: Route['next'] } = {
  submitted: 'intake',
  returned: 'correction',
  'in-advance': 'advance',
  'in-review': 'review',
  'in-approval': 'approval',
  'on-notice': 'notice',
  'under-objection': 'objection',
  'in-payment': 'disbursement',
  paid: 'end',
  refused: 'end',
  declined: 'end',
  withdrawn: 'end',
  lapsed: 'end',
};

/** Step Functions takes a time-out of at most 99,999,999 seconds. */
const longestWaitSeconds = 99_999_999;

/** Where the workflow goes: what the table says, whatever the engine believes. */
export function routeOf(file: CaseFile, now: Instant): Route {
  const until = file.case.waiting?.until;
  const seconds = until === undefined ? 1 : secondsUntil(now, until);
  return {
    next: nextByStatus[file.case.status],
    timeoutSeconds: Math.min(longestWaitSeconds, Math.max(1, seconds)),
  };
}

/** Marks decided requests as consumed: the workflow has come past them, so their wake-ups are done. */
export function consumeDecided(
  file: CaseFile,
  { now, newId }: Pick<Around, 'now' | 'newId'>,
): Decided | { kind: 'nothing' } {
  // Each by its name: to copy all that surrounds a case would ask for funds that were not read.
  const work = workOn(file, { now, newId, batches: [] }, 'system:workflow');
  return consumeDecidedIn(work) ? changed(work) : { kind: 'nothing' };
}

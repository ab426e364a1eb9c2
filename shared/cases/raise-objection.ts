import type { ObjectionId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import { isPending } from './answer-objection.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import {
  canMove,
  changed,
  closeRequest,
  moveCase,
  openRequestOf,
  putObjection,
  record,
  refused,
  putRequest,
  type Work,
  workOn,
} from './case-work.ts';
import type { DecisionRequest } from './decision-request.ts';
import { asLongAsTheNotice } from './notice-end.ts';
import { showWaiting } from './open-request.ts';
import { waitFor } from './waiting.ts';

/** What somebody has against a decision that is on notice, with their name, which only the office and the auditor see. */
export type ObjectionRaised = {
  /** The same for every press of one button, so that it makes one objection. */
  readonly objectionId: ObjectionId;
  readonly objectorName: string;
  readonly objectorContact: string;
  readonly grounds: string;
};

/** How many may wait for an answer at once: the write that ends a case answers them all, and a write has its limit. */
export const mostPendingObjections = 20;

/** Whether a decision is on notice, so that anybody may object to it: until its last day is over, longer while its clock is stopped. */
export function takesObjections(file: Pick<CaseFile, 'case'>, now: Instant): boolean {
  const { noticeUntil, noticeStoppedAt } = file.case;
  return canMove(file, 'object') && noticeUntil !== undefined && (noticeStoppedAt !== undefined || now < noticeUntil);
}

/**
 * Takes an objection in while the notice runs. It stops nothing yet: only an admitted one does; but the notice does not end before the
 * office's time to answer it has. `notice-over` afterwards,
 * `objected-before` for one that was taken in already, `objections-many` while too many wait for their answer.
 */
export function raiseObjection(file: CaseFile, around: Around, raised: ObjectionRaised): Decided {
  const { objectionId } = raised;
  if (file.objections.some((each) => each.objectionId === objectionId)) return refused('objected-before');
  if (!takesObjections(file, around.now)) return refused('notice-over');
  if (file.objections.filter(isPending).length >= mostPendingObjections) return refused('objections-many');
  const work = workOn(file, around, 'public');
  putObjection(work, { ...raised, caseId: file.case.caseId, status: 'raised', raisedAt: around.now });
  record(work, 'objection-raised', { objectionId });
  const isFirst = file.case.status === 'on-notice';
  moveCase(work, 'object');
  const open = openRequestOf(work);
  if (!isFirst) {
    if (open?.purpose === 'objection-admission') waitLonger(work, around, open);
    return changed(work);
  }
  if (open !== undefined) closeRequest(work, open, 'objection');
  waitFor(work, 'objection-admission', around.programme, ['office']);
  return changed(work);
}

/** The office has as long for this one as for the first. */
function waitLonger(work: Work, { programme }: Around, request: DecisionRequest): void {
  const longer = asLongAsTheNotice(request, work, programme);
  putRequest(work, longer);
  showWaiting(work, longer);
}

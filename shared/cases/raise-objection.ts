import { objectionIdSchema } from '../kernel/ids.ts';
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
  workOn,
} from './case-work.ts';
import { waitFor } from './waiting.ts';

/** What somebody has against a decision that is on notice, with their name, which only the office and the auditor see. */
export type ObjectionRaised = {
  readonly objectorName: string;
  readonly objectorContact: string;
  readonly grounds: string;
};

/** Takes an objection in while the notice runs. It stops nothing yet: only an admitted one does. `notice-over` afterwards. */
export function raiseObjection(file: CaseFile, around: Around, raised: ObjectionRaised): Decided {
  const { noticeUntil, noticeStoppedAt } = file.case;
  if (!canMove(file, 'object') || noticeUntil === undefined) return refused('notice-over');
  if (noticeStoppedAt === undefined && around.now >= noticeUntil) return refused('notice-over');
  const work = workOn(file, around, 'public');
  const objectionId = objectionIdSchema.parse(around.newId());
  putObjection(work, { ...raised, objectionId, caseId: file.case.caseId, status: 'raised', raisedAt: around.now });
  record(work, 'objection-raised', { objectionId });
  const isFirst = file.case.status === 'on-notice';
  moveCase(work, 'object');
  if (!isFirst) return changed(work);
  const notice = openRequestOf(work);
  if (notice !== undefined) closeRequest(work, notice, 'objection');
  waitFor(work, 'objection-admission', around.programme, ['office']);
  return changed(work);
}

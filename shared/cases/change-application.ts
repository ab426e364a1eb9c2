import { incidentIdOf } from '../intake/incident-key.ts';
import { missingPapers } from '../intake/judge-intake.ts';
import { canonicalJson } from '../kernel/audit.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import {
  canMove,
  changed,
  closeRequest,
  moveCase,
  openRequestOf,
  record,
  refused,
  type Work,
  workOn,
} from './case-work.ts';
import { enteredAnew, staffMemberNamed } from './entered-by.ts';
import { factsOf, filesByPaper } from './facts-of-case.ts';
import { withEarlierHolder } from './interest.ts';
import { keepSchedule } from './keep-schedule.ts';
import { takesLaterPapers } from './later-papers.ts';
import type { PaperFile } from './relief-case.ts';
import type { Content } from './submit-application.ts';

/** The corrected application comes in again and is checked anew. `papers-missing` as long as a paper due with it is not there. */
export function resubmitApplication(file: CaseFile, around: Around, content: Content): Decided {
  if (!canMove(file, 'resubmit')) return refused('not-possible-now');
  const corrected = { ...file.case, ...content };
  const facts = factsOf(corrected, around.now);
  const missing = missingPapers(around.programme, facts, filesByPaper(corrected), 'submission');
  if (missing.length > 0) return refused('papers-missing');
  const work = workOn(file, around, 'applicant');
  takeIn(work, around, content);
  closeOpen(work, 'answered');
  moveCase(work, 'resubmit');
  backAtIntake(work);
  keepSchedule(work, around.programme);
  return changed(work);
}

/**
 * The applicant changes an application on which nobody has answered yet; afterwards a return is needed. The mailed links die with the
 * request, and the reviewers are asked again on the new content.
 */
export function editApplication(file: CaseFile, around: Around, content: Content): Decided {
  if (!canMove(file, 'edit')) return refused('not-possible-now');
  if (file.case.firstDecidedAt !== undefined) return refused('edit-after-decision');
  const work = workOn(file, around, 'applicant');
  takeIn(work, around, content);
  closeOpen(work, 'edited');
  moveCase(work, 'edit');
  backAtIntake(work);
  keepSchedule(work, around.programme);
  return changed(work);
}

/** Papers that the programme lets come later (a fire certificate), while the case takes them. Nothing else changes. */
export function addPapers(file: CaseFile, around: Around, files: readonly PaperFile[]): Decided {
  if (!takesLaterPapers(file)) return refused('not-possible-now');
  const known = new Set(file.case.papers.map(({ fileId }) => fileId));
  const added = files.filter(({ fileId }) => !known.has(fileId));
  const later = around.programme.papers.filter(({ due }) => due !== 'with-the-application').map(({ id }) => id);
  if (added.length === 0 || added.some(({ paperId }) => !later.includes(paperId))) return refused('not-possible-now');
  const work = workOn(file, around, 'applicant');
  work.case = { ...work.case, papers: [...work.case.papers, ...added] };
  for (const { paperId, fileId } of added) record(work, 'paper-added', { paperId, fileId });
  keepSchedule(work, around.programme);
  return changed(work);
}

function takeIn(work: Work, { programme, staff }: Around, content: Content): void {
  const earlierHolder = work.case.payee.holderName;
  const accountChanged = canonicalJson(work.case.payee) !== canonicalJson(content.payee);
  const contentVersion = work.case.contentVersion + 1;
  const { incidentId: _before, enteredById: _last, enteredEarlierByIds: _earlier, ...rest } = work.case;
  // A corrected date or number of the fire names another incident.
  const incidentId = incidentIdOf(programme, content.answers);
  // Another ID number would be another person, with other ties: that takes a new application.
  const applicant = { ...content.applicant, idNumber: rest.applicant.idNumber };
  work.case = {
    ...rest,
    ...content,
    applicant,
    contentVersion,
    ...enteredAnew(work.case, staffMemberNamed(staff, content.applicant.enteredBy?.name)),
    missing: [],
    ...(incidentId === undefined ? {} : { incidentId }),
  };
  work.case = withEarlierHolder(work.case, earlierHolder);
  record(work, 'application-changed', { contentVersion, accountChanged });
}

function closeOpen(work: Work, outcome: string): void {
  const request = openRequestOf(work);
  if (request !== undefined) closeRequest(work, request, outcome);
}

function backAtIntake(work: Work): void {
  const { waiting: _over, firstDecidedAt: _none, recommendedFen: _void, approvedFen: _voidToo, ...rest } = work.case;
  work.case = { ...rest, stageIndex: 0, levelIndex: 0, isException: false, stageEnteredAt: work.around.now };
}

import { can, type Actor } from '../../../shared/cases/can.ts';
import type { Around, CaseFile } from '../../../shared/cases/case-file.ts';

/** What the pages of an applicant offer, in this order; each is a wish of `can` and a path of its own. */
export const applicantActions = ['correct', 'edit', 'add-papers', 'propose-account', 'reopen', 'withdraw'] as const;
export type ApplicantAction = (typeof applicantActions)[number];

const applicantOf = (file: CaseFile): Actor => ({ kind: 'applicant', caseId: file.case.caseId });

/** Whether the applicant of a case may do this now, or the code of why not. */
export const canApplicant = (action: ApplicantAction, file: CaseFile, around: Around) =>
  can(applicantOf(file), { action, file, around });

/** The buttons of the status page. The command decides again when one is pressed: an offer may be a moment old. */
export const allowedActions = (file: CaseFile, around: Around): ApplicantAction[] =>
  applicantActions.filter((action) => canApplicant(action, file, around).allowed);

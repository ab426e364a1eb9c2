import type { CaseFile } from '../../../shared/cases/case-file.ts';
import { caseLifecycle } from '../../../shared/cases/case-lifecycle.ts';
import { payoutLifecycle } from '../../../shared/disbursement/payout.ts';
import { isEnd } from '../../../shared/kernel/lifecycle.ts';
import type { Instant } from '../../../shared/kernel/time.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { papersStillDue } from './timeline.ts';

export const applicantActions = ['correct', 'edit', 'add-papers', 'new-account', 'reopen', 'withdraw'] as const;
export type ApplicantAction = (typeof applicantActions)[number];

/** What the status page offers. The command decides again when it is taken: an offer may be a moment old. */
export function allowedActions(file: CaseFile, programme: ProgrammeVersion, now: Instant): ApplicantAction[] {
  const { case: it, payouts } = file;
  const row = caseLifecycle[it.status];
  const intake = programme.stages.find(({ kind }) => kind === 'intake');
  const reopenings = intake?.kind === 'intake' ? intake.reopenings : 0;
  const allows: Record<ApplicantAction, boolean> = {
    correct: 'resubmit' in row,
    edit: 'edit' in row && it.firstDecidedAt === undefined,
    'add-papers': !isEnd(caseLifecycle, it.status) && papersStillDue(file, programme, now).length > 0,
    'new-account': it.proposedPayee === undefined && payouts.some(({ status }) => 'replace' in payoutLifecycle[status]),
    reopen: 'reopen' in row && it.reopenedTimes < reopenings,
    withdraw: 'withdraw' in row && payouts.every(({ status }) => status !== 'released' && status !== 'paid'),
  };
  return applicantActions.filter((action) => allows[action]);
}

import { noAudit } from '../kernel/audit.ts';
import {
  type CaseId,
  type HouseholdId,
  type IncidentId,
  outboxIdSchema,
  type PatchId,
  type PersonId,
} from '../kernel/ids.ts';
import { zeroFen } from '../kernel/money.ts';
import type { Standing } from '../programmes/condition.ts';
import type { Answers } from '../programmes/form-field.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import { type Around, type Changes, newCaseFile } from './case-file.ts';
import { changesOf, mailApplicant, record, workOn } from './case-work.ts';
import type { Applicant, PaperFile, Payee, ReliefCase } from './relief-case.ts';

/** What the applicant says: all that is decided on. */
export type Content = {
  readonly applicant: Applicant;
  readonly payee: Payee;
  readonly answers: Answers;
  readonly papers: PaperFile[];
};

export type Submission = Content & {
  readonly caseId: CaseId;
  readonly caseNumber: string;
  readonly programme: ProgrammeVersion;
  readonly householdId: HouseholdId;
  readonly patchId: PatchId;
  readonly beneficiaryId: PersonId;
  readonly enteredById?: PersonId;
  readonly incidentId?: IncidentId;
  readonly standing: Standing;
  readonly isOnRegister: boolean;
  /** Keyed hash; the code itself is shown to the applicant once and never stored. */
  readonly trackingCodeHash: string;
};

/** A new case. It is written on the condition that its id is not taken, so submitting twice makes one application. */
export function submitApplication(submission: Submission, around: Pick<Around, 'now' | 'newId'>): Changes {
  const { programme, ...said } = submission;
  const reliefCase: ReliefCase = {
    ...said,
    version: 0,
    contentVersion: 1,
    programmeId: programme.id,
    programmeVersion: programme.version,
    status: 'submitted',
    stageIndex: 0,
    levelIndex: 0,
    suggestedFen: zeroFen,
    mostFen: zeroFen,
    explanation: [],
    isException: false,
    submittedAt: around.now,
    stageEnteredAt: around.now,
    missing: [],
    reasons: [],
    claims: [],
    reopenedTimes: 0,
    noticeIsEstimate: false,
    audit: noAudit,
  };
  const work = workOn(newCaseFile(reliefCase), { ...around, batches: [] }, 'applicant');
  record(work, 'case-submitted', { programmeId: programme.id, programmeVersion: programme.version });
  work.outbox.push({
    kind: 'start',
    outboxId: outboxIdSchema.parse(`start-${reliefCase.caseId}`),
    createdAt: around.now,
    caseId: reliefCase.caseId,
    executionName: reliefCase.caseId,
  });
  mailApplicant(work, 'submitted');
  return changesOf(work);
}

import type { Around, CaseFile, Changes, Decided } from '../../../shared/cases/case-file.ts';
import type { Fund } from '../../../shared/funds/fund.ts';
import type { CaseId, HouseholdId, NewId, PatchId, PersonId, ProgrammeId } from '../../../shared/kernel/ids.ts';
import type { Instant, LocalDate } from '../../../shared/kernel/time.ts';
import type { Standing } from '../../../shared/programmes/condition.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { Incident, Patch } from '../../../shared/register/household.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import type { Acted } from '../../middleware/act-on-case.ts';
import type { Draft } from './draft.ts';
import type { EvidenceBucket } from './evidence-bucket.ts';

/** The household that an application is for, as the register has it or as the application brought it in. */
export type FoundHousehold = {
  readonly householdId: HouseholdId;
  readonly patchId: PatchId;
  readonly beneficiaryId: PersonId;
  readonly standing: Standing;
  readonly isOnRegister: boolean;
};

/** What the applicants' pages ask of the store. */
export type ApplicantStore = {
  /** The versions in force on a day, one a programme. */
  readonly currentProgrammes: (today: LocalDate) => Promise<readonly ProgrammeVersion[]>;
  readonly programme: (id: ProgrammeId, version: number) => Promise<ProgrammeVersion | undefined>;
  readonly patches: () => Promise<readonly Patch[]>;
  readonly funds: () => Promise<readonly Fund[]>;
  readonly staff: () => Promise<readonly StaffMember[]>;

  /** `secret` is what the browser's cookie holds; without it a draft cannot be read. */
  readonly loadDraft: (secret: string, now: Instant) => Promise<Draft | undefined>;
  readonly saveDraft: (draft: Draft, now: Instant) => Promise<void>;

  /** Finds the household of an ID number, or brings a new, unsurveyed one into the given patch. */
  readonly householdFor: (
    person: { name: string; idNumber: string; phone: string; patchId: PatchId },
    around: { now: Instant; newId: NewId },
  ) => Promise<FoundHousehold>;
  readonly recordIncident: (incident: Incident) => Promise<void>;
  readonly nextCaseNumber: (prefix: string, year: number) => Promise<string>;
  /** `exists`: a case with this id was created before; it is left as it is. */
  /** The new case's file; undefined if there is a case of that id or number already: the form was sent twice. */
  readonly createCase: (changes: Changes) => Promise<CaseFile | undefined>;

  readonly loadCaseFile: (caseId: CaseId) => Promise<CaseFile | undefined>;
  /** What a rule must know besides a case, read now. */
  readonly aroundCase: (file: CaseFile, around: { now: Instant; newId: NewId }) => Promise<Around>;
  readonly findCaseByNumber: (caseNumber: string) => Promise<CaseId | undefined>;
  /** Cases whose notice is posted now, stopped ones too, by the day they were posted. */
  readonly casesOnNotice: () => Promise<readonly CaseFile[]>;

  /** What is kept of a case's present code; undefined if there is no such case. */
  readonly trackingCodeHashOf: (caseId: CaseId) => Promise<string | undefined>;
  readonly hashTrackingCode: (plainCode: string) => Promise<string>;
  /** Counts one try; false once there were more than `limit` in the window. */
  readonly isWithinLimit: (key: string, windowSeconds: number, limit: number, now: Instant) => Promise<boolean>;
};

/** Load, decide, save, send; again if somebody else was faster. */
export type ActOnCase = (caseId: CaseId, decide: (file: CaseFile, around: Around) => Decided) => Promise<Acted>;

export type ApplicantDeps = {
  readonly store: ApplicantStore;
  readonly actOnCase: ActOnCase;
  /** Sends what a submission left in the outbox; the sweeper does it where this fails. */
  readonly sendOutbox: (changes: Changes, file: CaseFile) => Promise<unknown>;
  readonly evidence: EvidenceBucket;
  /** Where the pages are reached, without a slash at the end: an upload comes back to it. */
  readonly siteUrl: string;
  readonly now: () => Instant;
  readonly newId: NewId;
  readonly secrets: { readonly csrf: string; readonly session: string };
};

import type { Around, CaseFile, Decided } from '../../../shared/cases/case-file.ts';
import type { ReliefCase } from '../../../shared/cases/relief-case.ts';
import type { Fund } from '../../../shared/funds/fund.ts';
import type {
  CaseId,
  DraftId,
  HouseholdId,
  NewId,
  PatchId,
  PersonId,
  ProgrammeId,
} from '../../../shared/kernel/ids.ts';
import type { Instant, LocalDate } from '../../../shared/kernel/time.ts';
import type { Changes } from '../../../shared/cases/case-file.ts';
import type { Standing } from '../../../shared/programmes/condition.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { Incident, Patch } from '../../../shared/register/household.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
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

  readonly loadDraft: (draftId: DraftId, now: Instant) => Promise<Draft | undefined>;
  readonly saveDraft: (draft: Draft, expiresAt: Instant) => Promise<void>;

  /** Finds the household of an ID number, or brings a new, unsurveyed one in. */
  readonly householdFor: (
    person: { name: string; idNumber: string; phone: string; unit: string },
    around: { now: Instant; newId: NewId },
  ) => Promise<FoundHousehold>;
  readonly recordIncident: (incident: Incident) => Promise<void>;
  readonly nextCaseNumber: (prefix: string, year: number) => Promise<string>;
  /** `exists`: a case with this id was created before; it is left as it is. */
  readonly createCase: (changes: Changes) => Promise<'created' | 'exists'>;

  readonly loadCaseFile: (caseId: CaseId) => Promise<CaseFile | undefined>;
  readonly findCaseByNumber: (caseNumber: string) => Promise<ReliefCase | undefined>;
  readonly casesOnNotice: () => Promise<readonly ReliefCase[]>;

  readonly hashTrackingCode: (plainCode: string) => Promise<string>;
  readonly openTracking: (caseId: CaseId, now: Instant) => Promise<string>;
  /** The case that a tracking session is for, or undefined if it is unknown or has run out. */
  readonly trackedCase: (sessionId: string, now: Instant) => Promise<CaseId | undefined>;
  /** Counts one try; false once there were more than `limit` in the window. */
  readonly isWithinLimit: (key: string, windowSeconds: number, limit: number, now: Instant) => Promise<boolean>;
};

export type ActOutcome =
  | { readonly kind: 'done'; readonly file: CaseFile }
  | { readonly kind: 'refused'; readonly code: string; readonly params?: Readonly<Record<string, string | number>> }
  | { readonly kind: 'not-found' };

/** Load, decide, save, send; again if somebody else was faster. */
export type ActOnCase = (caseId: CaseId, decide: (file: CaseFile, around: Around) => Decided) => Promise<ActOutcome>;

export type ApplicantDeps = {
  readonly store: ApplicantStore;
  readonly actOnCase: ActOnCase;
  /** Sends what a submission left in the outbox; the sweeper does it where this fails. */
  readonly sendOutbox: (changes: Changes) => Promise<void>;
  readonly evidence: EvidenceBucket;
  /** Where the pages are reached, without a slash at the end: an upload comes back to it. */
  readonly siteUrl: string;
  readonly now: () => Instant;
  readonly newId: NewId;
  readonly secrets: { readonly csrf: string; readonly draft: string; readonly trackingCode: string };
};

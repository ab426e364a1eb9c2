import type { Around, CaseFile, Decided, OutboxItem, RefusalCode } from '../../../shared/cases/case-file.ts';
import type { PaperFile } from '../../../shared/cases/relief-case.ts';
import type { ScheduledItem } from '../../../shared/cases/scheduled-item.ts';
import type { Payout, PayoutStatus } from '../../../shared/disbursement/payout.ts';
import type { Fund, LedgerEntry } from '../../../shared/funds/fund.ts';
import type { AuditEvent } from '../../../shared/kernel/audit.ts';
import type { CaseId, FundId, HouseholdId, NewId, PatchId, PersonId } from '../../../shared/kernel/ids.ts';
import type { Instant, LocalDate } from '../../../shared/kernel/time.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { Household, Membership, Patch, Person } from '../../../shared/register/household.ts';
import type { Authenticator, AuthenticatorDecided } from '../../../shared/register/authenticator.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import type { Directory, StaffDecided, StaffRefusal } from '../../../shared/register/staff-change.ts';
import type { AroundOptions, KnownAround } from '../../../shared/store/around-store.ts';
import type { ChangedAuthenticator } from '../../../shared/store/authenticator-store.ts';
import type { CaseSummary, OpenTask } from '../../../shared/store/case-store.ts';
import type { Page } from '../../../shared/store/cursor.ts';
import type { DueListing } from '../../../shared/store/scheduled-store.ts';
import type { ResolvedLink } from '../../../shared/store/link-store.ts';
import type { ActOptions } from '../../middleware/act-on-case.ts';

export type { CaseSummary, OpenTask, Page, ResolvedLink };

export type Listing = { readonly cursor?: string | undefined; readonly limit: number };

/** What is known already of what surrounds a case, and whether its funds are left unread. */
export type AroundCase = KnownAround & Pick<AroundOptions, 'withoutFunds'>;

/** What the pages of the staff ask of the store. */
export type StaffStore = {
  readonly loadCaseFile: (caseId: CaseId) => Promise<CaseFile | undefined>;
  readonly loadAround: (file: CaseFile, options?: AroundCase) => Promise<Around>;
  readonly findCaseByNumber: (text: string) => Promise<CaseId | undefined>;
  readonly otherCasesOfHousehold: (
    theCase: Pick<CaseSummary, 'caseId' | 'householdId'>,
  ) => Promise<readonly CaseSummary[]>;
  readonly caseSummaries: (caseIds: readonly CaseId[]) => Promise<readonly CaseSummary[]>;
  readonly listCases: (options: Listing & { readonly which: 'open' | 'closed' }) => Promise<Page<CaseSummary>>;
  readonly openRequestsOf: (personId: PersonId) => Promise<readonly OpenTask[]>;
  readonly itemsDue: (options: DueListing) => Promise<Page<ScheduledItem>>;
  readonly payoutsByStatus: (
    status: PayoutStatus,
    options: Listing & { readonly isNewestFirst?: boolean },
  ) => Promise<Page<Payout>>;
  readonly funds: () => Promise<readonly Fund[]>;
  readonly ledgerOfFund: (fundId: FundId) => Promise<readonly LedgerEntry[]>;
  readonly auditTrail: (aggregate: string) => Promise<readonly AuditEvent[]>;
  readonly programmes: () => Promise<readonly ProgrammeVersion[]>;

  readonly staff: () => Promise<readonly StaffMember[]>;
  readonly staffMember: (personId: PersonId) => Promise<StaffMember | undefined>;
  readonly authenticatorOf: (personId: PersonId) => Promise<Authenticator | undefined>;
  readonly hashPrintedCode: (personId: PersonId, plainCode: string) => Promise<string>;
  readonly staffByEmail: (email: string) => Promise<StaffMember | undefined>;

  readonly patches: () => Promise<readonly Patch[]>;
  readonly householdsOfPatch: (patchId: PatchId) => Promise<readonly Household[]>;
  readonly membersOf: (householdId: HouseholdId, today: LocalDate) => Promise<readonly Membership[]>;
  readonly person: (personId: PersonId) => Promise<Person | undefined>;

  readonly resolveLink: (token: string, now: Instant) => Promise<ResolvedLink>;
  readonly createSession: (personId: PersonId, now: Instant, validMs: number) => Promise<string>;
  /** Whose session it is, if it has not ended. */
  readonly sessionPerson: (token: string, now: Instant) => Promise<PersonId | undefined>;
  readonly endSession: (token: string) => Promise<void>;
  /** Looking at a sign-in link uses nothing up; using it does. */
  readonly peekSignIn: (token: string, now: Instant) => Promise<PersonId | undefined>;
  readonly useSignIn: (token: string, now: Instant) => Promise<PersonId | undefined>;
  /** Counts one try; false once there were more than `limit` in the window. */
  readonly isWithinLimit: (key: string, windowSeconds: number, limit: number, now: Instant) => Promise<boolean>;
  readonly hashTrackingCode: (plainCode: string) => Promise<string>;
};

/** The directory after a change, or why it stays as it was. */
export type StaffChanged =
  | { readonly kind: 'saved'; readonly member: StaffMember }
  | { readonly kind: 'stale' }
  | { readonly kind: 'refused'; readonly code: StaffRefusal };

export type ActOutcome =
  | { readonly kind: 'done'; readonly file: CaseFile }
  | {
      readonly kind: 'refused';
      readonly code: RefusalCode;
      readonly params?: Readonly<Record<string, string | number>>;
    }
  | { readonly kind: 'unknown-case' };

/** What the three apps of the staff (approver, finance, office) are made of. */
export type StaffDeps = {
  readonly store: StaffStore;
  /**
   * Load, decide, save, send; again if somebody else was faster. What may award money says so: else `around` holds no funds. A `reading`
   * that this request has made of the case is decided on first.
   */
  readonly actOnCase: (
    caseId: CaseId,
    decide: (file: CaseFile, around: Around) => Decided,
    options?: Pick<ActOptions, 'awards' | 'reading'>,
  ) => Promise<ActOutcome>;
  /** Load the staff, decide, save, mail whoever can confirm; again if somebody else was faster. */
  readonly changeStaff: (decide: (staff: Directory) => StaffDecided) => Promise<StaffChanged>;
  /** Reads somebody's authenticator, decides, saves; again if somebody else was faster. */
  readonly changeAuthenticator: (
    personId: PersonId,
    decide: (before: Authenticator | undefined) => AuthenticatorDecided,
  ) => Promise<ChangedAuthenticator>;
  /** Puts a message that belongs to no change of a case into the outbox, and sends it. */
  readonly post: (item: OutboxItem) => Promise<void>;
  /** An address at which a paper can be seen for a minute. */
  readonly paperUrl: (file: Pick<PaperFile, 'objectKey' | 'contentType'>) => Promise<string>;
  readonly now: () => Instant;
  readonly newId: NewId;
  readonly secrets: { readonly csrf: string; readonly session: string };
};

import type { Award, DecisionRequest, Vote } from '../cases/decision-request.ts';
import type { Recovery } from '../cases/recovery.ts';
import type { ReliefCase } from '../cases/relief-case.ts';
import type { Batch } from '../disbursement/batch.ts';
import type { Payout } from '../disbursement/payout.ts';
import type { LedgerEntry } from '../funds/fund.ts';
import type { Objection } from '../notice/objection.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';

/** A case as its proof needs it: nothing personal, so that no key is asked for and a person who was forgotten is no fault. */
export type CaseOutline = Pick<
  ReliefCase,
  | 'caseId'
  | 'caseNumber'
  | 'programmeId'
  | 'programmeVersion'
  | 'householdId'
  | 'status'
  | 'isException'
  | 'suggestedFen'
  | 'recommendedFen'
  | 'approvedFen'
  | 'owedFen'
  | 'closedAt'
  | 'noticeFrom'
  | 'noticeUntil'
  | 'tallyKey'
  | 'audit'
>;
export type VoteOutline = Omit<Vote, 'note' | 'missing'>;
export type PayoutOutline = Omit<Payout, 'payee' | 'failureReason'>;

export type RecoveryOutline = Omit<Recovery, 'reason' | 'waiverReason'>;

export type ObjectionOutline = Pick<Objection, 'objectionId' | 'status'>;

/** A case with all that must agree with it. */
export type CaseBook = {
  readonly case: CaseOutline;
  readonly requests: readonly DecisionRequest[];
  readonly votes: readonly VoteOutline[];
  readonly awards: readonly Award[];
  readonly payouts: readonly PayoutOutline[];
  readonly recoveries: readonly RecoveryOutline[];
  readonly objections: readonly ObjectionOutline[];
  /** The version that the case pins. */
  readonly programme: ProgrammeVersion;
  /** What the ledgers of all funds say of this case. */
  readonly entries: readonly LedgerEntry[];
  readonly batches: ReadonlyMap<string, Batch>;
  /** The payouts and repayments whose bank reference is marked as theirs. */
  readonly referencesHeld: ReadonlySet<string>;
  /** What its household's tally says that this case counts for; 0 if nothing. */
  readonly talliedFen: number;
};

import * as z from 'zod';
import type { Batch } from '../disbursement/batch.ts';
import type { Payout } from '../disbursement/payout.ts';
import type { Fund, LedgerEntry } from '../funds/fund.ts';
import type { AuditFact } from '../kernel/audit.ts';
import {
  bankResultIdSchema,
  batchIdSchema,
  caseIdSchema,
  fundIdSchema,
  objectionIdSchema,
  outboxIdSchema,
  personIdSchema,
  proposalIdSchema,
  recoveryIdSchema,
  requestIdSchema,
  scheduledItemIdSchema,
} from '../kernel/ids.ts';
import type { BatchId, HouseholdId, NewId, PayoutId, PersonId, RequestId } from '../kernel/ids.ts';
import type { Fen } from '../kernel/money.ts';
import { type Instant, instantSchema, type LocalDate } from '../kernel/time.ts';
import type { Objection } from '../notice/objection.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { Interests } from '../register/household.ts';
import type { StaffMember } from '../register/staff.ts';
import type { Award, DecisionRequest, Vote } from './decision-request.ts';
import type { Recovery } from './recovery.ts';
import type { ReliefCase } from './relief-case.ts';
import type { ScheduledItem } from './scheduled-item.ts';

/** Everything that lies in one case's partition. A command reads it whole, and its one write is conditional on the case's version. */
export type CaseFile = {
  readonly case: ReliefCase;
  readonly requests: readonly DecisionRequest[];
  readonly votes: readonly Vote[];
  readonly awards: readonly Award[];
  readonly payouts: readonly Payout[];
  readonly objections: readonly Objection[];
  /** What comes due outside of the workflow; a case of before there was such a thing has none. */
  readonly scheduled: readonly ScheduledItem[];
  /** What the household has to pay back 追回. */
  readonly recoveries: readonly Recovery[];
};

/** A case of which nothing but itself is there yet. */
export const newCaseFile = (theCase: ReliefCase): CaseFile => ({
  case: theCase,
  requests: [],
  votes: [],
  awards: [],
  payouts: [],
  objections: [],
  scheduled: [],
  recoveries: [],
});

/** What a rule must know besides the case. All of it read now, not when a mail went out. */
export type Around = {
  readonly now: Instant;
  readonly newId: NewId;
  readonly programme: ProgrammeVersion;
  readonly staff: readonly StaffMember[];
  readonly interests: Interests;
  readonly funds: readonly Fund[];
  /** The batches of those of this case's payouts that are in one: whether the bank has been told is written there first. */
  readonly batches: readonly Batch[];
  /** What the household has been awarded under this programme in the cap's period, this case not counted. */
  readonly awardedFen: Fen;
  readonly capKey: string;
  /** From 0 to 1, by a keyed hash, the same for the same case: whether it is in a sample. Known while the case is in payment. */
  readonly checkDraw?: number;
};

/** A message to send once the change is saved. It carries ids only; the sender looks names and addresses up. */
export const mailTemplates = [
  'decide',
  'reminder',
  'stand-in',
  'overdue-office',
  'overdue-applicant',
  'submitted',
  'returned',
  'refused',
  'declined',
  'approved',
  'on-notice',
  'objection-stopped',
  'objection-admitted',
  'objection-rejected',
  'objection-upheld',
  'objection-dismissed',
  'objection-overtaken',
  'advance-ordered',
  'payment-failed',
  'account-to-approve',
  'paid',
  'withdrawn',
  'lapsed',
  'sign-in',
  'tracking-code',
  'address-change',
  'paper-due',
  'paper-overdue',
  'paper-extended',
  'advance-unpaid',
  'chain-due',
  'home-visit-due',
  'visit-due',
  'item-overdue',
  'claw-back',
  'bank-silent',
  'payment-check',
  'payment-finding',
  'fund-ending',
  'fund-over',
  'fund-to-confirm',
  'recovery-to-confirm',
  'repayment-void',
] as const;
export type MailTemplate = (typeof mailTemplates)[number];

/**
 * `start` starts the workflow of a case, `wake` hands a decided request to the waiting workflow and is done only when the workflow
 * has consumed it, `batch` and `bank-result` carry what was decided on a batch, or what a bank's file says, to each payment, `mail` sends one message. Sent at once after the commit; the sweeper sends what a dead process left.
 */
export const outboxItemSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    outboxId: outboxIdSchema,
    createdAt: instantSchema,
    caseId: caseIdSchema,
    executionName: z.string(),
  }),
  z.strictObject({
    kind: z.literal('wake'),
    outboxId: outboxIdSchema,
    createdAt: instantSchema,
    caseId: caseIdSchema,
    requestId: requestIdSchema,
  }),
  z.strictObject({
    kind: z.literal('batch'),
    outboxId: outboxIdSchema,
    createdAt: instantSchema,
    batchId: batchIdSchema,
  }),
  z.strictObject({
    kind: z.literal('bank-result'),
    outboxId: outboxIdSchema,
    createdAt: instantSchema,
    resultId: bankResultIdSchema,
  }),
  z.strictObject({
    kind: z.literal('mail'),
    outboxId: outboxIdSchema,
    createdAt: instantSchema,
    /** Absent for a mail about no case (sign-in). */
    caseId: caseIdSchema.exactOptional(),
    requestId: requestIdSchema.exactOptional(),
    /** The fund that the mail is about, where it is about none of the cases. */
    fundId: fundIdSchema.exactOptional(),
    /** What was proposed for it and waits for a second person: the mail is not sent once that is settled. */
    proposalId: proposalIdSchema.exactOptional(),
    /** What of the case is to come back; a mail that asks for a second person is not sent once nothing of it waits for one. */
    recoveryId: recoveryIdSchema.exactOptional(),
    /** What the mail reminds of: it is not sent once that is done. */
    itemId: scheduledItemIdSchema.exactOptional(),
    template: z.enum(mailTemplates),
    /** `objection`: whoever raised it, whose address is sealed with them. */
    to: z.union([
      z.strictObject({ person: personIdSchema }),
      z.strictObject({ objection: objectionIdSchema }),
      z.literal('applicant'),
    ]),
    /** The seat's link generation, where the mail carries a decision link. */
    generation: z.number().int().positive().exactOptional(),
  }),
]);
export type OutboxItem = z.infer<typeof outboxItemSchema>;

/** A decision link to be made valid with this change; the token itself is derived when the mail is written and never stored. */
export type LinkIssue = {
  readonly requestId: RequestId;
  readonly personId: PersonId;
  readonly generation: number;
  readonly expiresAt: Instant;
};

/** What one command changes, to be written in one transaction. Absent lists change nothing. */
export type Changes = {
  readonly case: ReliefCase;
  readonly requests?: readonly DecisionRequest[];
  readonly votes?: readonly Vote[];
  readonly awards?: readonly Award[];
  readonly payouts?: readonly Payout[];
  readonly objections?: readonly Objection[];
  readonly scheduled?: readonly ScheduledItem[];
  readonly recoveries?: readonly Recovery[];
  /** Money moves; the funds after them are worked out from the funds as read, each write conditional on its fund's version. */
  readonly entries?: readonly LedgerEntry[];
  /** Keys (bill, incident, business) that this case takes or gives back; taking one that another live case holds fails the write. */
  readonly takesClaims?: readonly string[];
  readonly releasesClaims?: readonly string[];
  /** Bank references, in plain form, that a payout carries from now on; one that another payout carries fails the write. */
  readonly takesBankReferences?: readonly { readonly reference: string; readonly payoutId: PayoutId }[];
  /** Those that a payout no longer carries, since they were entered wrongly; another may carry them now. */
  readonly releasesBankReferences?: readonly { readonly reference: string; readonly payoutId: PayoutId }[];
  /** The batch that a payout enters: the write fails unless that is in the making. */
  readonly entersBatch?: BatchId;
  /** Batches that a payout has left, each written on the condition of its version. */
  readonly batches?: readonly Batch[];
  /**
   * What this case counts for against the household's cap from now on (0 takes it back). The write fails with `cap-passed` if the
   * awards of that key since `since` (all of them, if absent) would pass `maxFen`.
   */
  readonly tally?: {
    readonly capKey: string;
    readonly householdId: HouseholdId;
    readonly amountFen: Fen;
    readonly maxFen: Fen;
    readonly on: LocalDate;
    readonly since?: LocalDate;
  };
  readonly facts: readonly AuditFact[];
  readonly outbox?: readonly OutboxItem[];
  /** Outbox items that this change completes. */
  readonly doneOutbox?: readonly Pick<OutboxItem, 'outboxId' | 'createdAt'>[];
  readonly links?: readonly LinkIssue[];
};

/** A refusal that people can be told about; `code` is a key of the catalogue. */
export type Refusal = {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly params?: Readonly<Record<string, string | number>>;
};

export const refusalCodes = [
  'not-possible-now',
  'not-your-turn',
  'not-allowed',
  'barred-by-interest',
  'decided-before',
  'request-closed',
  'request-superseded',
  'content-changed',
  'answer-not-possible',
  'amount-missing',
  'amount-over-most',
  'amount-zero',
  'reason-missing',
  'visit-missing',
  'visit-date-impossible',
  'funds-short',
  'shares-do-not-add-up',
  'fund-may-not-pay',
  'cap-passed',
  'claim-taken',
  'already-released',
  'edit-after-decision',
  'bank-reference-missing',
  'bank-reference-used',
  'batch-changed',
  'paid-on-impossible',
  'same-person',
  'reopened-before',
  'notice-over',
  'objected-before',
  'objections-many',
  'papers-missing',
  'date-out-of-range',
  'more-than-owed',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export type Decided = { readonly kind: 'changed'; readonly changes: Changes } | Refusal;

/** Where the workflow goes next, and how long it waits there before it looks again. */
export const routeSchema = z.strictObject({
  next: z.enum(['intake', 'correction', 'advance', 'review', 'approval', 'notice', 'objection', 'disbursement', 'end']),
  timeoutSeconds: z.number().int().positive(),
});
export type Route = z.infer<typeof routeSchema>;

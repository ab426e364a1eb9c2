import { createHash } from 'node:crypto';
import * as z from 'zod';
import { auditHeadSchema } from '../kernel/audit.ts';
import { fenSchema } from '../kernel/fen-schema.ts';
import { batchIdSchema, caseIdSchema, fundIdSchema, payoutIdSchema, personIdSchema } from '../kernel/ids.ts';
import type { PayoutId } from '../kernel/ids.ts';
import { type LifecycleTable, transition } from '../kernel/lifecycle.ts';
import { addFen, type Fen } from '../kernel/money.ts';
import { instantSchema } from '../kernel/time.ts';

export const batchStatuses = ['making', 'closing', 'made', 'released', 'dissolved'] as const;
export type BatchStatus = (typeof batchStatuses)[number];

/**
 * `enter`: one payment's own record says that it is in it, written only while the batch is in the making. `close`: no further one enters.
 * `finish`: those that entered are counted, and the batch is of them. `leave`: one of its payments was called off. `release` is the
 * moment at which the bank is told; nothing leaves after it.
 */
export type BatchAction = 'enter' | 'close' | 'finish' | 'leave' | 'release' | 'dissolve';

export const batchLifecycle: LifecycleTable<BatchStatus, BatchAction> = {
  making: { enter: 'making', close: 'closing', leave: 'making', dissolve: 'dissolved' },
  closing: { finish: 'made', leave: 'closing', dissolve: 'dissolved' },
  made: { release: 'released', leave: 'made', dissolve: 'dissolved' },
  released: {},
  dissolved: {},
};

/** How the bank takes a batch; see `bank-profiles`. */
export const bankProfileIds = ['icbc-batch', 'cmb-payroll', 'generic-csv', 'pain.001'] as const;
export type BankProfileId = (typeof bankProfileIds)[number];

/** What is odd about an account; it blocks nothing, but must be answered before the batch is made. */
export const payeeWarnings = [
  'account-of-another-household',
  'account-changed',
  'holder-differs',
  'check-digit',
  'large-to-new-account',
] as const;
export type PayeeWarning = (typeof payeeWarnings)[number];

/** How it was looked into. A closed list: what a batch keeps holds no personal value. */
export const warningAnswers = ['asked-the-payee', 'asked-the-bank', 'seen-the-card', 'seen-the-proof'] as const;
export type WarningAnswer = (typeof warningAnswers)[number];

/**
 * One payment of a batch. `payeeDigest` is a keyed digest of holder, bank and account, so that a change after sealing is found. `isIn`:
 * its own record says so too, as was found when the batch was made.
 */
export const batchMemberSchema = z.strictObject({
  caseId: caseIdSchema,
  payoutId: payoutIdSchema,
  fundId: fundIdSchema,
  amountFen: fenSchema,
  payeeDigest: z.string(),
  isIn: z.boolean(),
});
export type BatchMember = z.infer<typeof batchMemberSchema>;

/** The file as it was handed to the bank: its bytes lie in the bucket under `objectKey`, and their SHA-256 here. */
export const batchFileSchema = z.strictObject({
  name: z.string(),
  objectKey: z.string(),
  contentType: z.string(),
  sha256: z.string(),
  sizeBytes: z.number().int().positive(),
});
export type BatchFile = z.infer<typeof batchFileSchema>;

/** The most payments of a batch: what one person can check, and what enters it within one request. */
export const mostMembers = 200;

/**
 * A batch 批次: payments that go to the bank in one file, made by one person and released by another. This item is its commit point:
 * a payment is in the batch that its header lists, and has been sent when that header says `released`, even before the payment's
 * own record says so.
 */
export const batchSchema = z.strictObject({
  batchId: batchIdSchema,
  batchNumber: z.string(),
  profileId: z.enum(bankProfileIds),
  status: z.enum(batchStatuses),
  members: z.array(batchMemberSchema).max(mostMembers),
  totalFen: fenSchema,
  /** See `digestOfAsked`. Batches begun before it was kept have none. */
  askedDigest: z.string().exactOptional(),
  answers: z.array(
    z.strictObject({
      payoutId: payoutIdSchema,
      warning: z.enum(payeeWarnings),
      answer: z.enum(warningAnswers),
      by: personIdSchema,
    }),
  ),
  madeBy: personIdSchema,
  madeAt: instantSchema,
  releasedBy: personIdSchema.exactOptional(),
  releasedAt: instantSchema.exactOptional(),
  file: batchFileSchema.exactOptional(),
  version: z.number().int().nonnegative(),
  audit: auditHeadSchema,
});
export type Batch = z.infer<typeof batchSchema>;

/**
 * What the form of a batch asked for: these payments, for this bank. Its second press asks for the same, whatever has left the batch
 * meanwhile; one that asks for anything else is not of this batch.
 */
export const digestOfAsked = (profileId: BankProfileId, payoutIds: readonly PayoutId[]): string =>
  createHash('sha256')
    .update([profileId, ...new Set(payoutIds.toSorted())].join('\n'))
    .digest('base64url');

export const totalOf = (members: readonly Pick<BatchMember, 'amountFen'>[]): Fen =>
  addFen(...members.map(({ amountFen }) => amountFen));

/** Whether a payment may enter it: it lists that payment, and is still in the making. */
export const takesIn = ({ status, members }: Batch, payoutId: PayoutId): boolean =>
  transition(batchLifecycle, status, 'enter').ok && members.some((member) => member.payoutId === payoutId);

/** The batch without one of its payments; version and audit head are set by the write. */
export function withoutMember(batch: Batch, payoutId: PayoutId): Batch {
  const members = batch.members.filter((member) => member.payoutId !== payoutId);
  return { ...batch, members, totalFen: totalOf(members) };
}

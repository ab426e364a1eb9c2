import * as z from 'zod';
import { fenSchema } from '../kernel/fen-schema.ts';
import {
  awardIdSchema,
  batchIdSchema,
  caseIdSchema,
  fundIdSchema,
  payoutIdSchema,
  personIdSchema,
} from '../kernel/ids.ts';
import type { LifecycleTable } from '../kernel/lifecycle.ts';
import { scanSchema } from '../kernel/scan.ts';
import { instantSchema, localDateSchema } from '../kernel/time.ts';

export const payoutStatuses = [
  'ordered',
  'batched',
  'sent',
  'unknown',
  'paid',
  'failed',
  'returned',
  'replaced',
  'cancelled',
] as const;
export type PayoutStatus = (typeof payoutStatuses)[number];

/**
 * `send` follows from the release of the batch: from then on the applicant cannot withdraw. `silence`: the bank was told and does not
 * answer; such a payment is never tried again by itself, its statement settles it. `fail`: the bank refused it; `return` 退票: the
 * bank had paid and sent it back. `replace` closes either when the office has approved a new account; the new attempt of the same
 * award share is an order of its own. `undo` takes back a wrong answer entered here, by a reversal.
 */
export type PayoutAction =
  | 'batch'
  | 'unbatch'
  | 'send'
  | 'silence'
  | 'confirm'
  | 'fail'
  | 'return'
  | 'undo'
  | 'replace'
  | 'cancel';

export const payoutLifecycle: LifecycleTable<PayoutStatus, PayoutAction> = {
  ordered: { batch: 'batched', cancel: 'cancelled' },
  batched: { send: 'sent', unbatch: 'ordered', cancel: 'cancelled' },
  sent: { confirm: 'paid', fail: 'failed', silence: 'unknown' },
  unknown: { confirm: 'paid', fail: 'failed' },
  paid: { return: 'returned', undo: 'sent' },
  failed: { replace: 'replaced', cancel: 'cancelled', undo: 'sent' },
  returned: { replace: 'replaced', cancel: 'cancelled' },
  replaced: {},
  cancelled: {},
};

/** One attempt 发放 to pay one fund's share of one award. The payee is this record's own copy: the ledger outlives the application. */
export const payoutSchema = z.strictObject({
  payoutId: payoutIdSchema,
  caseId: caseIdSchema,
  awardId: awardIdSchema,
  fundId: fundIdSchema,
  amountFen: fenSchema,
  attempt: z.number().int().positive(),
  payee: z.strictObject({ holderName: z.string(), bankName: z.string(), accountNumber: z.string() }),
  status: z.enum(payoutStatuses),
  orderedAt: instantSchema,
  /** The batch 批次 that it is in, and who made that. */
  batchId: batchIdSchema.exactOptional(),
  batchedBy: personIdSchema.exactOptional(),
  /** When its batch was released to the bank, and by whom. */
  sentAt: instantSchema.exactOptional(),
  sentBy: personIdSchema.exactOptional(),
  settledAt: instantSchema.exactOptional(),
  settledBy: personIdSchema.exactOptional(),
  /** The bank's own reference, which no other payout carries, and the value date. */
  bankReference: z.string().exactOptional(),
  paidOn: localDateSchema.exactOptional(),
  /** The bank's receipt 回单 for it, where whoever confirmed it one by one had one. */
  bankReceipt: scanSchema.exactOptional(),
  /** The ledger's entry of the payment, which a reversal names. */
  paidByEntry: z.string().exactOptional(),
  failureReason: z.string().exactOptional(),
});
export type Payout = z.infer<typeof payoutSchema>;

/** The bank has been told to pay, and nothing says that it did not: this money may be with the payee. */
export const isWithBank = ({ status }: Pick<Payout, 'status'>): boolean =>
  status === 'sent' || status === 'unknown' || status === 'paid';

/** The bank did not pay, or paid and sent it back: another account is needed. */
export const needsAccount = ({ status }: Pick<Payout, 'status'>): boolean =>
  status === 'failed' || status === 'returned';

/** Nothing more is expected of it, unless the bank sends it back or somebody finds that it was entered wrongly. */
export const isSettled = ({ status }: Pick<Payout, 'status'>): boolean =>
  status === 'paid' || status === 'replaced' || status === 'cancelled';

/** A bank reference as it is compared, however it was typed: full-width or lower case, with blanks or without. */
export const plainBankReference = (typed: string): string => typed.normalize('NFKC').toUpperCase().replace(/\s/g, '');

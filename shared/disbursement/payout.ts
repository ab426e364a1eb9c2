import * as z from 'zod';
import { fenSchema } from '../kernel/fen-schema.ts';
import { awardIdSchema, caseIdSchema, fundIdSchema, payoutIdSchema, personIdSchema } from '../kernel/ids.ts';
import type { LifecycleTable } from '../kernel/lifecycle.ts';
import { instantSchema, localDateSchema } from '../kernel/time.ts';

export const payoutStatuses = ['ordered', 'released', 'paid', 'failed', 'replaced', 'cancelled'] as const;
export type PayoutStatus = (typeof payoutStatuses)[number];

/**
 * `release` hands the order to the bank: from then on the applicant cannot withdraw. `replace` closes a failed attempt when the
 * office has approved a new account; the new attempt of the same award share is an order of its own.
 */
export type PayoutAction = 'release' | 'confirm' | 'fail' | 'replace' | 'cancel';

export const payoutLifecycle: LifecycleTable<PayoutStatus, PayoutAction> = {
  ordered: { release: 'released', cancel: 'cancelled' },
  released: { confirm: 'paid', fail: 'failed' },
  paid: {},
  failed: { replace: 'replaced', cancel: 'cancelled' },
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
  releasedAt: instantSchema.exactOptional(),
  releasedBy: personIdSchema.exactOptional(),
  settledAt: instantSchema.exactOptional(),
  settledBy: personIdSchema.exactOptional(),
  /** The bank's own reference, which no other payout carries, and the value date. */
  bankReference: z.string().exactOptional(),
  paidOn: localDateSchema.exactOptional(),
  failureReason: z.string().exactOptional(),
});
export type Payout = z.infer<typeof payoutSchema>;

/** A bank reference as it is compared, however it was typed: full-width or lower case, with blanks or without. */
export const plainBankReference = (typed: string): string => typed.normalize('NFKC').toUpperCase().replace(/\s/g, '');

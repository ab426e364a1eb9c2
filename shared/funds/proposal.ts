import * as z from 'zod';
import { fenSchema } from '../kernel/fen-schema.ts';
import { fundIdSchema, personIdSchema, proposalIdSchema } from '../kernel/ids.ts';
import type { LifecycleTable } from '../kernel/lifecycle.ts';
import { instantSchema } from '../kernel/time.ts';
import { fundTermsSchema } from './fund-terms.ts';
import { receiptSchema, voucherSchema } from './receipt.ts';

export const proposalStatuses = ['proposed', 'confirmed', 'rejected', 'undone'] as const;
export type ProposalStatus = (typeof proposalStatuses)[number];
export type ProposalAction = 'confirm' | 'reject' | 'undo';

/** Only a receipt is ever undone; the undoing is a proposal of its own, by two persons again. */
export const proposalLifecycle: LifecycleTable<ProposalStatus, ProposalAction> = {
  proposed: { confirm: 'confirmed', reject: 'rejected' },
  confirmed: { undo: 'undone' },
  rejected: {},
  undone: {},
};

const reason = z.string().min(1);

/** What somebody wants to happen to a fund. Nothing of it happens before somebody else has confirmed it. */
export const wantedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), terms: fundTermsSchema }),
  z.strictObject({ kind: z.literal('change'), terms: fundTermsSchema }),
  z.strictObject({ kind: z.literal('receipt'), ...receiptSchema.shape }),
  /** `receiptId` is the receipt's own proposal. */
  z.strictObject({ kind: z.literal('undo-receipt'), receiptId: proposalIdSchema, amountFen: fenSchema, reason }),
  /** What is left goes back to the source, by the bank transfer of the voucher. */
  z.strictObject({ kind: z.literal('hand-back'), amountFen: fenSchema, voucher: voucherSchema, reason }),
  /** What is left goes into the fund that follows. */
  z.strictObject({ kind: z.literal('carry-over'), amountFen: fenSchema, into: fundIdSchema, reason }),
]);
export type Wanted = z.infer<typeof wantedSchema>;

/**
 * Something about a fund that one person proposes and another settles. It has an audit chain of its own; what it moves is written
 * with its confirmation, in one transaction, and the ledger's entries name it.
 */
export const proposalSchema = z.strictObject({
  proposalId: proposalIdSchema,
  fundId: fundIdSchema,
  wanted: wantedSchema,
  status: z.enum(proposalStatuses),
  proposedBy: personIdSchema,
  /** As what they proposed it: the two of a pair are never both of the office. */
  proposedAs: z.enum(['finance', 'office']),
  proposedAt: instantSchema,
  settledBy: personIdSchema.exactOptional(),
  settledAt: instantSchema.exactOptional(),
  rejectedBecause: reason.exactOptional(),
  /** What its confirmation wrote into the ledger. */
  entryIds: z.array(z.string()),
  /** The proposal that undid this receipt. */
  undoneBy: proposalIdSchema.exactOptional(),
  version: z.number().int(),
  audit: z.strictObject({ sequence: z.number().int(), hash: z.string() }),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** The scan of the voucher that a proposal stands on. */
export const scanOf = ({ wanted }: Pick<Proposal, 'wanted'>) => ('voucher' in wanted ? wanted.voucher.scan : undefined);

/** How much a proposal moves; nothing where it only sets terms. */
export const amountOf = ({ wanted }: Pick<Proposal, 'wanted'>) =>
  'amountFen' in wanted ? wanted.amountFen : undefined;

import * as z from 'zod';
import { auditHeadSchema } from '../../kernel/audit.ts';
import { fenSchema } from '../../kernel/fen-schema.ts';
import { bankResultIdSchema, batchIdSchema, caseIdSchema, payoutIdSchema, personIdSchema } from '../../kernel/ids.ts';
import type { LifecycleTable } from '../../kernel/lifecycle.ts';
import { instantSchema, localDateSchema } from '../../kernel/time.ts';
import { resultFormats } from './bank-row.ts';

/** Why a row settles nothing; each is a sentence of the catalogue. */
export const rowProblems = [
  'unknown',
  'other-batch',
  'doubled',
  'amount-differs',
  'amount-missing',
  'account-differs',
  'name-differs',
  'already-settled',
  'not-sent',
  'not-paid-yet',
  'not-final',
  'reference-missing',
  'reference-used',
  'date-missing',
  'date-impossible',
  'barred',
  'not-possible',
] as const;
export type RowProblem = (typeof rowProblems)[number];

/** What a row comes to. `confirm` has the bank's reference and its day; `reason`, the bank's own words, is sealed where it is stored. */
export const settlementSchema = z.strictObject({
  line: z.number().int().positive(),
  caseId: caseIdSchema,
  payoutId: payoutIdSchema,
  action: z.enum(['confirm', 'fail', 'return']),
  amountFen: fenSchema,
  bankReference: z.string().exactOptional(),
  paidOn: localDateSchema.exactOptional(),
  reason: z.string().exactOptional(),
});
export type Settlement = z.infer<typeof settlementSchema>;

/** The most that one file may settle: what its header can list. */
export const mostSettlements = 500;

const problemsSchema = z.partialRecord(z.enum(rowProblems), z.array(z.number().int().positive()));
export type RowProblems = z.infer<typeof problemsSchema>;

export const bankResultStatuses = ['read', 'applying', 'applied'] as const;
export type BankResultStatus = (typeof bankResultStatuses)[number];

/** A file may be applied again: another person settles what the first was barred from. */
export const bankResultLifecycle: LifecycleTable<BankResultStatus, 'apply' | 'finish'> = {
  read: { apply: 'applying' },
  applying: { finish: 'applied' },
  applied: { apply: 'applying' },
};

/**
 * A bank's result 银行回盘 that was uploaded, once for its bytes: `resultId` is made of their keyed hash. This item is the commit point
 * of applying it: whoever dies after it leaves what it lists to the next. Problems are lines by their reason, so
 * that nothing personal lies here; the file itself lies in the bucket under `objectKey`.
 */
export const bankResultSchema = z.strictObject({
  resultId: bankResultIdSchema,
  status: z.enum(bankResultStatuses),
  format: z.enum(resultFormats),
  objectKey: z.string(),
  sizeBytes: z.number().int().positive(),
  rows: z.number().int().positive(),
  /** Whose result it is said to be; rows of other batches then are problems. */
  batchId: batchIdSchema.exactOptional(),
  uploadedBy: personIdSchema,
  uploadedAt: instantSchema,
  appliedBy: personIdSchema.exactOptional(),
  appliedAt: instantSchema.exactOptional(),
  /** What is being carried to its payments now, by `appliedBy`; and what was settled, without the bank's reasons. */
  settling: z.array(settlementSchema).max(mostSettlements),
  settled: z.array(settlementSchema.omit({ reason: true }).extend({ by: personIdSchema })).max(mostSettlements),
  /** Rows that said what was known already. */
  already: z.number().int().nonnegative(),
  problems: problemsSchema,
  version: z.number().int().nonnegative(),
  audit: auditHeadSchema,
});
export type BankResult = z.infer<typeof bankResultSchema>;

/** How many rows are problems. */
export const problemCount = (problems: RowProblems): number =>
  Object.values(problems).reduce((sum, lines) => sum + lines.length, 0);

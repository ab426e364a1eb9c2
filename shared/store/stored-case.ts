import * as z from 'zod';
import {
  type Applicant,
  caseSchema,
  explanationLineSchema,
  missingItemSchema,
  type ReliefCase,
} from '../cases/relief-case.ts';
import { wordsSchema } from '../kernel/fen-schema.ts';
import { answersSchema } from '../programmes/form-field.ts';
import { sealedSchema } from './sealed-field.ts';

/** What the case tells: the answers and what came of them, what is to be mended, why it was refused; claims hold what was typed. */
export const toldSchema = z.strictObject({
  answers: answersSchema,
  explanation: z.array(explanationLineSchema),
  missing: z.array(missingItemSchema),
  reasons: z.array(wordsSchema),
  claims: z.array(z.string()),
});

export type Told = z.infer<typeof toldSchema>;
export const toldParts = ['answers', 'explanation', 'missing', 'reasons', 'claims'] as const;

const sealedParts = {
  applicant: true,
  payee: true,
  proposedPayee: true,
  earlierHolders: true,
  answers: true,
  explanation: true,
  missing: true,
  reasons: true,
  claims: true,
} as const;

/** What is settled when an application comes in, and personal to nobody: it lies with what was applied for. */
const settledParts = {
  programmeId: true,
  programmeVersion: true,
  patchId: true,
  beneficiaryId: true,
  enteredById: true,
  enteredEarlierByIds: true,
  incidentId: true,
  papers: true,
  trackingCodeHash: true,
  standing: true,
  isOnRegister: true,
  suggestedFen: true,
  mostFen: true,
} as const;
/** What an item carries beside the state, for its keys and its condition. */
const keyParts = { caseId: true, version: true, householdId: true, submittedAt: true } as const;

export const stateSchema = caseSchema.omit({ ...sealedParts, ...settledParts, ...keyParts });
export const storedCaseSchema = z.object({ ...caseSchema.pick(keyParts).shape, state: stateSchema });
export const storedApplicationSchema = z.strictObject({
  settled: caseSchema.pick(settledParts),
  applicant: sealedSchema,
  told: sealedSchema,
  payee: sealedSchema,
  proposedPayee: sealedSchema.exactOptional(),
  earlierHolders: sealedSchema.exactOptional(),
});
export type StoredApplication = z.infer<typeof storedApplicationSchema>;

/** Strict schemas would refuse what is another one's part. */
export const stateOf = z.object(stateSchema.shape);
export const settledOf = z.object(caseSchema.pick(settledParts).shape);

/** Where a case stands, with what an item carries for its keys. Nothing in it is personal. */
export type CaseState = z.infer<typeof stateSchema> & Pick<ReliefCase, keyof typeof keyParts>;
/** The case without anything personal. */
export type CaseOutline = CaseState & StoredApplication['settled'];
/** A case for lists: without answers, reasons and account. */
export type CaseSummary = CaseOutline & { readonly applicant: Applicant };

/** The two items that a case is: the whole of the one, the body of the other. */
export type CaseItems = { readonly item: unknown; readonly application: unknown };

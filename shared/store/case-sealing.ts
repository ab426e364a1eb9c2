import * as z from 'zod';
import {
  type Applicant,
  applicantSchema,
  caseSchema,
  explanationLineSchema,
  missingItemSchema,
  type Payee,
  payeeSchema,
  type ReliefCase,
} from '../cases/relief-case.ts';
import { wordsSchema } from '../kernel/fen-schema.ts';
import { answersSchema } from '../programmes/form-field.ts';
import type { KeyRing } from './key-ring.ts';
import { forgottenText, openField, sealedSchema, sealField } from './sealed-field.ts';

/** What the case tells: the answers and what came of them, what is to be mended, why it was refused; claims hold what was typed. */
const toldSchema = z.strictObject({
  answers: answersSchema,
  explanation: z.array(explanationLineSchema),
  missing: z.array(missingItemSchema),
  reasons: z.array(wordsSchema),
  claims: z.array(z.string()),
});

type Told = z.infer<typeof toldSchema>;
const toldParts = ['answers', 'explanation', 'missing', 'reasons', 'claims'] as const;

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

const plainCaseSchema = caseSchema.omit(sealedParts);
const storedCaseSchema = z.strictObject({
  plain: plainCaseSchema,
  applicant: sealedSchema,
  told: sealedSchema,
  payee: sealedSchema,
  proposedPayee: sealedSchema.exactOptional(),
  earlierHolders: sealedSchema.exactOptional(),
});

/** A case for lists: without answers, reasons and account. */
export type CaseSummary = z.infer<typeof plainCaseSchema> & { readonly applicant: Applicant };

const forgottenApplicant: Applicant = {
  name: forgottenText,
  idNumber: forgottenText,
  phone: forgottenText,
  address: forgottenText,
  unit: forgottenText,
  householdSize: 1,
};
const forgottenPayee: Payee = {
  kind: 'self',
  holderName: forgottenText,
  bankName: forgottenText,
  accountNumber: forgottenText,
};
const forgottenTold = { answers: {}, explanation: [], missing: [], reasons: [], claims: [] };

const placeOf = (caseId: string, field: string): string => `case/${caseId}/${field}`;

/** The parts of `told` as they were opened together: while each is the same object, so is the whole. */
const toldBefore = new WeakMap<object, Told>();

function wholeTold(told: Told): Told {
  const before = toldBefore.get(told.answers);
  if (before !== undefined && toldParts.every((part) => before[part] === told[part])) return before;
  toldBefore.set(told.answers, told);
  return told;
}

/** The case as stored: identity, health and payment sealed with the beneficiary's keys. */
export async function sealCase(keyRing: KeyRing, theCase: ReliefCase): Promise<z.input<typeof storedCaseSchema>> {
  const { applicant, payee, proposedPayee, earlierHolders, answers, explanation, missing, reasons, claims, ...plain } =
    theCase;
  const seal = (retention: 'identity' | 'health' | 'payment', field: string, value: object) =>
    sealField(keyRing, { personId: plain.beneficiaryId, retention }, placeOf(plain.caseId, field), value);
  return {
    plain,
    applicant: await seal('identity', 'applicant', applicant),
    told: await seal('health', 'told', wholeTold({ answers, explanation, missing, reasons, claims })),
    payee: await seal('payment', 'payee', payee),
    ...(proposedPayee && { proposedPayee: await seal('payment', 'proposedPayee', proposedPayee) }),
    ...(earlierHolders && { earlierHolders: await seal('payment', 'earlierHolders', earlierHolders) }),
  };
}

/** The whole case; what was forgotten reads as a marker. */
export async function openCase(keyRing: KeyRing, body: unknown): Promise<ReliefCase> {
  const stored = storedCaseSchema.parse(body);
  const { caseId } = stored.plain;
  const openPayee = (sealed: z.infer<typeof sealedSchema>, field: string) =>
    openField(keyRing, sealed, placeOf(caseId, field), payeeSchema, forgottenPayee);
  const [summary, told, payee, proposedPayee, earlierHolders] = await Promise.all([
    openSummary(keyRing, stored),
    openField(keyRing, stored.told, placeOf(caseId, 'told'), toldSchema, forgottenTold),
    openPayee(stored.payee, 'payee'),
    stored.proposedPayee && openPayee(stored.proposedPayee, 'proposedPayee'),
    stored.earlierHolders &&
      openField(keyRing, stored.earlierHolders, placeOf(caseId, 'earlierHolders'), z.array(z.string()), []),
  ]);
  toldBefore.set(told.answers, told);
  return {
    ...summary,
    ...told,
    payee,
    ...(proposedPayee && { proposedPayee }),
    ...(earlierHolders && { earlierHolders }),
  };
}

/** The case without anything personal: no key is asked for. */
export const openCaseOutline = (body: unknown): z.infer<typeof plainCaseSchema> => storedCaseSchema.parse(body).plain;

/** The part of a case that lists need: one key to unwrap instead of three. */
export const openCaseSummary = (keyRing: KeyRing, body: unknown): Promise<CaseSummary> =>
  openSummary(keyRing, storedCaseSchema.parse(body));

async function openSummary(keyRing: KeyRing, stored: z.infer<typeof storedCaseSchema>): Promise<CaseSummary> {
  const place = placeOf(stored.plain.caseId, 'applicant');
  const applicant = await openField(keyRing, stored.applicant, place, applicantSchema, forgottenApplicant);
  return { ...stored.plain, applicant };
}

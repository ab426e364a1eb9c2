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

/** Where a case stands: everything of it but what was applied for. Nothing in it is personal. */
const caseStateSchema = caseSchema.omit({ ...sealedParts, papers: true });
export type CaseState = z.infer<typeof caseStateSchema>;

const storedApplicationSchema = z.strictObject({
  papers: caseSchema.shape.papers,
  applicant: sealedSchema,
  told: sealedSchema,
  payee: sealedSchema,
  proposedPayee: sealedSchema.exactOptional(),
  earlierHolders: sealedSchema.exactOptional(),
});

/** A case for lists: without papers, answers, reasons and account. */
export type CaseSummary = CaseState & { readonly applicant: Applicant };

/** The bodies of the two items that a case is. */
export type CaseBodies = { readonly state: unknown; readonly application: unknown };

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
export async function sealCase(
  keyRing: KeyRing,
  theCase: ReliefCase,
): Promise<{ readonly state: CaseState; readonly application: z.input<typeof storedApplicationSchema> }> {
  const { applicant, payee, proposedPayee, earlierHolders, papers, ...told } = theCase;
  const { answers, explanation, missing, reasons, claims, ...state } = told;
  const seal = (retention: 'identity' | 'health' | 'payment', field: string, value: object) =>
    sealField(keyRing, { personId: state.beneficiaryId, retention }, placeOf(state.caseId, field), value);
  const application = {
    papers,
    applicant: await seal('identity', 'applicant', applicant),
    told: await seal('health', 'told', wholeTold({ answers, explanation, missing, reasons, claims })),
    payee: await seal('payment', 'payee', payee),
    ...(proposedPayee && { proposedPayee: await seal('payment', 'proposedPayee', proposedPayee) }),
    ...(earlierHolders && { earlierHolders: await seal('payment', 'earlierHolders', earlierHolders) }),
  };
  return { state, application };
}

/** The whole case; what was forgotten reads as a marker. */
export async function openCase(keyRing: KeyRing, bodies: CaseBodies): Promise<ReliefCase> {
  const state = caseStateSchema.parse(bodies.state);
  const stored = storedApplicationSchema.parse(bodies.application);
  const { caseId } = state;
  const openPayee = (sealed: z.infer<typeof sealedSchema>, field: string) =>
    openField(keyRing, sealed, placeOf(caseId, field), payeeSchema, forgottenPayee);
  const [applicant, told, payee, proposedPayee, earlierHolders] = await Promise.all([
    openApplicant(keyRing, caseId, stored),
    openField(keyRing, stored.told, placeOf(caseId, 'told'), toldSchema, forgottenTold),
    openPayee(stored.payee, 'payee'),
    stored.proposedPayee && openPayee(stored.proposedPayee, 'proposedPayee'),
    stored.earlierHolders &&
      openField(keyRing, stored.earlierHolders, placeOf(caseId, 'earlierHolders'), z.array(z.string()), []),
  ]);
  toldBefore.set(told.answers, told);
  return {
    ...state,
    papers: stored.papers,
    applicant,
    ...told,
    payee,
    ...(proposedPayee && { proposedPayee }),
    ...(earlierHolders && { earlierHolders }),
  };
}

/** Where the case stands: no key is asked for. */
export const openCaseState = (body: unknown): CaseState => caseStateSchema.parse(body);

/** The part of a case that lists need: one key to unwrap instead of three. */
export async function openCaseSummary(keyRing: KeyRing, bodies: CaseBodies): Promise<CaseSummary> {
  const state = openCaseState(bodies.state);
  const applicant = await openApplicant(keyRing, state.caseId, storedApplicationSchema.parse(bodies.application));
  return { ...state, applicant };
}

const openApplicant = (
  keyRing: KeyRing,
  caseId: string,
  { applicant }: z.infer<typeof storedApplicationSchema>,
): Promise<Applicant> =>
  openField(keyRing, applicant, placeOf(caseId, 'applicant'), applicantSchema, forgottenApplicant);

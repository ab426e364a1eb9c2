import * as z from 'zod';
import { type Applicant, applicantSchema, type Payee, payeeSchema, type ReliefCase } from '../cases/relief-case.ts';
import type { KeyRing } from './key-ring.ts';
import type { sealedSchema } from './sealed-field.ts';
import { forgottenText, openField, sealField } from './sealed-field.ts';
import {
  type CaseItems,
  type CaseState,
  type CaseSummary,
  settledOf,
  stateOf,
  type stateSchema,
  type StoredApplication,
  storedApplicationSchema,
  storedCaseSchema,
  type Told,
  toldParts,
  toldSchema,
} from './stored-case.ts';

export type { CaseSummary } from './stored-case.ts';

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
): Promise<{
  readonly state: z.infer<typeof stateSchema>;
  readonly application: z.input<typeof storedApplicationSchema>;
}> {
  const { caseId, beneficiaryId, applicant, payee, proposedPayee, earlierHolders } = theCase;
  const { answers, explanation, missing, reasons, claims } = theCase;
  const seal = (retention: 'identity' | 'health' | 'payment', field: string, value: object) =>
    sealField(keyRing, { personId: beneficiaryId, retention }, placeOf(caseId, field), value);
  const application = {
    settled: settledOf.parse(theCase),
    applicant: await seal('identity', 'applicant', applicant),
    told: await seal('health', 'told', wholeTold({ answers, explanation, missing, reasons, claims })),
    payee: await seal('payment', 'payee', payee),
    ...(proposedPayee && { proposedPayee: await seal('payment', 'proposedPayee', proposedPayee) }),
    ...(earlierHolders && { earlierHolders: await seal('payment', 'earlierHolders', earlierHolders) }),
  };
  return { state: stateOf.parse(theCase), application };
}

/** The whole case; what was forgotten reads as a marker. */
export async function openCase(keyRing: KeyRing, { item, application }: CaseItems): Promise<ReliefCase> {
  const state = openCaseState(item);
  const stored = storedApplicationSchema.parse(application);
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
    ...stored.settled,
    applicant,
    ...told,
    payee,
    ...(proposedPayee && { proposedPayee }),
    ...(earlierHolders && { earlierHolders }),
  };
}

/** Where the case stands: no key is asked for. */
export function openCaseState(item: unknown): CaseState {
  const { state, ...keys } = storedCaseSchema.parse(item);
  return { ...keys, ...state };
}

/** What was settled when it came in: no key is asked for. */
export const openSettled = (body: unknown): StoredApplication['settled'] => storedApplicationSchema.parse(body).settled;

/** The part of a case that lists need: one key to unwrap instead of three. */
export async function openCaseSummary(keyRing: KeyRing, { item, application }: CaseItems): Promise<CaseSummary> {
  const state = openCaseState(item);
  const stored = storedApplicationSchema.parse(application);
  return { ...state, ...stored.settled, applicant: await openApplicant(keyRing, state.caseId, stored) };
}

const openApplicant = (keyRing: KeyRing, caseId: string, { applicant }: StoredApplication): Promise<Applicant> =>
  openField(keyRing, applicant, placeOf(caseId, 'applicant'), applicantSchema, forgottenApplicant);

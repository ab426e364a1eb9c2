import type { LocalDate } from '../kernel/time.ts';
import { type PayeeKind, payeeKinds } from '../programmes/payee-kind.ts';
import { type ApplicantForm, applicantFormSchema, applicantLimits, enteredForKinds } from './applicant-form.ts';
import type { FieldError, FieldErrorCode, TypedForm } from './field-error.ts';
import { hasLuhnDigit, readAccountNumber, readIdNumber, readPhone } from './personal-number.ts';
import { compact, hasLetters, lengthOf, oneLine, typedText } from './typed-text.ts';

/** Names of the controls of the common part, in the order of the page. */
export const applicantFields = [
  'applicantName',
  'applicantIdNumber',
  'phone',
  'unit',
  'address',
  'enteredFor',
  'enteredByName',
  'enteredByPhone',
  'enteredByRelation',
  'householdSize',
  'payeeKind',
  'payeeHolderName',
  'payeeBankName',
  'payeeAccountNumber',
  'payeeRelation',
  'consent',
] as const;
type ApplicantField = (typeof applicantFields)[number];

/** Collects the faults while the fields are read, so that all of them are named at once. */
function reader(typed: TypedForm) {
  const errors: FieldError[] = [];
  const refuse = (field: ApplicantField, code: FieldErrorCode, params?: FieldError['params']): undefined => {
    errors.push(params === undefined ? { field, code } : { field, code, params });
  };
  const text = (field: ApplicantField, max: number): string | undefined => {
    const line = oneLine(typedText(typed, field));
    if (line === '') return refuse(field, 'required');
    if (lengthOf(line) > max) return refuse(field, 'too-long', { max });
    return hasLetters(line) ? line : refuse(field, 'no-letters');
  };
  const number = (field: ApplicantField, read: (line: string) => string | undefined, code: FieldErrorCode) => {
    const line = typedText(typed, field);
    if (line === '') return refuse(field, 'required');
    return read(line) ?? refuse(field, code);
  };
  const choice = <Option extends string>(field: ApplicantField, options: readonly Option[]): Option | undefined => {
    const line = typedText(typed, field);
    if (line === '') return refuse(field, 'required');
    return options.find((option) => option === line) ?? refuse(field, 'not-an-option');
  };
  return { errors, refuse, text, number, choice };
}
type Reader = ReturnType<typeof reader>;

/** What the programme's own questions and papers depend on, as far as it could be read beside errors. */
export type KnownOfApplicant = {
  readonly householdSize?: number | undefined;
  readonly payeeKind?: PayeeKind | undefined;
};

/**
 * Reads the common part of an application. `applicant` is there if and only if `errors` is empty. An own account whose
 * holder's name is left empty is in the applicant's name; another holder's name makes it no own account (实名制).
 */
export function readApplicant(
  typed: TypedForm,
  today?: LocalDate,
): { applicant?: ApplicantForm; errors: FieldError[]; known: KnownOfApplicant } {
  const from = reader(typed);
  const applicantName = from.text('applicantName', applicantLimits.name);
  const draft = {
    applicantName,
    applicantIdNumber: from.number('applicantIdNumber', (line) => readIdNumber(line, today), 'not-an-id-number'),
    phone: from.number('phone', readPhone, 'not-a-phone-number'),
    unit: from.text('unit', applicantLimits.unit),
    address: from.text('address', applicantLimits.address),
    ...readEnteredBy(from),
    householdSize: readHouseholdSize(typed, from),
    payee: readPayee(typed, from, applicantName),
    consent: hasConsent(typed) || from.refuse('consent', 'consent-needed'),
  };
  const known = { householdSize: draft.householdSize, payeeKind: draft.payee.kind };
  if (from.errors.length > 0) return { errors: from.errors, known };
  return { applicant: applicantFormSchema.parse(draft), errors: [], known };
}

function readEnteredBy(from: Reader) {
  const enteredFor = from.choice('enteredFor', enteredForKinds);
  if (enteredFor !== 'someone-else') return { enteredFor };
  return {
    enteredFor,
    enteredByName: from.text('enteredByName', applicantLimits.name),
    enteredByPhone: from.number('enteredByPhone', readPhone, 'not-a-phone-number'),
    enteredByRelation: from.text('enteredByRelation', applicantLimits.relation),
  };
}

function readHouseholdSize(typed: TypedForm, from: Reader): number | undefined {
  const digits = compact(typedText(typed, 'householdSize'));
  if (digits === '') return from.refuse('householdSize', 'required');
  if (!/^\d{1,4}$/.test(digits)) return from.refuse('householdSize', 'not-a-count');
  const heads = Number(digits);
  if (heads < 1) return from.refuse('householdSize', 'too-little', { min: 1 });
  return heads > applicantLimits.heads
    ? from.refuse('householdSize', 'too-much', { max: applicantLimits.heads })
    : heads;
}

function readPayee(typed: TypedForm, from: Reader, applicantName: string | undefined) {
  const kind = from.choice('payeeKind', payeeKinds);
  const isOwn = kind === 'self';
  const isUnnamed = typedText(typed, 'payeeHolderName') === '';
  const holderName = isOwn && isUnnamed ? applicantName : from.text('payeeHolderName', applicantLimits.name);
  if (kind !== undefined && holderName !== undefined && applicantName !== undefined) {
    const isSame = isSameName(holderName, applicantName);
    if (isOwn && !isSame) from.refuse('payeeHolderName', 'not-the-applicant');
    if (!isOwn && isSame) from.refuse('payeeHolderName', 'is-the-applicant');
  }
  const bankName = from.text('payeeBankName', applicantLimits.bank);
  const accountNumber = from.number('payeeAccountNumber', readAccountNumber, 'not-an-account-number');
  const accountLooksOdd = accountNumber !== undefined && !hasLuhnDigit(accountNumber);
  const payee = { kind, holderName, bankName, accountNumber, accountLooksOdd };
  return isOwn || kind === undefined
    ? payee
    : { ...payee, relation: from.text('payeeRelation', applicantLimits.relation) };
}

const isSameName = (one: string, other: string): boolean => compact(one) === compact(other);

const hasConsent = (typed: TypedForm): boolean => ['yes', 'on', 'true'].includes(typedText(typed, 'consent'));

type PayeeForm = ApplicantForm['payee'];

/** Reads the account alone, for an applicant whose name is known; `payee` is there if and only if `errors` is empty. */
export function readAccount(typed: TypedForm, applicantName: string): { payee?: PayeeForm; errors: FieldError[] } {
  const from = reader(typed);
  const draft = readPayee(typed, from, applicantName);
  if (from.errors.length > 0) return { errors: from.errors };
  return { payee: applicantFormSchema.shape.payee.parse(draft), errors: [] };
}

/** What to put back into the controls for editing: the inverse of `readApplicant`. */
export function typedOfApplicant(applicant: ApplicantForm): TypedForm {
  const { payee } = applicant;
  const typed: Partial<Record<ApplicantField, string | undefined>> = {
    applicantName: applicant.applicantName,
    applicantIdNumber: applicant.applicantIdNumber,
    phone: applicant.phone,
    unit: applicant.unit,
    address: applicant.address,
    enteredFor: applicant.enteredFor,
    enteredByName: applicant.enteredByName,
    enteredByPhone: applicant.enteredByPhone,
    enteredByRelation: applicant.enteredByRelation,
    householdSize: String(applicant.householdSize),
    payeeKind: payee.kind,
    payeeHolderName: payee.holderName,
    payeeBankName: payee.bankName,
    payeeAccountNumber: payee.accountNumber,
    payeeRelation: payee.relation,
    consent: 'yes',
  };
  return Object.fromEntries(
    Object.entries(typed).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}

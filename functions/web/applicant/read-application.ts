import type { Applicant, Payee } from '../../../shared/cases/relief-case.ts';
import { type ApplicantForm, applicantLimits } from '../../../shared/intake/applicant-form.ts';
import { contradictionsIn } from '../../../shared/intake/contradictions.ts';
import type { FieldError, TypedForm } from '../../../shared/intake/field-error.ts';
import { readAnswers } from '../../../shared/intake/read-answers.ts';
import { applicantFields, readApplicant } from '../../../shared/intake/read-applicant.ts';
import { typedText } from '../../../shared/intake/typed-text.ts';
import { isEmail } from '../../../shared/kernel/email.ts';
import type { LocalDate } from '../../../shared/kernel/time.ts';
import type { Facts } from '../../../shared/programmes/evaluate.ts';
import type { PayeeKind } from '../../../shared/programmes/payee-kind.ts';
import type { Answers } from '../../../shared/programmes/form-field.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';

/** A fault of the page's form: those of the rules, and of the address for mails, which only pages know. */
export type FormFault = Omit<FieldError, 'code'> & { readonly code: FieldError['code'] | 'not-an-email' };

export type ReadApplication = {
  readonly applicant: ApplicantForm | undefined;
  readonly email: string | undefined;
  readonly answers: Answers;
  /** Whose account was chosen, also beside faults. */
  readonly payee: PayeeKind | undefined;
  /** In the order of the page. */
  readonly faults: readonly FormFault[];
};

/** Controls that stand before and after the programme's own questions. */
const before = [...applicantFields.filter((name) => !name.startsWith('payee') && name !== 'consent')];
const after = [...applicantFields.filter((name) => name.startsWith('payee') || name === 'consent')];

/**
 * Reads the whole form. The register is not asked: what it says about a household must not show in what a form asks of
 * whoever types an ID number. `units` are those that may be chosen: left out, the unit is not looked at, as where the form has been judged
 * before and will be when it is sent.
 */
export function readApplication(
  programme: ProgrammeVersion,
  typed: TypedForm,
  { today, units }: { today: LocalDate; units?: readonly string[] },
): ReadApplication {
  const { applicant, errors, known } = readApplicant(typed, today);
  const unit = typedText(typed, 'unit');
  const unitFaults: FormFault[] =
    unit !== '' && units?.includes(unit) === false ? [{ field: 'unit', code: 'not-an-option' }] : [];
  const email = typedText(typed, 'email');
  const emailFaults: FormFault[] = email === '' || isEmail(email) ? [] : [{ field: 'email', code: 'not-an-email' }];
  const own = readAnswers(programme.form, typed, {
    today,
    standing: 'none',
    isOnRegister: false,
    householdHeads: applicant?.householdSize ?? 1,
  });
  const heads = known.householdSize ?? applicantLimits.heads;
  const facts = { answers: own.answers, standing: 'none', isOnRegister: false, today, payee: known.payeeKind } as const;
  const together = contradictionsIn(programme, { ...facts, householdHeads: heads }, own.errors);
  const ownFaults = programme.form.flatMap(({ name }) =>
    [...own.errors, ...together].filter(({ field }) => field === name || field.startsWith(`${name}.`)),
  );
  const order = ['applicantName', 'applicantIdNumber', 'phone', 'email', ...before.slice(3)];
  const common: FormFault[] = [...errors, ...unitFaults, ...emailFaults];
  const inOrder = (names: readonly string[]) =>
    names.flatMap((name) => common.filter((fault) => fault.field === name).slice(0, 1));
  const faults = [...inOrder(order), ...ownFaults, ...inOrder(after)];
  return {
    applicant: faults.length === 0 ? applicant : undefined,
    email: email === '' ? undefined : email,
    answers: own.answers,
    payee: known.payeeKind,
    faults,
  };
}

/** The names under which this form may keep what was typed; anything else a request brings is not kept. */
export function isFormName(programme: ProgrammeVersion, name: string): boolean {
  if (name === 'email' || applicantFields.some((known) => known === name)) return true;
  const [field, row = '', column, ...rest] = name.split('.');
  return programme.form.some((each) =>
    each.type === 'list'
      ? each.name === field &&
        /^\d{1,3}$/.test(row) &&
        rest.length === 0 &&
        each.columns.some(({ name: known }) => known === column)
      : each.name === name,
  );
}

/** What conditions may look at while the form is filled in. */
export const factsOf = (read: ReadApplication, today: LocalDate): Facts => ({
  answers: read.answers,
  standing: 'none',
  isOnRegister: false,
  householdHeads: read.applicant?.householdSize ?? 1,
  payee: read.payee,
  today,
});

/** The form's common part as the case keeps it. */
export function applicantOf(form: ApplicantForm, email: string | undefined): Applicant {
  const { enteredByName: name, enteredByPhone: phone, enteredByRelation: relation } = form;
  return {
    name: form.applicantName,
    idNumber: form.applicantIdNumber,
    phone: form.phone,
    ...(email === undefined ? {} : { email }),
    address: form.address,
    unit: form.unit,
    householdSize: form.householdSize,
    ...(name === undefined || phone === undefined || relation === undefined
      ? {}
      : { enteredBy: { name, phone, relation } }),
  };
}

export const payeeOf = ({ payee }: Pick<ApplicantForm, 'payee'>): Payee => ({
  kind: payee.kind,
  holderName: payee.holderName,
  bankName: payee.bankName,
  accountNumber: payee.accountNumber,
  ...(payee.relation === undefined ? {} : { relation: payee.relation }),
});

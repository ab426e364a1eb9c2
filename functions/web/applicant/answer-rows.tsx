import type { ApplicantWords } from '../../../shared/i18n/applicant-words.ts';
import type { PageWords } from '../../../shared/i18n/page-words.ts';
import { formatCount, formatDate, formatMoney } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import type { ApplicantForm } from '../../../shared/intake/applicant-form.ts';
import { fen } from '../../../shared/kernel/money.ts';
import { localDateSchema } from '../../../shared/kernel/time.ts';
import type { Answers, FormField, PlainAnswer } from '../../../shared/programmes/form-field.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { SummaryRow } from '../../../shared/web/controls/index.ts';

type PlainField = Exclude<FormField, { type: 'list' }>;

/** One answer as it is read aloud: money with its unit, choices by their label. */
export function answerText(field: PlainField, answer: PlainAnswer, lang: Lang, { common }: PageWords): string {
  if (typeof answer === 'boolean') return answer ? common.yes : common.no;
  if (typeof answer === 'number')
    return field.type === 'money' ? formatMoney(fen(answer), lang) : formatCount(answer, lang);
  if (field.type === 'choice') return field.options.find(({ value }) => value === answer)?.label[lang] ?? answer;
  const date = field.type === 'date' ? localDateSchema.safeParse(answer) : undefined;
  return date?.success === true ? formatDate(date.data, lang) : answer;
}

/** The programme's own answers, in the order of the form; what was not asked is left out. */
export function ownRows(
  programme: ProgrammeVersion,
  answers: Answers,
  formHref: string,
  lang: Lang,
  words: ApplicantWords,
): SummaryRow[] {
  return programme.form.flatMap((field): SummaryRow[] => {
    const answer = answers[field.name];
    const row = { key: field.label[lang], changeHref: `${formHref}#${field.name}` };
    if (answer === undefined)
      return field.askedIf === undefined ? [{ ...row, value: words.applicant.check.notFilled }] : [];
    if (field.type !== 'list') {
      return typeof answer === 'object' ? [] : [{ ...row, value: answerText(field, answer, lang, words) }];
    }
    const lines = typeof answer === 'object' ? answer : [];
    const value = (
      <ol class="govuk-list govuk-list--number">
        {lines.map((line) => (
          <li>
            {field.columns
              .flatMap((column) => {
                const cell = line[column.name];
                return cell === undefined ? [] : [answerText(column, cell, lang, words)];
              })
              .join(lang === 'zh' ? '，' : ', ')}
          </li>
        ))}
      </ol>
    );
    return [{ ...row, value }];
  });
}

/** The common part. Shown in full: it is the last chance to see a wrong digit. */
export function applicantRows(
  applicant: ApplicantForm,
  email: string | undefined,
  formHref: string,
  { applicant: { form, check } }: ApplicantWords,
): SummaryRow[] {
  const row = (name: string, key: string, value: string) => ({ key, value, changeHref: `${formHref}#${name}` });
  const { payee } = applicant;
  const kinds = {
    self: form.payeeSelf,
    guardian: form.payeeGuardian,
    'next-of-kin': form.payeeNextOfKin,
    heir: form.payeeHeir,
  };
  return [
    row('applicantName', form.name, applicant.applicantName),
    row('applicantIdNumber', form.idNumber, applicant.applicantIdNumber),
    row('phone', form.phone, applicant.phone),
    row('email', form.email, email ?? check.notFilled),
    row('unit', form.unit, applicant.unit),
    row('address', form.address, applicant.address),
    row('householdSize', form.householdSize, String(applicant.householdSize)),
    ...(applicant.enteredFor === 'self'
      ? [row('enteredFor', form.enteredFor, form.enteredForSelf)]
      : [
          row('enteredByName', form.enteredByName, applicant.enteredByName ?? ''),
          row('enteredByPhone', form.enteredByPhone, applicant.enteredByPhone ?? ''),
          row('enteredByRelation', form.enteredByRelation, applicant.enteredByRelation ?? ''),
        ]),
    row('payeeKind', form.payeeKind, kinds[payee.kind]),
    row('payeeHolderName', form.payeeHolderName, payee.holderName),
    row('payeeBankName', form.payeeBankName, payee.bankName),
    row('payeeAccountNumber', form.payeeAccountNumber, payee.accountNumber.replace(/(.{4})(?=.)/g, '$1 ')),
    ...(payee.relation === undefined ? [] : [row('payeeRelation', form.payeeRelation, payee.relation)]),
  ];
}

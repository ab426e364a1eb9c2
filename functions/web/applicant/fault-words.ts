import type { ApplicantWords } from '../../../shared/i18n/applicant-words.ts';
import { formatCount, formatMoney } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import { fen } from '../../../shared/kernel/money.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';
import type { FormFault } from './read-application.ts';

/** Labels of the common part, by the name of the control. */
const commonLabels = {
  applicantName: 'name',
  applicantIdNumber: 'idNumber',
  phone: 'phone',
  email: 'email',
  unit: 'unit',
  address: 'address',
  enteredFor: 'enteredFor',
  enteredByName: 'enteredByName',
  enteredByPhone: 'enteredByPhone',
  enteredByRelation: 'enteredByRelation',
  householdSize: 'householdSize',
  payeeKind: 'payeeKind',
  payeeHolderName: 'payeeHolderName',
  payeeBankName: 'payeeBankName',
  payeeAccountNumber: 'payeeAccountNumber',
  payeeRelation: 'payeeRelation',
  consent: 'consentPart',
} as const satisfies Record<string, keyof ApplicantWords['applicant']['form']>;

const isCommon = (name: string): name is keyof typeof commonLabels => Object.hasOwn(commonLabels, name);

/** What a control is called on the page; a cell of a list with its list and line. */
export function labelOf(name: string, programme: ProgrammeVersion, lang: Lang, words: ApplicantWords): string {
  const { form } = words.applicant;
  if (isCommon(name)) return form[commonLabels[name]];
  const [own, row, column] = name.split('.');
  const field = programme.form.find((each) => each.name === own);
  if (field === undefined) return name;
  if (field.type !== 'list' || row === undefined) return field.label[lang];
  const cell = field.columns.find((each) => each.name === column);
  const parts = [field.label[lang], form.row({ number: Number(row) + 1 }), cell?.label[lang] ?? ''];
  return parts.join(lang === 'zh' ? '，' : ', ');
}

/** Faults as sentences, by the control that they belong to, in the order of the page. */
export function faultWords(
  faults: readonly FormFault[],
  programme: ProgrammeVersion,
  lang: Lang,
  words: ApplicantWords,
): FormErrors {
  const limit = (params: FormFault['params'], money: string, count: string): string => {
    const inFen = params?.[money];
    if (typeof inFen === 'number') return formatMoney(fen(inFen), lang);
    const plain = params?.[count];
    return typeof plain === 'number' ? formatCount(plain, lang) : '';
  };
  const found: Record<string, string> = {};
  for (const { field, code, params, reason } of faults) {
    if (reason !== undefined) {
      found[field] ??= reason[lang];
      continue;
    }
    found[field] ??= words.applicant.fault[code]({
      label: labelOf(field, programme, lang, words),
      max: limit(params, 'maxFen', 'max'),
      min: limit(params, 'minFen', 'min'),
    });
  }
  return found;
}

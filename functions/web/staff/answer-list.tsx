import type { Applicant, Payee, PaperFile, ReliefCase } from '../../../shared/cases/relief-case.ts';
import type { StaffWords } from '../../../shared/i18n/staff-words.ts';
import { formatDate } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { type SummaryRow, SummaryList } from '../../../shared/web/controls/index.ts';
import { maskAccount, maskIdNumber } from '../../../shared/web/mask.ts';
import { answerText } from '../applicant/answer-rows.tsx';

/** The answers to the programme's own questions, under the labels of the version that the case was submitted under. */
export function AnswerList({
  reliefCase,
  programme,
  lang,
  words,
}: {
  reliefCase: Pick<ReliefCase, 'answers'>;
  programme: ProgrammeVersion;
  lang: Lang;
  words: StaffWords;
}) {
  const rows = programme.form.flatMap((field): SummaryRow[] => {
    const answer = reliefCase.answers[field.name];
    if (answer === undefined) return [];
    if (field.type !== 'list')
      return typeof answer === 'object'
        ? []
        : [{ key: field.label[lang], value: answerText(field, answer, lang, words) }];
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
    return [{ key: field.label[lang], value }];
  });
  return <SummaryList rows={rows} />;
}

/** Who applies. The identity number is masked: no job of these pages needs it whole. */
export function applicantRows(
  { applicant, standing, isOnRegister, submittedAt }: ReliefCase,
  lang: Lang,
  words: StaffWords,
): SummaryRow[] {
  const { row, standing: standings } = words.approver;
  return [
    { key: row.beneficiary, value: applicant.name },
    { key: row.idNumber, value: maskIdNumber(applicant.idNumber) },
    { key: row.unit, value: applicant.unit },
    { key: row.phone, value: applicant.phone },
    { key: row.address, value: applicant.address },
    { key: row.householdSize, value: String(applicant.householdSize) },
    { key: row.onRegister, value: isOnRegister ? words.common.yes : words.common.no },
    { key: row.standing, value: standings[standing] },
    ...enteredByRows(applicant, words),
    { key: row.submitted, value: formatDate(submittedAt, lang) },
  ];
}

const enteredByRows = ({ enteredBy }: Applicant, words: StaffWords): SummaryRow[] =>
  enteredBy === undefined
    ? []
    : [
        {
          key: words.approver.row.enteredBy,
          value: [enteredBy.name, enteredBy.relation, enteredBy.phone].join(' · '),
        },
      ];

/** The account, its number masked, with its proof where it is not the applicant's own. */
export const payeeRows = (payee: Payee, words: StaffWords): SummaryRow[] => [
  {
    key: words.approver.row.account,
    value: `${payee.holderName} · ${payee.bankName} · ${maskAccount(payee.accountNumber)}`,
  },
  {
    key: words.approver.row.payeeRelation,
    value: [words.approver.payeeKind[payee.kind], payee.relation ?? ''].filter(Boolean).join(' · '),
  },
];

/** Links to the papers, in the programme's order. `at` is the page that they belong to. */
export function PaperList({
  files,
  programme,
  at,
  lang,
  words,
}: {
  files: readonly PaperFile[];
  programme: ProgrammeVersion;
  at: string;
  lang: Lang;
  words: StaffWords;
}) {
  if (files.length === 0) return <p class="govuk-body">{words.approver.noPapers}</p>;
  return (
    <ul class="govuk-list govuk-list--bullet">
      {programme.papers.flatMap((paper) =>
        files
          .filter(({ paperId }) => paperId === paper.id)
          .map(({ fileId }, index) => (
            <li>
              <a class="govuk-link" href={`${at}/papers/${fileId}`} target="_blank" rel="noreferrer noopener">
                {words.approver.paperFile({ paper: paper.label[lang], number: index + 1 })}
              </a>
            </li>
          )),
      )}
    </ul>
  );
}

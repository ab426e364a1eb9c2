import type { Around, CaseFile } from '../../../shared/cases/case-file.ts';
import type { DecisionRequest, VotedPurpose } from '../../../shared/cases/decision-request.ts';
import { mostForVote } from '../../../shared/cases/vote-limits.ts';
import type { Fund } from '../../../shared/funds/fund.ts';
import type { MayPay } from '../../../shared/funds/fund-purpose.ts';
import type { StaffWords } from '../../../shared/i18n/staff-words.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import { addFen, fen, subtractFen, zeroFen } from '../../../shared/kernel/money.ts';
import { InsetText, SummaryList, type SummaryRow, Table, WarningText } from '../../../shared/web/controls/index.ts';
import { firstAmount, previewAward } from './preview-award.ts';

type Props = {
  readonly file: CaseFile;
  readonly around: Around;
  readonly request: DecisionRequest;
  readonly purpose: VotedPurpose;
  readonly lang: Lang;
  readonly words: StaffWords;
};

/** What is suggested and why, what may be given at most, what others agreed to. */
export function Amounts({ file, around, purpose, lang, words }: Props) {
  const say = words.approver;
  const it = file.case;
  const advances = file.awards.filter(({ kind, status }) => kind === 'advance' && status !== 'released');
  const advancedFen = addFen(...advances.map(({ amountFen }) => amountFen));
  const row = (key: string, amountFen: number | undefined): SummaryRow[] =>
    amountFen === undefined ? [] : [{ key, value: formatMoney(fen(amountFen), lang) }];
  return (
    <>
      <SummaryList
        rows={[
          ...row(say.suggested, it.suggestedFen),
          ...row(say.recommended, it.recommendedFen),
          ...row(say.approvedSoFar, it.approvedFen),
          ...row(say.most, mostForVote(file, around.programme, purpose)),
          ...(advancedFen > 0 ? row(say.advanced, advancedFen) : []),
          ...row(say.awardedBefore, around.awardedFen),
        ]}
      />
      {it.isException ? <InsetText>{say.exception}</InsetText> : null}
      <Table
        caption={say.explanation}
        columns={[{ label: say.explanation }, { label: say.row.amount, isNumeric: true }]}
        rows={it.explanation.map(({ label, amountFen }) => [label[lang], formatMoney(fen(amountFen), lang)])}
        foot={[say.explanationResult, formatMoney(it.suggestedFen, lang)]}
      />
    </>
  );
}

/** Why a fund pays nothing or less than it holds, and what its giver asked for. */
function noteOn(fund: Fund, answer: MayPay, lang: Lang, words: StaffWords): string {
  const say = words.approver;
  const available = { amount: formatMoney(fund.availableFen, lang) };
  const limits = answer.mayPay
    ? answer.isByBudget
      ? [say.fundByBudget(available)]
      : []
    : [say.fundBar[answer.why], say.fundHolds(available)];
  const wish = fund.donorsWish === undefined ? [] : [say.donorsWish({ wish: fund.donorsWish })];
  return [...limits, ...wish].join(lang === 'zh' ? '；' : '; ');
}

/** The money that is left now, and what the amount that the form begins with would take of it. */
export function FundsLeft({ file, around, request, purpose, lang, words }: Props) {
  const say = words.approver;
  const amountFen = firstAmount(file, around, purpose);
  const { funds, missingFen } = previewAward(file, around, request, amountFen);
  const amount = formatMoney(amountFen, lang);
  return (
    <>
      {missingFen > 0 ? <WarningText>{say.fundsShort({ amount: formatMoney(missingFen, lang) })}</WarningText> : null}
      <Table
        caption={say.funds}
        columns={[
          { label: say.fundName },
          { label: say.fundAvailable, isNumeric: true },
          { label: say.fundTakes({ amount }), isNumeric: true },
          { label: say.fundAfter, isNumeric: true },
          { label: say.fundNote },
        ]}
        rows={funds.map(({ fund, answer, takesFen }) => {
          const leftFen = answer.mayPay ? answer.leftFen : zeroFen;
          return [
            fund.names[lang],
            formatMoney(leftFen, lang),
            formatMoney(takesFen, lang),
            formatMoney(subtractFen(leftFen, takesFen), lang),
            noteOn(fund, answer, lang, words),
          ];
        })}
      />
    </>
  );
}

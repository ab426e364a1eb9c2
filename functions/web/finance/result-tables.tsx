import type { RowProblem, Settlement } from '../../../shared/disbursement/bank-result/bank-result.ts';
import type { BankRow } from '../../../shared/disbursement/bank-result/bank-row.ts';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import { formatDate, formatMoney } from '../../../shared/i18n/format.ts';
import { addFen } from '../../../shared/kernel/money.ts';
import { Table } from '../../../shared/web/controls/index.ts';
import { maskAccount, maskName } from '../../../shared/web/mask.ts';
import type { Reading } from './finance-context.ts';
import { needsWholeAccount } from './payout-tabs.tsx';

/** Longer lists of problems are read in the error file. */
export const mostShown = 100;

/**
 * What rows settle, or settled, with the sum of each kind. `rows` tell the payee; without them nobody is named. Whom the bank leaves
 * unnamed is told from our own `payouts`, and marked: nobody shall take our name for one that the bank has confirmed.
 */
export function SettlementTable({
  c,
  title,
  settlements,
  numbers,
  rows = [],
  payouts = [],
}: {
  c: Reading;
  title: string;
  settlements: readonly Settlement[];
  numbers: ReadonlyMap<string, string>;
  rows?: readonly BankRow[];
  payouts?: readonly Payout[];
}) {
  const { lang, words } = c.var;
  const say = words.bankResults;
  const { column } = say;
  if (settlements.length === 0) return <p class="govuk-body">{say.nothing}</p>;
  const byLine = new Map(rows.map((row) => [row.line, row]));
  const ours = new Map(payouts.map((payout) => [payout.payoutId, payout]));
  const payeeOf = ({ line, payoutId }: Pick<Settlement, 'line' | 'payoutId'>): string => {
    const named = byLine.get(line)?.holderName;
    const payout = ours.get(payoutId);
    if (named !== undefined || payout === undefined) return named ?? '';
    const { holderName } = payout.payee;
    return say.ourPayee({ name: needsWholeAccount(payout.status) ? holderName : maskName(holderName) });
  };
  const isUnnamed = rows.length > 0 && settlements.some(({ line }) => byLine.get(line)?.holderName === undefined);
  // What will be recorded as the reason, and told to the applicant, is read before it is.
  const showsReason = rows.length > 0 && settlements.some(({ action }) => action !== 'confirm');
  const kinds = ['confirm', 'fail', 'return'] as const;
  const sums = kinds.flatMap((kind) => {
    const ofKind = settlements.filter(({ action }) => action === kind);
    const amount = formatMoney(addFen(...ofKind.map(({ amountFen }) => amountFen)), lang);
    return ofKind.length === 0 ? [] : [{ kind, said: say.count({ count: ofKind.length, amount }) }];
  });
  return (
    <>
      <h2 class="govuk-heading-m">{title}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {sums.map(({ kind, said }) => (
          <li>
            {say.action[kind]}
            {lang === 'zh' ? '：' : ': '}
            {said}
          </li>
        ))}
      </ul>
      {isUnnamed ? <p class="govuk-body">{say.ourPayeeHint}</p> : null}
      <Table
        caption={title}
        isCaptionHidden
        columns={[
          { label: column.line },
          { label: column.caseNumber },
          ...(rows.length > 0 ? [{ label: column.payee }] : []),
          { label: column.action },
          ...(showsReason ? [{ label: column.reason }] : []),
          { label: column.reference },
          { label: column.paidOn },
          { label: column.amount, isNumeric: true },
        ]}
        rows={settlements.map(({ line, caseId, payoutId, action, reason, bankReference, paidOn, amountFen }) => [
          say.row({ line }),
          <a class="govuk-link app-whole" href={`/finance/payouts/${caseId}/${payoutId}`}>
            {numbers.get(caseId) ?? caseId}
          </a>,
          ...(rows.length > 0 ? [payeeOf({ line, payoutId })] : []),
          say.action[action],
          ...(showsReason ? [action === 'confirm' ? '' : (reason ?? say.unsaid)] : []),
          bankReference ?? '',
          paidOn === undefined ? '' : formatDate(paidOn, lang),
          formatMoney(amountFen, lang),
        ])}
      />
    </>
  );
}

/** Rows that settle nothing, each with its reason, and by what it is found: our payment, if it names one, and what the bank calls it. */
export function ProblemTable({
  c,
  problems,
  rows,
  numbers,
}: {
  c: Reading;
  problems: readonly { readonly line: number; readonly reason: RowProblem }[];
  rows: readonly BankRow[];
  numbers: ReadonlyMap<string, string>;
}) {
  const { lang, words } = c.var;
  const say = words.bankResults;
  const byLine = new Map(rows.map((row) => [row.line, row]));
  return (
    <>
      <h2 class="govuk-heading-m">{say.problemTitle}</h2>
      {problems.length === 0 ? (
        <p class="govuk-body">{say.noProblems}</p>
      ) : (
        <>
          <p class="govuk-body">{say.problemHint}</p>
          {problems.length > mostShown ? (
            <p class="govuk-body">{say.shownOf({ shown: mostShown, count: problems.length })}</p>
          ) : null}
          <Table
            caption={say.problemTitle}
            isCaptionHidden
            columns={[
              { label: say.column.line },
              { label: say.column.problem },
              { label: say.column.caseNumber },
              { label: say.column.payee },
              { label: say.column.account },
              { label: say.column.reference },
              { label: say.column.amount, isNumeric: true },
            ]}
            rows={problems.slice(0, mostShown).map(({ line, reason }) => {
              const {
                holderName = '',
                amountFen,
                accountNumber,
                bankReference = '',
                caseId,
                payoutId,
              } = byLine.get(line) ?? {};
              const caseNumber = numbers.get(caseId ?? '');
              return [
                say.row({ line }),
                say.problem[reason],
                caseNumber === undefined ? (
                  ''
                ) : (
                  <a class="govuk-link app-whole" href={`/finance/payouts/${caseId}/${payoutId}`}>
                    {caseNumber}
                  </a>
                ),
                holderName,
                accountNumber === undefined ? '' : maskAccount(accountNumber),
                bankReference,
                amountFen === undefined ? '' : formatMoney(amountFen, lang),
              ];
            })}
          />
        </>
      )}
    </>
  );
}

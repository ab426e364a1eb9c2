import type { Answered } from './batch-answers.ts';
import type { Fund } from '../../../shared/funds/fund.ts';
import { type BankFileFault, duplicatesIn } from '../../../shared/disbursement/lint-bank-file.ts';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import { formatList, formatMoney } from '../../../shared/i18n/format.ts';
import type { FundId } from '../../../shared/kernel/ids.ts';
import { addFen, type Fen } from '../../../shared/kernel/money.ts';
import { InsetText, NotificationBanner, Table } from '../../../shared/web/controls/index.ts';
import { maskAccount, maskName } from '../../../shared/web/mask.ts';
import type { Reading } from './finance-context.ts';
import { needsWholeAccount } from './payout-tabs.tsx';

/** A payment as the pages of batches show it. */
export type ShownPayment = { readonly caseNumber: string; readonly payout: Payout };

type Share = { readonly fundId: FundId; readonly amountFen: Fen };

const nameOfFund = (c: Reading, funds: readonly Fund[], id: string): string =>
  funds.find(({ fundId }) => fundId === id)?.names[c.var.lang] ?? id;

/** Count and sum by fund, with all of it beneath: what both people hold against what they expect. */
export function FundTotals({ c, funds, shares }: { c: Reading; funds: readonly Fund[]; shares: readonly Share[] }) {
  const { lang, words } = c.var;
  const { batch, column, total } = words.finance;
  const sum = (some: readonly Share[]) => formatMoney(addFen(...some.map(({ amountFen }) => amountFen)), lang);
  return (
    <Table
      caption={batch.byFund}
      columns={[
        { label: column.fund },
        { label: batch.count, isNumeric: true },
        { label: column.amount, isNumeric: true },
      ]}
      rows={[...Map.groupBy(shares, ({ fundId }) => fundId)].map(([fundId, some]) => [
        nameOfFund(c, funds, fundId),
        String(some.length),
        sum(some),
      ])}
      foot={[total, String(shares.length), sum(shares)]}
    />
  );
}

/** Accounts and names that occur more than once, in words. */
export function Duplicates({
  c,
  payments,
  isWhole,
}: {
  c: Reading;
  payments: readonly ShownPayment[];
  isWhole: boolean;
}) {
  const { lang, words } = c.var;
  const { batch } = words.finance;
  const found = duplicatesIn(payments.map(({ caseNumber, payout }) => ({ caseNumber, ...payout.payee })));
  if (found.length === 0) return null;
  return (
    <InsetText>
      <h2 class="govuk-heading-s">{batch.duplicates}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {found.map(({ by, payments: same }) => {
          const [first] = same;
          const name = first?.holderName ?? '';
          const account = first?.accountNumber ?? '';
          const whose = isWhole ? `${name} ${account}` : `${maskName(name)} ${maskAccount(account)}`;
          return (
            <li>
              {by === 'account' ? batch.sameAccount : batch.sameHolder}{' '}
              {by === 'account' ? whose : isWhole ? name : maskName(name)}
              {' · '}
              {formatList(
                same.map(({ caseNumber }) => caseNumber),
                lang,
              )}
            </li>
          );
        })}
      </ul>
    </InsetText>
  );
}

/**
 * The payments of a batch, each with how what is odd about it was looked into. `isWhole`: names and accounts are, until the bank has
 * answered for a payment.
 */
export function PaymentTable({
  c,
  funds,
  payments,
  isWhole,
  answers,
}: {
  c: Reading;
  funds: readonly Fund[];
  payments: readonly ShownPayment[];
  isWhole: boolean;
  answers?: readonly Answered[] | undefined;
}) {
  const { lang, words } = c.var;
  const { column, batch } = words.finance;
  const answered = (payoutId: string) =>
    (answers ?? [])
      .filter((each) => each.payoutId === payoutId)
      .map(({ warning, answer }) => `${batch.warnings[warning]} · ${batch.answer[answer]}`);
  const payeeOf = ({ payee, status }: Payout) => {
    const { holderName, accountNumber } = payee;
    return isWhole && needsWholeAccount(status)
      ? { name: holderName, account: accountNumber }
      : { name: maskName(holderName), account: maskAccount(accountNumber) };
  };
  return (
    <Table
      caption={batch.payments}
      columns={[
        { label: column.caseNumber },
        { label: column.payee },
        { label: column.account },
        { label: column.bank },
        { label: column.fund },
        ...(answers === undefined ? [] : [{ label: column.status }, { label: batch.answers }]),
        { label: column.amount, isNumeric: true },
      ]}
      rows={payments.map(({ caseNumber, payout }) => [
        <a class="govuk-link app-whole" href={`/finance/payouts/${payout.caseId}/${payout.payoutId}`}>
          {caseNumber}
        </a>,
        <span class="app-whole">{payeeOf(payout).name}</span>,
        <span class="app-whole">{payeeOf(payout).account}</span>,
        payout.payee.bankName,
        nameOfFund(c, funds, payout.fundId),
        ...(answers === undefined
          ? []
          : [
              words.applicant.status.payout[payout.status],
              formatList(answered(payout.payoutId), lang) || batch.noAnswers,
            ]),
        formatMoney(payout.amountFen, lang),
      ])}
    />
  );
}

/** Why a batch cannot be written as its bank's file, each with the case and, where it helps, the payee's name. */
export function faultWords(c: Reading, faults: readonly BankFileFault[], payments: readonly ShownPayment[]): string[] {
  const { fault } = c.var.words.finance.batch;
  return faults.map(({ code, payoutId, found, line }) => {
    const payment = payments.find(({ payout }) => payout.payoutId === payoutId);
    const about =
      payment === undefined
        ? line === undefined
          ? ''
          : `${line}: `
        : `${payment.caseNumber} ${payment.payout.payee.holderName}: `;
    const said = fault[code];
    return `${about}${typeof said === 'string' ? said : said({ found: found ?? '' })}`;
  });
}

/** A banner that lists why something was not done. */
export const ProblemList = ({ title, problems }: { title: string; problems: readonly string[] }) =>
  problems.length === 0 ? null : (
    <NotificationBanner title={title}>
      <ul class="govuk-list govuk-list--bullet">
        {problems.map((problem) => (
          <li>{problem}</li>
        ))}
      </ul>
    </NotificationBanner>
  );

import { payerAccountOf } from '../../../shared/disbursement/payer-account.ts';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import type { Fund } from '../../../shared/funds/fund.ts';
import { formatList, formatMoney } from '../../../shared/i18n/format.ts';
import { addFen } from '../../../shared/kernel/money.ts';
import { InsetText } from '../../../shared/web/controls/index.ts';
import type { Reading } from './finance-context.ts';

/** The number of the union's account that a payment leaves from; empty where its fund has none. */
export const payerOf = (funds: readonly Fund[], { fundId }: Pick<Payout, 'fundId'>): string =>
  payerAccountOf(funds, fundId).accountNumber;

/** The account that a payment leaves from, with its holder, as a page names it. */
function payerInWords(c: Reading, funds: readonly Fund[], { fundId }: Pick<Payout, 'fundId'>): string {
  const { holderName, accountNumber } = payerAccountOf(funds, fundId);
  return accountNumber === ''
    ? c.var.words.finance.batch.noPayer
    : [holderName, accountNumber].filter(Boolean).join(' ');
}

/** The accounts that payments leave from, each once. */
export const payersInWords = (c: Reading, funds: readonly Fund[], shares: readonly Pick<Payout, 'fundId'>[]): string =>
  formatList([...new Set(shares.map((share) => payerInWords(c, funds, share)))], c.var.lang);

/**
 * Where payments leave from several accounts of the union's: a link for each that shows, and ticks, what leaves from that one alone, since
 * many a bank's file pays from one account. `chosen`: the account that is shown.
 */
export function PayerFilter({
  c,
  funds,
  payouts,
  chosen,
}: {
  c: Reading;
  funds: readonly Fund[];
  payouts: readonly Payout[];
  chosen: string | undefined;
}) {
  const { lang, words } = c.var;
  const say = words.finance.batch;
  const groups = Map.groupBy(payouts, (payout) => payerOf(funds, payout));
  if (groups.size < 2) return null;
  return (
    <InsetText>
      <p class="govuk-body">{say.payersHint}</p>
      <ul class="govuk-list govuk-list--bullet">
        {[...groups].map(([number, some]) => {
          const said = say.fromPayer({
            account: payersInWords(c, funds, some),
            count: some.length,
            amount: formatMoney(addFen(...some.map(({ amountFen }) => amountFen)), lang),
          });
          return (
            <li>
              {number === chosen ? (
                <strong>{said}</strong>
              ) : (
                <a class="govuk-link" href={`/finance?tab=ordered&payer=${encodeURIComponent(number)}`}>
                  {said}
                </a>
              )}
            </li>
          );
        })}
        {chosen === undefined ? null : (
          <li>
            <a class="govuk-link" href="/finance?tab=ordered">
              {say.allPayers}
            </a>
          </li>
        )}
      </ul>
    </InsetText>
  );
}

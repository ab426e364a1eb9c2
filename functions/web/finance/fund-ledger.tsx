import { formatDateTime, formatMoney } from '../../../shared/i18n/format.ts';
import { addFen } from '../../../shared/kernel/money.ts';
import { SummaryList, Table } from '../../../shared/web/controls/index.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import type { FinanceApp } from './finance-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';

/** The funds with their balances, and each one's ledger. Read only: money moves by votes and confirmations alone. */
export function fundLedgerRoutes(app: FinanceApp, deps: StaffDeps): void {
  app.get('/finance/funds', async (c) => {
    const refused = refuseUnless(c, deps, 'see-funds');
    if (refused !== undefined) return refused;
    const { lang, words } = c.var;
    const { fund: say, funds: title, source, total } = words.finance;
    const funds = await deps.store.funds();
    const money = (amounts: readonly (typeof funds)[number]['fundedFen'][]) => formatMoney(addFen(...amounts), lang);
    return c.html(
      <StaffPage c={c} deps={deps} title={title}>
        <Table
          caption={title}
          isCaptionHidden
          columns={[
            { label: say.name },
            { label: say.source },
            { label: say.funded, isNumeric: true },
            { label: say.available, isNumeric: true },
            { label: say.reserved, isNumeric: true },
            { label: say.paid, isNumeric: true },
          ]}
          rows={funds.map((fund) => [
            <a class="govuk-link" href={`/finance/funds/${fund.fundId}`}>
              {fund.names[lang]}
            </a>,
            source[fund.source],
            formatMoney(fund.fundedFen, lang),
            formatMoney(fund.availableFen, lang),
            formatMoney(fund.reservedFen, lang),
            formatMoney(fund.paidFen, lang),
          ])}
          foot={[
            total,
            '',
            money(funds.map(({ fundedFen }) => fundedFen)),
            money(funds.map(({ availableFen }) => availableFen)),
            money(funds.map(({ reservedFen }) => reservedFen)),
            money(funds.map(({ paidFen }) => paidFen)),
          ]}
        />
      </StaffPage>,
    );
  });

  app.get('/finance/funds/:fundId', async (c) => {
    const refused = refuseUnless(c, deps, 'see-funds');
    if (refused !== undefined) return refused;
    const { lang, words } = c.var;
    const { fund: say, kind } = words.finance;
    const fund = (await deps.store.funds()).find(({ fundId }) => fundId === c.req.param('fundId'));
    if (fund === undefined) return errorPage(c, 404);
    const entries = await deps.store.ledgerOfFund(fund.fundId);
    const caseIds = entries.flatMap(({ caseId }) => caseId ?? []);
    const [cases, staff] = await Promise.all([deps.store.caseSummaries([...new Set(caseIds)]), deps.store.staff()]);
    const numberOf = (caseId: string) => cases.find((each) => each.caseId === caseId)?.caseNumber ?? caseId;
    const nameOf = (by: string) => staff.find(({ personId }) => personId === by)?.name ?? by;
    return c.html(
      <StaffPage c={c} deps={deps} title={fund.names[lang]} backHref="/finance/funds">
        <SummaryList
          rows={[
            { key: say.funded, value: formatMoney(fund.fundedFen, lang) },
            { key: say.available, value: formatMoney(fund.availableFen, lang) },
            { key: say.reserved, value: formatMoney(fund.reservedFen, lang) },
            { key: say.paid, value: formatMoney(fund.paidFen, lang) },
          ]}
        />
        <h2 class="govuk-heading-m">{say.entries}</h2>
        {entries.length === 0 ? (
          <p class="govuk-body">{say.noEntries}</p>
        ) : (
          <Table
            caption={say.entries}
            isCaptionHidden
            columns={[
              { label: say.at },
              { label: say.kind },
              { label: say.case },
              { label: say.amount, isNumeric: true },
              { label: say.by },
            ]}
            rows={entries.map((entry) => [
              formatDateTime(entry.at, lang),
              kind[entry.kind],
              entry.caseId === undefined ? '' : numberOf(entry.caseId),
              formatMoney(entry.amountFen, lang),
              nameOf(entry.by),
            ])}
          />
        )}
      </StaffPage>,
    );
  });
}

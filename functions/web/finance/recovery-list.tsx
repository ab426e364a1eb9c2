import { recoveryStatuses } from '../../../shared/cases/recovery.ts';
import { formatDate, formatMoney } from '../../../shared/i18n/format.ts';
import { subtractFen } from '../../../shared/kernel/money.ts';
import { ButtonLink, Table } from '../../../shared/web/controls/index.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import type { RecoveryDeps } from './fund-deps.ts';
import type { FundApp, Reading } from './fund-context.ts';

const pageSize = 100;

/** What households have to pay back, by status; first what is still to come. */
export function recoveryListRoutes(app: FundApp, deps: RecoveryDeps): void {
  app.get('/finance/recoveries', async (c) => {
    const refused = refuseUnless(c, deps, 'list-recoveries');
    return refused ?? c.html(await listPage(c, deps));
  });
}

async function listPage(c: Reading, deps: RecoveryDeps) {
  const { lang, words } = c.var;
  const say = words.recovery;
  const tab = recoveryStatuses.find((each) => each === c.req.query('tab')) ?? 'open';
  const page = await deps.recoveries(tab, { cursor: c.req.query('cursor'), limit: pageSize });
  const cases = await deps.store.caseSummaries([...new Set(page.items.map(({ caseId }) => caseId))]);
  const numbers = new Map(cases.map(({ caseId, caseNumber }) => [caseId, caseNumber]));
  return (
    <StaffPage c={c} deps={deps} title={say.title}>
      <p class="govuk-body">{say.lead}</p>
      <nav aria-label={say.status}>
        <ul class="govuk-list app-tabs">
          {(['open', 'proposed', 'settled', 'waived', 'dropped'] as const).map((each) => (
            <li>
              <a
                class="govuk-link"
                href={`/finance/recoveries?tab=${each}`}
                aria-current={each === tab ? 'page' : undefined}
              >
                {say.tab[each]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {page.items.length === 0 ? (
        <p class="govuk-body">{say.empty}</p>
      ) : (
        <Table
          caption={say.tab[tab]}
          columns={[
            { label: say.caseNumber },
            { label: say.causeLabel },
            { label: say.since },
            { label: say.owed, isNumeric: true },
            { label: say.recovered, isNumeric: true },
            { label: say.left, isNumeric: true },
          ]}
          rows={page.items.map((each) => [
            <a class="govuk-link app-whole" href={`/finance/recoveries/${each.caseId}/${each.recoveryId}`}>
              {numbers.get(each.caseId) ?? each.caseId}
            </a>,
            say.cause[each.cause],
            <span class="app-whole">{formatDate(each.openedAt, lang)}</span>,
            formatMoney(each.owedFen, lang),
            formatMoney(each.recoveredFen, lang),
            formatMoney(subtractFen(each.owedFen, each.recoveredFen), lang),
          ])}
        />
      )}
      {page.cursor === undefined ? null : (
        <ButtonLink look="secondary" href={`/finance/recoveries?tab=${tab}&cursor=${encodeURIComponent(page.cursor)}`}>
          {say.next}
        </ButtonLink>
      )}
    </StaffPage>
  );
}

import { bankProfileOf } from '../../../shared/disbursement/bank-profiles/index.ts';
import { type BatchStatus, batchStatuses } from '../../../shared/disbursement/batch.ts';
import { formatDateTime, formatMoney } from '../../../shared/i18n/format.ts';
import { ButtonLink, Table } from '../../../shared/web/controls/index.ts';
import type { FinanceApp } from './finance-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import { staffOf } from '../staff/staff-session.ts';
import type { FinanceDeps } from './deps.ts';
import { FinanceTabs } from './payout-tabs.tsx';

const pageSize = 50;
/** What waits for somebody comes first. */
const order: readonly BatchStatus[] = ['made', 'making', 'closing', 'released', 'dissolved'];

/** Batches by status, newest first. */
export function batchListRoutes(app: FinanceApp, deps: FinanceDeps): void {
  app.get('/finance/batches', async (c) => {
    const refused = refuseUnless(c, deps, 'list-payouts');
    if (refused !== undefined) return refused;
    const { lang, words } = c.var;
    const { batch: say, title, next } = words.finance;
    const status = batchStatuses.find((each) => each === c.req.query('status')) ?? 'made';
    const cursor = c.req.query('cursor');
    const [page, staff] = await Promise.all([
      deps.batches.byStatus(status, { cursor, limit: pageSize }),
      staffOf(c, deps),
    ]);
    const nameOf = (id: string | undefined) => staff.find(({ personId }) => personId === id)?.name ?? id ?? '';
    const at = (each: BatchStatus) => `/finance/batches?status=${each}`;
    return c.html(
      <StaffPage c={c} deps={deps} title={say.title} backHref="/finance">
        <FinanceTabs c={c} current="batches" />
        <nav aria-label={`${title} · ${say.title}`}>
          <ul class="govuk-list app-tabs">
            {order.map((each) => (
              <li>
                <a class="govuk-link" href={at(each)} aria-current={each === status ? 'page' : undefined}>
                  {say.statuses[each]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <p class="govuk-body">{say.listHint}</p>
        {page.items.length === 0 ? (
          <p class="govuk-body">{say.empty}</p>
        ) : (
          <Table
            caption={say.statuses[status]}
            columns={[
              { label: say.number },
              { label: say.profile },
              { label: say.madeBy },
              { label: say.madeAt },
              { label: say.releasedBy },
              { label: say.count, isNumeric: true },
              { label: say.total, isNumeric: true },
            ]}
            rows={page.items.map((batch) => [
              <a class="govuk-link app-whole" href={`/finance/batches/${batch.batchId}`}>
                {batch.batchNumber}
              </a>,
              bankProfileOf(batch.profileId).names[lang],
              nameOf(batch.madeBy),
              formatDateTime(batch.madeAt, lang),
              nameOf(batch.releasedBy),
              String(batch.members.length),
              formatMoney(batch.totalFen, lang),
            ])}
          />
        )}
        {page.cursor === undefined ? null : (
          <ButtonLink look="secondary" href={`${at(status)}&cursor=${encodeURIComponent(page.cursor)}`}>
            {next}
          </ButtonLink>
        )}
      </StaffPage>,
    );
  });
}

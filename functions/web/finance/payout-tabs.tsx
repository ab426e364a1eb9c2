import type { PayoutStatus } from '../../../shared/disbursement/payout.ts';
import type { Reading } from './finance-context.ts';

export const tabs = [
  'ordered',
  'batched',
  'sent',
  'unknown',
  'failed',
  'returned',
  'paid',
] as const satisfies readonly PayoutStatus[];
export type Tab = (typeof tabs)[number];

export const tabOf = (text: string | undefined): Tab => tabs.find((tab) => tab === text) ?? 'ordered';

/** Statuses in which finance needs the whole account: before the bank has been told, and until it has answered. */
export const needsWholeAccount = (status: PayoutStatus): boolean =>
  status === 'ordered' || status === 'batched' || status === 'sent' || status === 'unknown';

/** The lists of payouts by status, that of batches, and that of banks' results. */
export function FinanceTabs({ c, current }: { c: Reading; current: Tab | 'batches' | 'results' }) {
  const { bankResults, finance } = c.var.words;
  return (
    <nav aria-label={finance.title}>
      <ul class="govuk-list app-tabs">
        {tabs.map((tab) => (
          <li>
            <a class="govuk-link" href={`/finance?tab=${tab}`} aria-current={tab === current ? 'page' : undefined}>
              {finance.tab[tab]}
            </a>
          </li>
        ))}
        <li>
          <a class="govuk-link" href="/finance/batches" aria-current={current === 'batches' ? 'page' : undefined}>
            {finance.batch.nav}
          </a>
        </li>
        <li>
          <a class="govuk-link" href="/finance/results" aria-current={current === 'results' ? 'page' : undefined}>
            {bankResults.title}
          </a>
        </li>
      </ul>
    </nav>
  );
}

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

type Shown = Tab | 'batches' | 'results';

function linksOf(c: Reading): readonly { readonly shown: Shown; readonly href: string; readonly text: string }[] {
  const { bankResults, finance } = c.var.words;
  return [
    ...tabs.map((tab) => ({ shown: tab, href: `/finance?tab=${tab}`, text: finance.tab[tab] })),
    { shown: 'batches', href: '/finance/batches', text: finance.batch.nav },
    { shown: 'results', href: '/finance/results', text: bankResults.title },
  ];
}

/**
 * The lists of payouts by status, that of batches, and that of banks' results. On a phone nine of them would take three rows: there they
 * are a menu that names the page and opens without a script; only one of the two is shown, and read.
 */
export function FinanceTabs({ c, current }: { c: Reading; current: Shown }) {
  const { finance } = c.var.words;
  const links = linksOf(c);
  const list = links.map(({ shown, href, text }) => (
    <li>
      <a class="govuk-link" href={href} aria-current={shown === current ? 'page' : undefined}>
        {text}
      </a>
    </li>
  ));
  return (
    <nav aria-label={finance.title}>
      <ul class="govuk-list app-tabs app-tabs--many">{list}</ul>
      <details class="app-tab-menu">
        <summary>{finance.tabMenu({ current: links.find(({ shown }) => shown === current)?.text ?? '' })}</summary>
        <ul class="govuk-list">{list}</ul>
      </details>
    </nav>
  );
}

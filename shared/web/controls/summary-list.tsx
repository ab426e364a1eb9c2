import type { Child } from 'hono/jsx';
import { useWords } from '../words.ts';

export type SummaryRow = {
  key: string;
  value: Child;
  /** Where the answer can be changed; the link is read as “change” and the key. */
  changeHref?: string | undefined;
};

/** Facts as pairs: to check answers, to show a case. */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  const { common } = useWords();
  return (
    <dl class="govuk-summary-list">
      {rows.map((row) => (
        <div class={`govuk-summary-list__row${row.changeHref ? '' : ' govuk-summary-list__row--no-actions'}`}>
          <dt class="govuk-summary-list__key">{row.key}</dt>
          <dd class="govuk-summary-list__value">{row.value}</dd>
          {row.changeHref ? (
            <dd class="govuk-summary-list__actions">
              <a class="govuk-link" href={row.changeHref} aria-label={common.changeWhat({ what: row.key })}>
                {common.change}
              </a>
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
}

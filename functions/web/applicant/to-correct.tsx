import type { MissingItem } from '../../../shared/cases/relief-case.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import { InsetText } from '../../../shared/web/controls/index.ts';
import { useWords } from './use-words.ts';

/** What was returned for correction, each with the words of whoever returned it. */
export function MissingList({ items, lang }: { items: readonly MissingItem[]; lang: Lang }) {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {items.map(({ label, note }) => (
        <li>{[label[lang], note].filter(Boolean).join(lang === 'zh' ? '：' : ': ')}</li>
      ))}
    </ul>
  );
}

/** The same at the top of the pages on which it is corrected: nobody keeps the status page in mind over thirty fields. */
export function ToCorrect({ items, lang }: { items: readonly MissingItem[]; lang: Lang }) {
  const { status } = useWords().applicant;
  if (items.length === 0) return null;
  return (
    <InsetText>
      <p class="govuk-body">
        <strong>{status.missing}</strong>
      </p>
      <MissingList items={items} lang={lang} />
    </InsetText>
  );
}

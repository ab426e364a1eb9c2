import { Table } from '../../../shared/web/controls/index.ts';
import type { Reading } from '../staff/staff-context.ts';
import { dueByWords, dueOnWords, DueState, dueWords } from './due-words.tsx';
import type { OpenCase } from './open-case.ts';

/** Everything that is or was due on a case outside of its workflow. */
export function DueOfCase({ c, file, around }: OpenCase & { readonly c: Reading }) {
  const { lang, words } = c.var;
  const say = words.office.due;
  if (file.scheduled.length === 0) return null;
  return (
    <Table
      caption={say.title}
      columns={[{ label: say.item }, { label: say.by }, { label: say.dueOn }, { label: say.state }]}
      rows={file.scheduled.map((item) => [
        <a class="govuk-link" href={`/office/due/${item.caseId}/${item.itemId}`}>
          {dueWords(item, around.programme, lang, words)}
        </a>,
        dueByWords(item, file.case, around.staff, around.now, words, lang),
        dueOnWords(item, lang, words),
        <DueState item={item} now={around.now} lang={lang} words={words} />,
      ])}
    />
  );
}

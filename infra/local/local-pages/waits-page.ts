import type { LocalPages } from '../http-api.ts';
import type { Wait } from '../step-functions/look.ts';
import { type AskedPeople, askedPeople } from './asked-people.ts';
import { type Html, html } from './html.ts';
import { localPage, pager, plain, say, table, when } from './layout.ts';
import type { LocalSystem } from './local-system.ts';
import { maskText } from './mask.ts';

const pageLength = 25;
type Row = { wait: Wait; asked: AskedPeople[] };

/** Who is asked is read for the rows that are shown, and for no others. */
export const waitRows = (
  { dynamoDbEndpoint, tables }: Pick<LocalSystem, 'dynamoDbEndpoint' | 'tables'>,
  waits: readonly Wait[],
): Promise<Row[]> =>
  Promise.all(waits.map(async (wait) => ({ wait, asked: await askedPeople(dynamoDbEndpoint, tables, wait.input) })));

export const waitTable = (rows: readonly Row[]): Html =>
  table(
    plain('waits'),
    ['until', 'state', 'waitsFor', 'execution'],
    rows.map(({ wait, asked }) => [
      when(wait.due),
      html`<code>${wait.state}</code>`,
      whom(asked),
      html`<a class="key" href="/_local/executions/${wait.executionId}">${wait.executionName}</a>`,
    ]),
  );

function whom(asked: readonly AskedPeople[]): Html {
  const seats = asked.flatMap((request) => request.seats);
  if (asked.length === 0) return html`<span class="hint">${say('nobodyAsked')}</span>`;
  if (seats.length === 0)
    return html`<code>${asked.map(({ purpose }) => maskText('purpose', purpose)).join(', ')}</code>`;
  return html`<ul class="plain">${seats.map(
    ({ role, personId, isAsked }) =>
      html`<li><code>${maskText('role', role)}</code> <code>${maskText('personId', personId)}</code> <span class="hint">${say(isAsked ? 'asked' : 'notYetAsked')}</span></li>`,
  )}</ul>`;
}

/** `/_local/waits`: everything that waits for a time, whichever comes first. */
export function waitsPage(system: LocalSystem): LocalPages {
  const path = '/_local/waits';
  const show = async (query: URLSearchParams) => {
    const [due = 0, executionId = 0, threadId = 0] = (query.get('after') ?? '')
      .split('.')
      .map(Number)
      .filter(Number.isSafeInteger);
    const found = system.look.waits({ due, executionId, threadId }, pageLength + 1);
    const shown = found.slice(0, pageLength);
    const last = shown.at(-1);
    return localPage({
      path,
      now: system.now(),
      heading: html`${say('waits')} · ${system.look.waiting()}`,
      title: plain('waits'),
      content: html`<section>${waitTable(await waitRows(system, shown))}${pager([
        query.has('after') ? [path, 'first'] : undefined,
        found.length > pageLength && last !== undefined
          ? [`${path}?after=${last.due}.${last.executionId}.${last.threadId}`, 'onward']
          : undefined,
      ])}</section>`,
    });
  };
  return (request) => (request.path === path && request.method === 'GET' ? show(request.query) : undefined);
}

import type { LocalPages } from '../http-api.ts';
import type { HistoryEvent } from '../step-functions/execution.ts';
import type { Look, Wait } from '../step-functions/look.ts';
import { drawGraph } from './draw-graph.ts';
import { type Html, html } from './html.ts';
import { localPage, notFoundPage, pager, plain, say, table, when } from './layout.ts';
import type { LocalSystem } from './local-system.ts';
import { statusMark } from './machine-page.ts';
import { mask, maskText } from './mask.ts';
import { stateGraph } from './state-graph.ts';
import { waitRows, waitTable } from './waits-page.ts';

const pageLength = 100;
type Found = NonNullable<ReturnType<Look['execution']>>;

/** `/_local/executions/<number>`: the way that one execution went, lit up on the graph; what it waits for; its history. */
export function executionPage(system: LocalSystem): LocalPages {
  const { look, now } = system;
  const show = async ({ execution, threads, definition }: Found, path: string, query: URLSearchParams) => {
    const after = Number(query.get('after') ?? 0);
    const events = look.events(execution.id, Number.isSafeInteger(after) ? after : 0, pageLength + 1);
    const shown = events.slice(0, pageLength);
    const last = shown.at(-1)?.id;
    const steps = look.steps(execution.id);
    const entered = new Map<string, number>();
    for (const { to, count } of steps) entered.set(to, (entered.get(to) ?? 0) + count);
    const standing = new Map(threads.map(({ state }) => [state, 1]));
    const waits = threads.flatMap(({ id, state, phase, due }): Wait[] =>
      due === null
        ? []
        : [
            {
              executionId: execution.id,
              threadId: id,
              executionName: execution.name,
              machineName: execution.machineName,
              input: execution.input,
              state,
              phase,
              due,
            },
          ],
    );
    const name = `${plain('graphOf')}: ${[...entered].map(([state, count]) => `${state} ×${count}`).join(', ')}`;
    return localPage({
      path,
      now: now(),
      heading: html`${say('execution')} <code>${execution.name}</code>`,
      title: execution.name,
      content: html`<section><dl><dt>${say('status')}</dt><dd>${statusMark(execution.status)}${
        execution.error !== null && html` <code>${maskText('error', execution.error)}</code>`
      }</dd>
<dt>${say('machine')}</dt><dd><a href="/_local/workflows/${encodeURIComponent(execution.machineName)}">${execution.machineName}</a></dd>
<dt>${say('started')}</dt><dd>${when(execution.startedAt)}</dd>${
        execution.stoppedAt !== null && html`<dt>${say('stopped')}</dt><dd>${when(execution.stoppedAt)}</dd>`
      }</dl></section>
<section><div class="picture" role="region" tabindex="0" aria-label="${plain('graphOf')}, ${plain('scrollable')}">${drawGraph(
        stateGraph(definition),
        { entered, ways: new Set(steps.map(({ from, to }) => `${from ?? ''}→${to}`)), standing },
        name,
      )}</div><p class="hint">${say('legend')}</p></section>
${waits.length > 0 && html`<section><h2>${say('waits')}</h2>${waitTable(await waitRows(system, waits))}</section>`}
<section><h2>${say('history')}</h2>${table(
        plain('history'),
        ['time', 'event', 'detail'],
        shown.map((event) => [when(event.at), html`${event.id}. ${event.type}`, detailOf(event)]),
      )}${pager([
        after > 0 ? [path, 'first'] : undefined,
        events.length > pageLength && last !== undefined ? [`${path}?after=${last}`, 'onward'] : undefined,
      ])}</section>`,
    });
  };

  return ({ method, path, query }) => {
    const [, id] = /^\/_local\/executions\/(\d{1,15})$/.exec(path) ?? [];
    if (id === undefined || method !== 'GET') return undefined;
    const found = look.execution(Number(id));
    return found === null ? Promise.resolve(notFoundPage(path, now())) : show(found, path, query);
  };
}

/** A state's own name, the error's or the task's kind, in one word; the rest folded, its values masked. */
function detailOf({ detail }: HistoryEvent): Html {
  if (detail === null) return html``;
  const word = detail['name'] ?? detail['error'] ?? detail['resource'];
  const shown = word === undefined ? '…' : maskText('state', String(word));
  return html`<details><summary><code>${shown}</code></summary><pre>${JSON.stringify(mask('detail', detail), null, 2)}</pre></details>`;
}

import type { LocalPages } from '../http-api.ts';
import { type ExecutionStatus, statusSchema } from '../step-functions/execution.ts';
import type { SeenMachine } from '../step-functions/look.ts';
import { drawGraph } from './draw-graph.ts';
import { Html, html, seeOther } from './html.ts';
import { localPage, notFoundPage, pager, plain, say, table, when } from './layout.ts';
import type { LocalSystem } from './local-system.ts';
import { stateGraph } from './state-graph.ts';

const pageLength = 25;
/** Of more running executions than this the picture counts the newest: reading all of 100,000 would take its time. */
const mostStanding = 1_000;

const pathOf = (name: string): string => `/_local/workflows/${encodeURIComponent(name)}`;

/** A workflow with how many of its executions run and have ended, as an item of a list. */
export function machineCounts({ name, counts }: SeenMachine): Html {
  const known = statusSchema.options.filter((status) => counts[status] !== undefined);
  return html`<li><a href="${pathOf(name)}">${name}</a><ul class="plain">${known.map(
    (status) => html`<li>${statusMark(status)} ${counts[status] ?? 0}</li>`,
  )}</ul></li>`;
}

export const statusMark = (status: ExecutionStatus): Html => html`<span class="status ${status}">${say(status)}</span>`;

/** `/_local/workflows/<name>`: the definition as a graph with where its executions stand, and the list of them. */
export function machinePage({ look, now }: LocalSystem): LocalPages {
  const show = async (machine: SeenMachine, path: string, query: URLSearchParams) => {
    const wanted = statusSchema.safeParse(query.get('status')).data ?? null;
    const before = Number(query.get('before') ?? Infinity);
    const found = look.executions(
      machine.arn,
      wanted,
      Number.isSafeInteger(before) ? before : Number.MAX_SAFE_INTEGER,
      pageLength + 1,
    );
    const shown = found.slice(0, pageLength);
    const last = shown.at(-1)?.id;
    const filter = wanted === null ? '' : `status=${wanted}&`;
    const standing = look.standing(machine.arn, mostStanding);
    const none: ReadonlyMap<string, number> = new Map();
    return localPage({
      path,
      now: now(),
      heading: html`${say('machine')} <code>${machine.name}</code>`,
      title: machine.name,
      content: html`<section><div class="picture" role="region" tabindex="0" aria-label="${plain('graphOf')}, ${plain('scrollable')}">${drawGraph(
        stateGraph(machine.definition),
        { entered: none, ways: new Set(), standing },
        `${plain('graphOf')}: ${[...standing].map(([state, count]) => `${state} ${count}`).join(', ')}`,
      )}</div><p class="hint">${say('legendAll')}</p></section>
<section><h2>${say('executions')}</h2>
<ul class="chips">${chip(path, null, wanted, undefined)}${statusSchema.options.map((status) =>
        chip(path, status, wanted, machine.counts[status] ?? 0),
      )}</ul>
<form method="get" action="/_local/find" class="row"><div><label for="name">${say('find')}</label>
<input id="name" name="name" autocomplete="off"></div><button class="quiet">${say('findButton')}</button></form>
${table(
  plain('executions'),
  ['name', 'status', 'started', 'stopped'],
  shown.map(({ id, name, status, startedAt, stoppedAt }) => [
    html`<a class="key" href="/_local/executions/${id}">${name}</a>`,
    statusMark(status),
    when(startedAt),
    stoppedAt === null ? '' : when(stoppedAt),
  ]),
)}${pager([
  query.has('before') ? [`${path}?${filter}`.replace(/[?&]$/, ''), 'newest'] : undefined,
  found.length > pageLength && last !== undefined ? [`${path}?${filter}before=${last}`, 'older'] : undefined,
])}</section>`,
    });
  };

  return ({ method, path, query }) => {
    if (method !== 'GET') return undefined;
    if (path === '/_local/find') {
      const found = look.find(query.get('name')?.trim() ?? '');
      return Promise.resolve(found === null ? notFoundPage(path, now()) : seeOther(`/_local/executions/${found.id}`));
    }
    if (!path.startsWith('/_local/workflows/')) return undefined;
    const machine = look.machines().find(({ name }) => pathOf(name) === path);
    return machine === undefined ? Promise.resolve(notFoundPage(path, now())) : show(machine, path, query);
  };
}

function chip(path: string, status: ExecutionStatus | null, wanted: string | null, count: number | undefined): Html {
  const href = status === null ? path : `${path}?status=${status}`;
  return html`<li><a href="${href}"${status === wanted && new Html(' aria-current="true"')}>${
    status === null ? say('all') : statusMark(status)
  } ${count}</a></li>`;
}

import * as z from 'zod';
import { callDynamoDb } from '../dynamodb-tables.ts';
import type { LocalPages } from '../http-api.ts';
import { Html, html } from './html.ts';
import { localPage, notFoundPage, pager, plain, say } from './layout.ts';
import type { LocalSystem } from './local-system.ts';
import { mask, maskKey } from './mask.ts';
import { pageCursors } from './page-cursor.ts';
import { plainItem } from './table-item.ts';

const pageLength = 25;
/** A kind has no index of its own: this many items are looked through for a page of it, then a link goes on. */
const lookedThrough = 2_000;
const scanned = z.object({ Items: z.array(z.unknown()).default([]), LastEvaluatedKey: z.looseObject({}).optional() });

type Found = { items: Record<string, unknown>[]; onward: object | undefined };

/** `/_local/tables` and `/_local/tables/<name>`: the items as they are stored, by kind; whatever is personal or opens a door is masked. */
export function tablesPage({ tables, dynamoDbEndpoint, now }: LocalSystem): LocalPages {
  const cursors = pageCursors();
  const pathOf = (table: string): string => `/_local/tables/${encodeURIComponent(table)}`;

  const scan = async (table: string, limit: number, from: object | undefined, kind?: string): Promise<Found> => {
    const answer = await callDynamoDb(dynamoDbEndpoint, 'Scan', {
      TableName: table,
      Limit: limit,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      ...(kind === undefined
        ? {}
        : {
            FilterExpression: '#kind = :kind',
            ExpressionAttributeNames: { '#kind': '__edb_e__' },
            ExpressionAttributeValues: { ':kind': { S: kind } },
          }),
    });
    if (!answer.ok) throw new Error(`the table cannot be read: ${answer.error}`);
    const { Items, LastEvaluatedKey } = scanned.parse(answer.body);
    return { items: Items.map(plainItem), onward: LastEvaluatedKey };
  };

  const kindsOf = async (table: string): Promise<string[]> => {
    const { items } = await scan(table, lookedThrough, undefined);
    return [...new Set(items.map(kindOf))].sort();
  };

  /** Goes through the table until a page is full or enough was looked at. */
  const pageOf = async (table: string, kind: string | undefined, from: object | undefined): Promise<Found> => {
    const items: Found['items'] = [];
    let onward = from;
    let seen = 0;
    do {
      const limit = kind === undefined ? pageLength : 200;
      const found = await scan(table, limit, onward, kind);
      seen += limit;
      items.push(...found.items);
      onward = found.onward;
    } while (onward !== undefined && items.length < pageLength && seen < lookedThrough);
    return { items, onward };
  };

  const list = async () =>
    localPage({
      path: '/_local/tables',
      now: now(),
      heading: say('tables'),
      title: plain('tables'),
      content: html`<div class="two">${await Promise.all(
        tables.map(
          async (table) =>
            html`<section><h2><a href="${pathOf(table)}">${table}</a></h2><p class="hint">${say('kindsSeen')}</p>${chips(pathOf(table), await kindsOf(table), undefined)}</section>`,
        ),
      )}</div>`,
    });

  const show = async (table: string, query: URLSearchParams) => {
    const path = pathOf(table);
    const kinds = await kindsOf(table);
    const kind = query.get('kind') ?? undefined;
    const { items, onward } = await pageOf(table, kind, cursors.open(query.get('after')));
    const filter = kind === undefined ? '' : `kind=${encodeURIComponent(kind)}&`;
    return localPage({
      path,
      now: now(),
      heading: html`${say('tables')} <code>${table}</code>`,
      title: table,
      content: html`${chips(path, kinds, kind ?? '')}<section>${items.length === 0 && html`<p class="none">${say(onward === undefined ? 'noneYet' : 'goneThrough')}</p>`}${items.map(
        (item) =>
          html`<details><summary><strong>${kindOf(item)}</strong> <span class="key">${maskKey(String(item['pk'] ?? ''))} ${maskKey(String(item['sk'] ?? ''))}</span></summary><pre>${JSON.stringify(masked(item), null, 2)}</pre></details>`,
      )}${pager([
        query.has('after') ? [`${path}?${filter}`.replace(/[?&]$/, ''), 'first'] : undefined,
        onward === undefined ? undefined : [`${path}?${filter}after=${cursors.seal(onward)}`, 'onward'],
      ])}</section>`,
    });
  };

  return ({ method, path, query }) => {
    if (method !== 'GET' || !/^\/_local\/tables(\/|$)/.test(path)) return undefined;
    if (path === '/_local/tables') return list();
    const table = tables.find((name) => pathOf(name) === path);
    return table === undefined ? Promise.resolve(notFoundPage(path, now())) : show(table, query);
  };
}

/** The name of an entity is the house's own word; anything else is shown as no kind at all. */
function kindOf(item: Record<string, unknown>): string {
  const kind = mask('__edb_e__', item['__edb_e__'] ?? '');
  return typeof kind === 'string' && kind !== '' ? kind : '–';
}

const isKey = /^(gsi\d)?[ps]k$/;

/** The item with its keys masked part by part, and ElectroDB's own marks left out. */
function masked(item: Record<string, unknown>): object {
  const names = Object.keys(item)
    .filter((name) => !name.startsWith('__edb'))
    .sort();
  const keys = names.filter((name) => isKey.test(name));
  const rest = Object.fromEntries(names.filter((name) => !isKey.test(name)).map((name) => [name, item[name]]));
  return {
    ...Object.fromEntries(
      keys.toSorted((a, b) => a.length - b.length).map((name) => [name, maskKey(String(item[name]))]),
    ),
    ...Object(mask('', rest)),
  };
}

function chips(path: string, kinds: readonly string[], chosen: string | undefined): Html {
  const here = new Html(' aria-current="true"');
  return html`<ul class="chips">${chosen !== undefined && html`<li><a href="${path}"${chosen === '' && here}>${say('all')}</a></li>`}${kinds.map(
    (kind) => html`<li><a href="${path}?kind=${encodeURIComponent(kind)}"${kind === chosen && here}>${kind}</a></li>`,
  )}</ul>`;
}

import { showInstant } from '../clock-time.ts';
import type { HttpAnswer } from '../http-response.ts';
import { answerPage, both, Html, html } from './html.ts';
import { type Word, words } from './words.ts';

export const say = (word: Word): Html => both(words[word]);
/** Both languages as plain text, for labels that a screen reader says. */
export const plain = (word: Word): string => words[word].join(' ');

/** A moment as people in China read it. */
export const when = (epochMs: number): Html =>
  html`<time datetime="${showInstant(epochMs)}">${showInstant(epochMs).slice(0, 19).replace('T', ' ')}</time>`;

const places: readonly (readonly [path: string, word: Word])[] = [
  ['/_local', 'overview'],
  ['/_local/waits', 'waits'],
  ['/_local/inbox', 'inbox'],
  ['/_local/codes', 'codes'],
  ['/_local/tables', 'tables'],
];

/** A whole page of this machine. */
export function localPage(options: {
  path: string;
  heading: Html;
  title: string;
  now: number;
  content: Html;
  status?: number;
}): HttpAnswer {
  const { path, heading, title, now, content, status = 200 } = options;
  const links = places.map(
    ([to, word]) => html`<li><a href="${to}"${to === path && new Html(' aria-current="page"')}>${say(word)}</a></li>`,
  );
  return answerPage(
    status,
    html`<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} · ${words.title[0]} Reliefline</title><link rel="stylesheet" href="/_local/style.css"></head>
<body><header><p class="brand">${say('title')}</p><nav aria-label="${plain('title')}"><ul>${links}</ul></nav>
<p class="now"><a href="/_local#clock">${when(now)}</a></p></header>
<main><h1>${heading}</h1>${content}</main><footer><p>${say('masked')}</p></footer></body></html>`,
  );
}

/** A table that scrolls by itself where the window is narrow. */
export function table(
  label: string,
  heads: readonly Word[],
  rows: readonly (readonly (Html | string | number)[])[],
): Html {
  if (rows.length === 0) return html`<p class="none">${say('noneYet')}</p>`;
  const labels = heads.map((head) => words[head][0]);
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table><thead><tr>${heads.map(
    (head) => html`<th scope="col">${say(head)}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, index) => html`<td data-label="${labels[index]}">${cell !== '' && html`<div>${cell}</div>`}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

/** Links to where a list goes on; `undefined` where it does not. */
export const pager = (links: readonly (readonly [href: string, word: Word] | undefined)[]): Html =>
  html`<p class="pager">${links.map((link) => link && html`<a href="${link[0]}">${say(link[1])}</a> `)}</p>`;

export const notFoundPage = (path: string, now: number): HttpAnswer =>
  localPage({
    path,
    now,
    status: 404,
    heading: say('notFound'),
    title: plain('notFound'),
    content: html`<p><a href="/_local">${say('overview')}</a></p>`,
  });

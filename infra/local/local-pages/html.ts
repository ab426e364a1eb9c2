import type { HttpAnswer } from '../http-response.ts';

/** Text that is HTML already; everything else is escaped where it is put into a page. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | false | readonly Part[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function show(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(show).join('');
  return String(part).replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
}

/** Markup with its values escaped; lists are joined, `undefined` and `false` are left out. */
export function html(pieces: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(pieces.map((piece, index) => piece + show(parts[index])).join(''));
}

/** Chinese first, English beside it. */
export const both = ([zh, en]: readonly [zh: string, en: string]): Html =>
  html`${zh} <span lang="en" class="en">${en}</span>`;

/** Nothing of a page comes from elsewhere, nothing runs on it, and nobody may frame it. */
const policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export const answerPage = (status: number, content: Html): HttpAnswer => ({
  status,
  headers: [
    ['content-type', 'text/html; charset=utf-8'],
    ['content-security-policy', policy],
    ['cache-control', 'no-store'],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    // Not `no-referrer`: with it a browser says `Origin: null` of the page's own forms, and they would be refused.
    ['referrer-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
  ],
  body: Buffer.from(content.text),
});

export const seeOther = (location: string): HttpAnswer => ({
  status: 303,
  headers: [['location', location]],
  body: Buffer.alloc(0),
});

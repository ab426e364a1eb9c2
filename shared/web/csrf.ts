import { createHmac, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { isSameText, readHostCookie, setHostCookie } from './cookies.ts';
import type { FormBody } from './form-body.ts';

/** The hidden field that `<Form csrf>` writes. */
export const csrfField = '_csrf';

const formCookie = 'form';

const tokenFor = (secret: string, cookieId: string) =>
  createHmac('sha256', secret).update(`csrf\0${cookieId}`).digest('base64url');

/** A random id of 128 bits, 22 characters. */
const isFormId = (value: string | undefined): value is string => /^[\w-]{22}$/.test(value ?? '');

/**
 * The token for the forms of this page: an HMAC over the random id in the browser's form cookie, which is set here if
 * it is not there yet. A page on another site can neither read nor guess it. Call it once for each page that has a
 * form; the token is the same in every tab of a browser.
 */
export function issueCsrf(c: Context, secret: string): string {
  const known = readHostCookie(c, formCookie);
  if (isFormId(known)) return tokenFor(secret, known);
  const id = randomBytes(16).toString('base64url');
  setHostCookie(c, formCookie, id);
  return tokenFor(secret, id);
}

export type CsrfVerdict = 'ok' | 'cross-site' | 'missing' | 'wrong';

/**
 * Does a POST come from a page of ours? `cross-site` by the browser's own word; `missing` without a token; `wrong`
 * where token and cookie do not belong together (cookies cleared, or a forgery). On anything but `ok` change nothing:
 * show the form again with what was typed and a fresh token, or answer `errorPage(c, 403, verdict)`.
 */
export function checkCsrf(c: Context, form: FormBody, secret: string): CsrfVerdict {
  if (!isFromOurSite(c)) return 'cross-site';
  const token = form.text(csrfField);
  if (token === '') return 'missing';
  const id = readHostCookie(c, formCookie);
  return isFormId(id) && isSameText(token, tokenFor(secret, id)) ? 'ok' : 'wrong';
}

/**
 * What the browser says about where a request was started. `none` is the reader's own doing. Old phones send only
 * `Origin`, and because of our `Referrer-Policy: no-referrer` they send it as `null` even from our own pages: that, and
 * none at all, leaves the decision to the token.
 */
function isFromOurSite(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = c.req.header('origin');
  if (origin === undefined || origin === 'null') return true;
  // Hosts alone: behind the API the request's own URL says https even where the browser was on http.
  return URL.canParse(origin) && new URL(origin).host === (c.req.header('host') ?? new URL(c.req.url).host);
}

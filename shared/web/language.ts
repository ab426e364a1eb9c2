import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { chooseLang, isLang, type Lang } from '../i18n/lang.ts';

const cookieName = 'lang';
const yearSeconds = 365 * 24 * 60 * 60;

/** The language of this request: cookie, else `Accept-Language`, else Chinese. */
export const langOf = (c: Context): Lang => chooseLang(getCookie(c, cookieName), c.req.header('accept-language'));

/** The address that switches the language and comes back. */
export const langSwitchHref = (to: Lang, path: string): string =>
  `/lang?to=${to}&back=${encodeURIComponent(safePath(path))}`;

/**
 * A path on this site, or `/`. Refuses what a browser would read as another site (`//host`, `/\host`, a scheme) or
 * what hides one behind control characters.
 */
export function safePath(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[^\\\u0000-\u0020]*$/.test(path) ? path : '/';
}

/** `GET /lang?to=en&back=/path`: remembers the choice and goes back. */
export function switchLang(c: Context): Response {
  const to = c.req.query('to');
  if (isLang(to)) {
    setCookie(c, cookieName, to, { path: '/', maxAge: yearSeconds, sameSite: 'Lax', httpOnly: true, secure: true });
  }
  return c.redirect(safePath(c.req.query('back')), 303);
}

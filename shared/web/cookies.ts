import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/**
 * Cookies of the house: `__Host-` (this host alone, over TLS), HttpOnly, SameSite=Lax. Lax, not Strict: after the
 * redirect from a link in a mail a browser does not send Strict cookies. `name` is given without the prefix.
 * A cookie's age is a convenience for the browser; whether it is still good is decided on the server's clock.
 */
export function setHostCookie(c: Context, name: string, value: string, maxAgeSeconds?: number): void {
  setCookie(c, name, value, {
    prefix: 'host',
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
  });
}

/** The value of one of our cookies, or `undefined`. */
export const readHostCookie = (c: Context, name: string): string | undefined => getCookie(c, name, 'host');

export function clearHostCookie(c: Context, name: string): void {
  deleteCookie(c, name, { prefix: 'host', path: '/', secure: true });
}

const mac = (secret: string, purpose: string, value: string) =>
  createHmac('sha256', secret).update(`${purpose}\0${value}`).digest('base64url');

/** Are two texts equal? Takes the same time wherever they differ. */
export function isSameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * A value with its seal, readable but not forgeable: `<base64url of value>.<HMAC-SHA256>`. The purpose goes into the
 * seal, so that a value signed for one thing is no good for another.
 */
export const signValue = (secret: string, purpose: string, value: string): string =>
  `${Buffer.from(value).toString('base64url')}.${mac(secret, purpose, value)}`;

/** The value inside a signed one, or `undefined` if it was made elsewhere, changed or cut. */
export function openSigned(secret: string, purpose: string, signed: string | undefined): string | undefined {
  const [encoded, seal, ...rest] = (signed ?? '').split('.');
  if (!encoded || !seal || rest.length > 0) return undefined;
  const value = Buffer.from(encoded, 'base64url').toString();
  return isSameText(seal, mac(secret, purpose, value)) ? value : undefined;
}

import fc from 'fast-check';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { clearHostCookie, openSigned, readHostCookie, setHostCookie, signValue } from './cookies.ts';

describe('cookies', () => {
  it('are bound to the host, hidden from scripts and sent after a link in a mail', async () => {
    const app = new Hono().get('/', (c) => {
      setHostCookie(c, 'session', 'v', 60);
      return c.text('');
    });
    const cookie = (await app.request('/')).headers.get('set-cookie');
    expect(cookie).toBe('__Host-session=v; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax');
  });

  it('are read by their name without the prefix, and not without it', async () => {
    const app = new Hono().get('/', (c) => c.text(readHostCookie(c, 'session') ?? 'none'));
    expect(await (await app.request('/', { headers: { cookie: '__Host-session=v' } })).text()).toBe('v');
    expect(await (await app.request('/', { headers: { cookie: 'session=v' } })).text()).toBe('none');
  });

  it('are cleared with the attributes that browsers ask of the prefix', async () => {
    const app = new Hono().get('/', (c) => {
      clearHostCookie(c, 'session');
      return c.text('');
    });
    expect((await app.request('/')).headers.get('set-cookie')).toMatch(/^__Host-session=; Max-Age=0; Path=\/; Secure/);
  });
});

describe('a signed value', () => {
  it('opens with its secret and purpose alone', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const signed = signValue('secret', 'session', value);
        if (value !== '') expect(openSigned('secret', 'session', signed)).toBe(Buffer.from(value).toString());
        expect(openSigned('other', 'session', signed)).toBeUndefined();
        expect(openSigned('secret', 'form', signed)).toBeUndefined();
      }),
    );
  });

  it.each([undefined, '', '.', 'abc', 'YQ.', '.YQ', 'YQ.x.y', 'YQ.abc'])('does not open from %s', (signed) => {
    expect(openSigned('secret', 'session', signed)).toBeUndefined();
  });

  it('does not open with another value in front of its seal', () => {
    const seal = signValue('secret', 'session', 'a').split('.')[1];
    expect(openSigned('secret', 'session', `${Buffer.from('b').toString('base64url')}.${seal}`)).toBeUndefined();
  });
});

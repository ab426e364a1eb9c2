import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { checkCsrf, csrfField, issueCsrf } from './csrf.ts';
import { readForm } from './form-body.ts';

const app = new Hono();
app.get('/', (c) => c.text(issueCsrf(c, 'secret')));
app.post('/', async (c) => c.text(checkCsrf(c, await readForm(c), 'secret')));

async function openPage(cookie?: string) {
  const page = await app.request('/', cookie ? { headers: { cookie } } : {});
  const set = page.headers.get('set-cookie');
  return { token: await page.text(), cookie: set?.split(';')[0] ?? cookie ?? '', isSet: set !== null };
}

const send = async (token: string | undefined, headers: Record<string, string>) =>
  (
    await app.request('http://relief.example/', {
      method: 'POST',
      body: new URLSearchParams(token === undefined ? {} : { [csrfField]: token }),
      headers,
    })
  ).text();

describe('a POST', () => {
  it('is ours with the token of the page and the cookie of the browser', async () => {
    const { token, cookie } = await openPage();
    expect(await send(token, { cookie, 'sec-fetch-site': 'same-origin' })).toBe('ok');
    expect(await send(token, { cookie, origin: 'https://relief.example', host: 'relief.example' })).toBe('ok');
  });

  it('is ours from an old phone, whose Origin our referrer policy turns into null', async () => {
    const { token, cookie } = await openPage();
    expect(await send(token, { cookie, origin: 'null' })).toBe('ok');
    expect(await send(token, { cookie })).toBe('ok');
  });

  it('has one token in every tab of a browser', async () => {
    const first = await openPage();
    const second = await openPage(first.cookie);
    expect(second).toEqual({ token: first.token, cookie: first.cookie, isSet: false });
  });

  it('is refused without a token, or with that of another browser', async () => {
    const mine = await openPage();
    const theirs = await openPage();
    expect(mine.token).not.toBe(theirs.token);
    expect(await send(undefined, { cookie: mine.cookie })).toBe('missing');
    expect(await send(theirs.token, { cookie: mine.cookie })).toBe('wrong');
    expect(await send(mine.token, {})).toBe('wrong');
    expect(await send('x', { cookie: '__Host-form=short' })).toBe('wrong');
  });

  it.each([{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }])(
    'is refused from another site: %o',
    async (headers) => {
      const { token, cookie } = await openPage();
      expect(await send(token, { cookie, host: 'relief.example', ...headers })).toBe('cross-site');
    },
  );

  it('gets a fresh id where the cookie was tampered with', async () => {
    expect((await openPage('__Host-form=<script>')).isSet).toBe(true);
  });
});

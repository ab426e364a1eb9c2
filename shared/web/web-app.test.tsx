import { gunzipSync } from 'node:zlib';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, it } from 'vitest';
import { catalogueOf } from '../i18n/catalogue.ts';
import { version } from './assets.generated.ts';
import { readForm } from './form-body.ts';
import { Page } from './layout.tsx';
import { errorPage, webApp } from './web-app.tsx';

const app = webApp({ wordsOf: catalogueOf, maxBodyBytes: 1000 });
app.get('/', (c) =>
  c.html(
    <Page lang={c.var.lang} title={c.var.words.applicant.title} path={c.req.path}>
      <p>{'<script>alert(1)</script>'}</p>
    </Page>,
  ),
);
app.get('/forbidden', () => {
  throw new HTTPException(403);
});
app.get('/gone', (c) => errorPage(c, 410));
app.get('/broken', () => {
  throw new Error('unexpected');
});
app.post('/form', async (c) => c.text((await readForm(c)).text('name')));

const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers });

describe('a page', () => {
  it('speaks Chinese first, with a doctype, one heading and no script of its own', async () => {
    const html = await (await get('/')).text();
    expect(html).toMatch(/^<!doctype html><html lang="zh-Hans"/);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('申请救助');
    expect(html).not.toContain('<script>');
    expect(html).not.toMatch(/ style=| on[a-z]+=/);
  });

  it('speaks English to whoever asks for it', async () => {
    expect(await (await get('/', { 'accept-language': 'en' })).text()).toContain('<html lang="en"');
    expect(await (await get('/', { cookie: 'lang=en' })).text()).toContain('Apply for relief');
  });

  it('is kept by no cache, while the style sheet is kept for ever', async () => {
    expect((await get('/')).headers.get('cache-control')).toBe('no-store');
    const sheet = await get(`/assets/${version}/app.css`);
    expect(sheet.headers.get('cache-control')).toContain('immutable');
    expect(sheet.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect((await get(`/assets/${version}/app.js`)).headers.get('content-type')).toContain('text/javascript');
    expect((await get('/assets/older/app.css')).headers.get('cache-control')).toBe('no-cache');
  });

  it('sends the style sheet packed to whoever takes that, and plain to others', async () => {
    const path = `/assets/${version}/app.css`;
    const plain = await get(path);
    expect(plain.headers.get('content-encoding')).toBeNull();
    const text = await plain.text();
    expect(text).toContain('.govuk-');
    for (const accepted of ['gzip, deflate, br', 'br, GZIP;q=0.5']) {
      const packed = await get(path, { 'accept-encoding': accepted });
      expect(packed.headers.get('content-encoding')).toBe('gzip');
      expect(packed.headers.get('vary')).toBe('Accept-Encoding');
      expect(gunzipSync(await packed.arrayBuffer()).toString('utf8')).toBe(text);
    }
    expect((await get(path, { 'accept-encoding': 'br, gzip;q=0' })).headers.get('content-encoding')).toBeNull();
  });
});

describe('the language switch', () => {
  it('remembers the choice and goes back', async () => {
    const answer = await get('/lang?to=en&back=%2Ftrack%3Fa%3D1');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/track?a=1');
    expect(answer.headers.get('set-cookie')).toMatch(
      /^lang=en; Max-Age=31536000; Path=\/; HttpOnly; Secure; SameSite=Lax/,
    );
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/%0d%0aSet-Cookie:x',
    '',
  ])('never leads to another site: %s', async (back) => {
    const answer = await get(`/lang?to=en&back=${back.startsWith('/%') ? back : encodeURIComponent(back)}`);
    expect(answer.headers.get('location')).toBe('/');
  });

  it('sets nothing for a language that we do not have', async () => {
    expect((await get('/lang?to=xx&back=/')).headers.get('set-cookie')).toBeNull();
  });
});

describe('what goes wrong', () => {
  it.each([
    ['/nowhere', 404, '找不到这个页面'],
    ['/forbidden', 403, '您没有权限做这一步'],
    ['/gone', 410, '这个链接已经失效'],
  ])('%s answers %i with a page', async (path, status, title) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(`<h1 class="govuk-heading-l">${title}</h1>`);
  });

  it('a body that is too large answers 413, a form that is none 415, a broken one 400, each with a page', async () => {
    const post = (body: string, type: string) =>
      app.request('/form', {
        method: 'POST',
        body,
        headers: { 'content-type': type, 'content-length': String(body.length), 'accept-language': 'en' },
      });
    const answers = [
      await post(`name=${'x'.repeat(1000)}`, 'application/x-www-form-urlencoded'),
      await post('{}', 'application/json'),
      await post('x', 'multipart/form-data; boundary=b'),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([413, 415, 400]);
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual([
      expect.stringContaining('Too much was sent at once'),
      expect.stringContaining('We cannot read this format'),
      expect.stringContaining('We could not read what was sent'),
    ]);
  });

  it('an error that nobody expected is left to the caller', async () => {
    await expect(async () => get('/broken')).rejects.toThrow('unexpected');
  });
});

import type { Context } from 'aws-lambda';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pageWordsOf } from '../../shared/i18n/page-words.ts';
import { webApp } from '../../shared/web/web-app.tsx';
import { type WebEvent, webHandler } from './web-handler.tsx';

const context = { awsRequestId: 'req-1' } as Context;
const event = (over: Partial<WebEvent> & { method?: string } = {}) =>
  ({
    version: '2.0',
    routeKey: 'GET /d/{token}',
    rawPath: '/d/secret-token',
    rawQueryString: '',
    headers: { host: 'relief.example' },
    body: null,
    isBase64Encoded: false,
    requestContext: { http: { method: over.method ?? 'GET' }, domainName: 'relief.example' },
    ...over,
  }) as unknown as WebEvent;

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const app = webApp({ wordsOf: pageWordsOf });
app.get('/d/:token', (c) => c.text('page'));
app.get('/broken', () => {
  throw new Error('account 6222020200112233');
});
app.get('/gbk', (c) => c.body(new Uint8Array([0xd6, 0xd0]), 200, { 'content-type': 'text/csv; charset=GBK' }));
app.post('/echo', async (c) => c.text(await c.req.text()));
app.get('/cookies', (c) => {
  c.header('set-cookie', 'a=1', { append: true });
  c.header('set-cookie', 'b=2', { append: true });
  return c.text(c.req.header('cookie') ?? '');
});

describe('a web Lambda', () => {
  it('logs one line with the route and never the path', async () => {
    let clock = 0;
    const handler = webHandler(app, { stopwatch: () => (clock += 7) });
    expect((await handler(event(), context)).statusCode).toBe(200);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      message: 'request',
      requestId: 'req-1',
      routeKey: 'GET /d/{token}',
      route: 'GET /d/:token',
      status: 200,
      ms: 7,
    });
    expect(lines.join()).not.toContain('secret-token');
  });

  it('lets forms post to us and to the bucket, and nothing else in', async () => {
    const handler = webHandler(app, { evidenceOrigin: () => 'https://papers.example' });
    const { headers } = await handler(event(), context);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: https://papers.example; " +
        "form-action 'self' https://papers.example; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it('answers the unexpected with a page, a reference and the headers, in the reader’s language', async () => {
    const handler = webHandler(app);
    const answer = await handler(event({ rawPath: '/broken', cookies: ['x=1', 'lang=en'] }), context);
    expect(answer.statusCode).toBe(500);
    expect(answer.body).toContain('Something went wrong on our side');
    expect(answer.body).toContain('req-1');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect((await handler(event({ rawPath: '/broken' }), context)).body).toContain('系统出了问题');
    expect(lines.join()).toContain('"message":"request failed"');
    expect(lines.join()).toContain('"status":500');
    expect(lines.join()).not.toContain('6222');
  });

  it('answers what has no route with 404', async () => {
    const answer = await webHandler(app)(event({ rawPath: '/nowhere' }), context);
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('找不到这个页面');
  });

  it('passes cookies both ways and decodes a body', async () => {
    const handler = webHandler(app);
    const answer = await handler(event({ rawPath: '/cookies', cookies: ['x=1', 'y=2'] }), context);
    expect(answer.body).toBe('x=1; y=2');
    expect(answer.cookies).toEqual(['a=1', 'b=2']);
    const body = Buffer.from('你好').toString('base64');
    expect(
      (await handler(event({ method: 'POST', rawPath: '/echo', body, isBase64Encoded: true }), context)).body,
    ).toBe('你好');
  });

  it('leaves text in another encoding as the bytes it is', async () => {
    const answer = await webHandler(app)(event({ rawPath: '/gbk' }), context);
    expect(answer.isBase64Encoded).toBe(true);
    expect(Buffer.from(answer.body, 'base64')).toEqual(Buffer.from([0xd6, 0xd0]));
  });

  it('is built once, at the first request, and again if that failed', async () => {
    const build = vi.fn(() => Promise.resolve(new Hono().get('/d/:token', (c) => c.text('ok'))));
    build.mockRejectedValueOnce(new TypeError('environment is missing'));
    const handler = webHandler(build);
    expect(build).not.toHaveBeenCalled();
    expect((await handler(event(), context)).statusCode).toBe(500);
    expect((await handler(event(), context)).statusCode).toBe(200);
    expect((await handler(event(), context)).statusCode).toBe(200);
    expect(build).toHaveBeenCalledTimes(2);
  });
});

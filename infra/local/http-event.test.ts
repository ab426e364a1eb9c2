import { describe, expect, test } from 'vitest';
import { type HttpRequest, makeEvent } from './http-event.ts';
import { makeRouter } from './http-routes.ts';

/** The event of payload format 2.0, as an HTTP API makes it. */
type Event = {
  headers: Record<string, string>;
  cookies?: string[];
  requestContext: { http: Record<string, string>; time: string; timeEpoch: number; routeKey: string; stage: string };
  [field: string]: unknown;
};

const keys = ['$default', 'GET /cases/{caseId}', 'ANY /files/{proxy+}', 'GET /'];
const route = makeRouter(keys.map((routeKey) => ({ routeKey, functionArn: 'f', timeoutMs: 1 })));

function eventOf(target: string, more: Partial<HttpRequest> = {}): Event {
  const request: HttpRequest = {
    method: 'GET',
    target,
    headers: { host: 'union.example:8000' },
    body: Buffer.alloc(0),
    sourceIp: '192.0.2.7',
    protocol: 'HTTP/1.1',
    ...more,
  };
  const match = route(request.method, target.split('?')[0] ?? '/');
  if (match === undefined) throw new Error('no route');
  const now = Date.parse('2016-02-03T04:05:06.789Z');
  const event: ReturnType<typeof JSON.parse> = makeEvent(request, match, {
    accountId: '123456789012',
    apiId: 'local',
    requestId: '11111111-2222-3333-4444-555555555555',
    now,
  });
  return event;
}

test('a bare request has no body, no cookies, no query and no path parameters', () => {
  const event = eventOf('/');
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'GET /',
    rawPath: '/',
    rawQueryString: '',
    isBase64Encoded: false,
  });
  for (const field of ['body', 'cookies', 'queryStringParameters', 'pathParameters']) {
    expect(event).not.toHaveProperty(field);
  }
});

describe('the query', () => {
  test.each([
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=1&a=2&a=1', { a: '1,2,1' }],
    ['a=&b', { a: '', b: '' }],
    ['name=%E5%B7%A5%E4%BC%9A&x=a+b', { name: '工会', x: 'a b' }],
    ['__proto__=1', { ['__proto__']: '1' }],
  ])('%s', (raw, expected) => {
    const event = eventOf(`/?${raw}`);
    expect(event['rawQueryString']).toBe(raw);
    expect(Object.entries(event['queryStringParameters'] ?? {})).toEqual(Object.entries(expected));
  });
});

describe('the path', () => {
  test.each([
    ['/cases/a%2Fb', 'GET /cases/{caseId}', { caseId: 'a/b' }],
    ['/files/2016/fire%20report.pdf', 'ANY /files/{proxy+}', { proxy: '2016/fire report.pdf' }],
    ['/elsewhere', '$default', undefined],
    ['/cases/%E0%A4%A', 'GET /cases/{caseId}', { caseId: '%E0%A4%A' }],
  ])('%s meets %s', (target, routeKey, pathParameters) => {
    const event = eventOf(target);
    expect(event).toMatchObject({ routeKey, requestContext: { routeKey, stage: '$default' } });
    expect(event['pathParameters']).toEqual(pathParameters);
  });

  test.each(['HEAD', 'POST', 'DELETE'])('%s of a route for GET falls to $default', (method) => {
    expect(eventOf('/cases/7', { method })).toMatchObject({
      routeKey: '$default',
      requestContext: { http: { method } },
    });
  });
});

describe('the body', () => {
  test.each([
    ['application/json', '{"名":1}', false],
    ['application/json; charset=utf-8', '{}', false],
    ['application/problem+json', '{}', false],
    ['application/xml', '<a/>', false],
    ['text/plain', 'a', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['multipart/form-data; boundary=x', '--x--', true],
    ['application/octet-stream', '\u0000\u00ff', true],
    ['image/png', 'x', true],
  ])('%s', (contentType, text, isBase64Encoded) => {
    const body = Buffer.from(text);
    const event = eventOf('/', { method: 'POST', headers: { 'content-type': contentType }, body });
    expect(event['isBase64Encoded']).toBe(isBase64Encoded);
    expect(event['body']).toBe(isBase64Encoded ? body.toString('base64') : text);
    expect(event.headers['content-length']).toBe(String(body.length));
  });
});

test('cookies stand apart from the headers, in their order', () => {
  const event = eventOf('/', { headers: { cookie: 'a=1; b=x=y;c="3"; ' } });
  expect(event.cookies).toEqual(['a=1', 'b=x=y', 'c="3"']);
  expect(event.headers).not.toHaveProperty('cookie');
});

test('a header sent more than once is joined by commas; those of the connection are not told', () => {
  const headers = { 'set-cookie': ['a', 'b'], accept: 'text/html, */*', connection: 'keep-alive', host: 'h:81' };
  const event = eventOf('/', { headers });
  expect(event.headers).toMatchObject({ 'set-cookie': 'a,b', accept: 'text/html, */*', 'x-forwarded-port': '81' });
  expect(event.headers).not.toHaveProperty('connection');
});

test('the context tells who asked, when and how', () => {
  const { requestContext, headers } = eventOf('/cases/7', { headers: { 'user-agent': 'tester', host: 'h' } });
  expect(requestContext).toMatchObject({
    accountId: '123456789012',
    requestId: '11111111-2222-3333-4444-555555555555',
    http: { method: 'GET', path: '/cases/7', protocol: 'HTTP/1.1', sourceIp: '192.0.2.7', userAgent: 'tester' },
    time: '03/Feb/2016:04:05:06 +0000',
    timeEpoch: Date.parse('2016-02-03T04:05:06.789Z'),
  });
  expect(headers['x-forwarded-for']).toBe('192.0.2.7');
});

import { request } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startHttpApi } from '../../infra/local/http-api.ts';
import type { Outcome } from '../../infra/local/lambda-messages.ts';
import { freePort } from '../support/free-port.ts';

/** An HTTP API takes 10 MB and gives an integration 30 seconds. */
let url: string;
let api: Awaited<ReturnType<typeof startHttpApi>>;
let invoke: (event: { body?: string }) => Promise<Outcome>;
const model = {
  stackName: 's',
  accountId: '123456789012',
  region: 'eu-central-1',
  functions: [],
  tables: [],
  buckets: [],
  machines: [],
  schedules: [],
  keys: [],
  warnings: [],
  routes: [
    { routeKey: 'ANY /usual', functionArn: 'f', timeoutMs: 60_000 },
    { routeKey: 'ANY /short', functionArn: 'f', timeoutMs: 5_000 },
    { routeKey: 'ANY /gone', functionArn: 'none', timeoutMs: 5_000 },
  ],
};

beforeEach(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  api = await startHttpApi({
    port,
    model,
    now: () => Date.parse('2016-01-01T00:00:00Z'),
    log: () => undefined,
    localPages: () => undefined,
    lambdas: {
      has: () => true,
      busy: () => 0,
      idle: async () => undefined,
      close: async () => undefined,
      open: async () => undefined,
      pause: async () => true,
      goOn: () => undefined,
      invoke: (arn, event) => (arn === 'none' ? undefined : invoke(JSON.parse(event))),
    },
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await api.close();
});

function send(path: string, body?: Buffer): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, { method: 'POST' }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

test.each([
  ['/usual', 30_000],
  ['/short', 5_000],
])('a function that does not answer %s in time is a 503 after %i ms and not before', async (path, limit) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const called = new Promise<void>((resolve) => {
    invoke = () => {
      resolve();
      return new Promise(() => undefined);
    };
  });
  let isAnswered = false;
  const answered = send(path).finally(() => {
    isAnswered = true;
  });
  await called;
  vi.advanceTimersByTime(limit - 1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(isAnswered).toBe(false);
  vi.advanceTimersByTime(1);
  expect(await answered).toEqual({ status: 503, text: '{"message":"Service Unavailable"}' });
});

test('10 MB reach the function whole, and one byte more is a 413 that it never sees', async () => {
  const seen: number[] = [];
  invoke = async ({ body = '' }) => {
    seen.push(Buffer.from(body, 'base64').length);
    return { kind: 'returned', payload: '{"statusCode":204}' };
  };
  const most = 10 * 1024 * 1024;
  expect((await send('/usual', Buffer.alloc(most))).status).toBe(204);
  const refused = await send('/usual', Buffer.alloc(most + 1));
  expect(refused).toEqual({ status: 413, text: '{"message":"Request Entity Too Large"}' });
  expect(seen).toEqual([most]);
});

test('a route whose function is not there is a 500, and no route is a 404', async () => {
  expect(await send('/gone')).toEqual({ status: 500, text: '{"message":"Internal Server Error"}' });
  expect(await send('/nowhere')).toEqual({ status: 404, text: '{"message":"Not Found"}' });
});

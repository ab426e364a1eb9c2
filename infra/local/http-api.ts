import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { makeEvent } from './http-event.ts';
import { gatewayAnswer, type HttpAnswer, makeAnswer } from './http-response.ts';
import { makeRouter } from './http-routes.ts';
import { failureFields, type Lambdas } from './lambda.ts';
import { closeServer, listenLocally } from './listen.ts';
import type { Log } from './log.ts';
import type { Model } from './template.ts';

/** Limits of an HTTP API: 10 MB a request, 30 seconds an integration. */
const bodyLimit = 10 * 1024 * 1024;
/** What a person has just sent may still be answered when the machine is stopped. */
const stopGraceMs = 2_000;

/** Answers what is under `/_local`; undefined for any other path. */
export type LocalPages = (request: LocalRequest) => Promise<HttpAnswer> | undefined;
export type LocalRequest = { method: string; path: string; query: URLSearchParams; body: Buffer };

/** An answer with what its line in the log may tell: the route's pattern and an error's name, never a path. */
type Answered = { answer: HttpAnswer; routeKey: string; failure?: { error?: string; at?: string } };

/** The HTTP API on 127.0.0.1: the template's routes lead to its functions; `/_local` is this machine's own. */
export async function startHttpApi(options: {
  port: number;
  model: Model;
  lambdas: Lambdas;
  now: () => number;
  log: Log;
  localPages: LocalPages;
}): Promise<{ close(): Promise<void> }> {
  const { model, lambdas, now, log, localPages } = options;
  const route = makeRouter(model.routes);

  const answer = async (request: IncomingMessage): Promise<Answered> => {
    const method = request.method ?? 'GET';
    const target = request.url ?? '/';
    const path = target.split('?')[0] ?? '/';
    const body = await readBody(request);
    if (body === undefined) return { answer: gatewayAnswer(413, 'Request Entity Too Large'), routeKey: 'too large' };
    if (path.startsWith('/_local')) {
      const local = isOwnHost(request)
        ? localPages({ method, path, query: new URLSearchParams(target.split('?')[1]), body })
        : undefined;
      return { answer: (await local) ?? gatewayAnswer(404, 'Not Found'), routeKey: `${method} ${path}` };
    }
    const match = route(method, path);
    if (match === undefined) return { answer: gatewayAnswer(404, 'Not Found'), routeKey: 'no route' };
    const event = makeEvent(
      {
        method,
        target,
        headers: request.headers,
        body,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        protocol: `HTTP/${request.httpVersion}`,
      },
      match,
      { accountId: model.accountId, apiId: 'local', requestId: randomUUID(), now: now() },
    );
    const { routeKey, functionArn, timeoutMs } = match.route;
    await lambdas.open();
    const outcome = lambdas.invoke(functionArn, JSON.stringify(event), { kind: 'request' });
    if (outcome === undefined) return { answer: gatewayAnswer(500, 'Internal Server Error'), routeKey };
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), Math.min(timeoutMs, 30_000));
    });
    const first = await Promise.race([outcome, limit]);
    clearTimeout(timer);
    if (first === 'late')
      return { answer: gatewayAnswer(503, 'Service Unavailable'), routeKey, failure: { error: 'late' } };
    return { answer: makeAnswer(first), routeKey, failure: failureFields(first) };
  };

  const server = createServer({ maxHeaderSize: 10_240 }, (request, response) => {
    const began = performance.now();
    void answer(request)
      .then(({ answer: { status, headers, body }, routeKey, failure }) => {
        write(response, status, headers, request.method === 'HEAD' ? undefined : body, body.length);
        const level = status >= 500 ? 'error' : 'info';
        const quiet = routeKey.includes('/_local');
        if (!quiet)
          log({
            level,
            message: `${request.method} ${status}`,
            route: routeKey,
            ms: Math.round(performance.now() - began),
            ...failure,
          });
      })
      .catch(() => response.destroy());
  });
  await listenLocally(server, options.port);
  return { close: () => closeServer(server, stopGraceMs) };
}

function write(
  response: ServerResponse,
  status: number,
  headers: [string, string][],
  body: Buffer | undefined,
  length: number,
): void {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of headers) grouped.set(name, [...(grouped.get(name) ?? []), value]);
  response.statusCode = status;
  for (const [name, values] of grouped) response.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  if (status !== 204 && status !== 304) response.setHeader('content-length', length);
  response.end(body);
}

/** Undefined when the body is larger than an HTTP API takes; the rest of it is read and dropped. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length <= bodyLimit) chunks.push(bytes);
    else chunks.length = 0;
  }
  return length <= bodyLimit ? Buffer.concat(chunks) : undefined;
}

/**
 * A page elsewhere that points its own name at 127.0.0.1 must not read this machine, and one that posts here must not move
 * its clock: the name asked for is this machine's, and what a browser sends comes from the very same place.
 */
function isOwnHost({ headers: { host = '', origin, 'sec-fetch-site': site }, method }: IncomingMessage): boolean {
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return false;
  if (origin !== undefined && URL.parse(origin)?.host !== host) return false;
  return method === 'GET' || method === 'HEAD' || site === undefined || site === 'same-origin' || site === 'none';
}

import middy, { type MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Env, Hono } from 'hono';
import { defaultIsContentTypeBinary, handle, type LambdaEvent } from 'hono/aws-lambda';
import { parse } from 'hono/utils/cookie';
import { chooseLang } from '../../shared/i18n/lang.ts';
import { log, withLogFields } from '../../shared/log.ts';
import { ErrorPage } from '../../shared/web/error-page.tsx';
import { securityHeaders } from './security-headers.ts';

/** A request as an HTTP API sends it (payload format 2.0). */
export type WebEvent = Extract<LambdaEvent, { rawPath: string }>;

export type WebResult = {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  cookies?: string[];
  isBase64Encoded?: boolean;
};

export type WebLambdaHandler = (event: WebEvent, context: Context) => Promise<WebResult>;

export type WebHandlerOptions = {
  /** The evidence bucket's origin (`https://….amazonaws.com`), where forms may post to and images come from. */
  evidenceOrigin?: (() => string) | undefined;
  /** Milliseconds from any fixed point, to measure with. */
  stopwatch?: (() => number) | undefined;
};

type WebMiddleware = MiddlewareObj<WebEvent, WebResult>;

/** One line a request, with the route's key and never its path: a path may hold a token. */
function requestLog(stopwatch: () => number): WebMiddleware {
  const started = new WeakMap<WebEvent, number>();
  const write = (event: WebEvent, response: WebResult | null | undefined) =>
    log.info('request', {
      routeKey: event.routeKey,
      status: response?.statusCode ?? 500,
      ms: Math.round(stopwatch() - (started.get(event) ?? stopwatch())),
    });
  return {
    before: ({ event }) => {
      started.set(event, stopwatch());
    },
    after: ({ event, response }) => write(event, response),
    onError: ({ event, response }) => write(event, response),
  };
}

const secureResponse = (evidenceOrigin: () => string | undefined): WebMiddleware => {
  const secure: NonNullable<WebMiddleware['after']> = ({ response }) => {
    if (response) Object.assign(response.headers, securityHeaders(evidenceOrigin()));
  };
  return { after: secure, onError: secure };
};

/** What nobody expected becomes a page in the reader's language; its reference is the id of the log lines. */
const failurePage: WebMiddleware = {
  onError: (request) => {
    const { event, context, error } = request;
    log.error('request failed', { routeKey: event.routeKey, error });
    const lang = chooseLang(parse((event.cookies ?? []).join('; '), 'lang')['lang'], event.headers['accept-language']);
    request.response = {
      statusCode: 500,
      headers: { 'content-type': 'text/html; charset=UTF-8', 'cache-control': 'no-store' },
      body: String(<ErrorPage lang={lang} subject={500} reference={context.awsRequestId} />),
    };
  },
};

/** Text in another encoding (a bank's GBK file) must leave as the bytes it is. */
const isBinary = (contentType: string) =>
  defaultIsContentTypeBinary(contentType) || /charset=(?!"?utf-8)/i.test(contentType);

function adapt<E extends Env>(app: Hono<E>): WebLambdaHandler {
  const answer = handle(app, { isContentTypeBinary: isBinary });
  return async (event, context) => {
    const { statusCode, body, headers, cookies, isBase64Encoded } = await answer(event, context);
    const single = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
    return { statusCode, body, headers: single, isBase64Encoded, ...(cookies ? { cookies } : {}) };
  };
}

/**
 * A web app as a Lambda behind an HTTP API. The app is built at the first request, so that a test can import the file
 * without an environment; a build that failed is tried again by the next request. An error that the app throws becomes
 * a page with a reference, status 500.
 *
 * ```ts
 * export const handler = webHandler(() => applicantApp(dependencies()), { evidenceOrigin: () => environment().EVIDENCE_ORIGIN });
 * ```
 */
export function webHandler<E extends Env>(
  app: Hono<E> | (() => Promise<Hono<E>> | Hono<E>),
  { evidenceOrigin, stopwatch = () => performance.now() }: WebHandlerOptions = {},
): WebLambdaHandler {
  let adapted: WebLambdaHandler | undefined;
  // The last one used is the first to see an answer or an error: page, then headers, then log.
  const handler = middy<WebEvent, WebResult>()
    .use(requestLog(stopwatch))
    .use(secureResponse(() => evidenceOrigin?.()))
    .use(failurePage)
    .handler(async (event: WebEvent, context: Context) => {
      adapted ??= adapt(typeof app === 'function' ? await app() : app);
      return adapted(event, context);
    });
  return (event, context) => withLogFields({ requestId: context.awsRequestId }, () => handler(event, context));
}

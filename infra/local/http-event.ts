import type { IncomingHttpHeaders } from 'node:http';
import { decode, type Match } from './http-routes.ts';

export type HttpRequest = {
  method: string;
  /** Path and query as they came, percent-encoded. */
  target: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  sourceIp: string;
  protocol: string;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Makes the event of payload format 2.0 as an HTTP API does: header names in lower case, their values joined by commas;
 * cookies apart from the headers; the path decoded; repeated query keys joined by commas; a body that is not text
 * (a form is not, for AWS) in base64.
 */
export function makeEvent(
  request: HttpRequest,
  { route, pathParameters }: Match,
  place: { accountId: string; apiId: string; requestId: string; now: number },
): object {
  const question = request.target.indexOf('?');
  const rawPath = decode(question === -1 ? request.target : request.target.slice(0, question));
  const rawQueryString = question === -1 ? '' : request.target.slice(question + 1);
  const query = readQuery(rawQueryString);
  const { cookie, ...others } = request.headers;
  const host = others.host ?? '';
  const headers = Object.fromEntries(
    Object.entries(others)
      .filter(([name]) => name !== 'connection' && name !== 'transfer-encoding')
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')] as const),
  );
  const isText = isTextual(others['content-type']);
  const at = new Date(place.now);
  const two = (value: number): string => String(value).padStart(2, '0');

  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath,
    rawQueryString,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/).filter((pair) => pair !== '') }),
    headers: {
      ...headers,
      'content-length': String(request.body.length),
      'x-amzn-trace-id': `Root=1-${Math.floor(place.now / 1_000).toString(16)}-${place.requestId.replaceAll('-', '').slice(0, 24)}`,
      'x-forwarded-for': request.sourceIp,
      'x-forwarded-port': host.split(':')[1] ?? '80',
      'x-forwarded-proto': 'http',
    },
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(pathParameters === undefined ? {} : { pathParameters }),
    requestContext: {
      accountId: place.accountId,
      apiId: place.apiId,
      domainName: host,
      domainPrefix: host.split('.')[0],
      http: {
        method: request.method,
        path: rawPath,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: others['user-agent'] ?? '',
      },
      requestId: place.requestId,
      routeKey: route.routeKey,
      stage: '$default',
      time: `${two(at.getUTCDate())}/${months[at.getUTCMonth()]}/${at.getUTCFullYear()}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`,
      timeEpoch: Math.floor(place.now),
    },
    ...(request.body.length === 0 ? {} : { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

function readQuery(raw: string): Record<string, string> | undefined {
  if (raw === '') return undefined;
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(raw)) {
    query[name] = name in query ? `${query[name]},${value}` : value;
  }
  return query;
}

function isTextual(contentType: string | undefined): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^text\/|^application\/(json|javascript|xml)$|\+(json|xml)$/.test(type);
}

import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, vi } from 'vitest';

/** Two clients of one service and the two forms of one command; each is sent as `client.send(command)`. */
export type Sent = { readonly result?: unknown; readonly error?: unknown; readonly requests: readonly unknown[] };
export type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown };
type AnyClient = { send: (command: never) => Promise<unknown> };

const comparedHeaders = [
  'content-type',
  'range',
  'x-amz-copy-source',
  'x-amz-metadata-directive',
  'x-amz-security-token',
  'x-amz-target',
];
let requests: unknown[] = [];
let answers: Answer[] = [];

/** What a request asks for, without what differs from call to call: date, signature, a token by chance. */
function asked(request: IncomingMessage, body: string): unknown {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://aws');
  searchParams.delete('x-id');
  const text = body.replace(/"ClientRequestToken":"[0-9a-f-]{36}"/, '"ClientRequestToken":"some"');
  return {
    method: request.method,
    path: decodeURIComponent(pathname),
    query: [...searchParams].toSorted(),
    headers: Object.fromEntries(comparedHeaders.map((name) => [name, request.headers[name]])),
    scope: /Credential=([^/]+)\/\d+\/([^,]+)/.exec(String(request.headers.authorization))?.slice(1),
    body: text.startsWith('{') ? JSON.parse(text) : text,
  };
}

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  requests.push(asked(request, Buffer.concat(chunks).toString('utf8')));
  const { status = 200, headers = {}, body = {} } = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
  response.writeHead(status, { 'x-amzn-requestid': 'r-1', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
});

/** Servers and credentials for a test file: call it once at its top. */
export function besideTheSdk(): void {
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    server.close();
  });
}

const withoutMetadata = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([name, each]) => name !== '$metadata' && each !== undefined))
    : value;

/** All that the house reads of an error. */
const told = (error: unknown): unknown => {
  const { name, message, $fault, $metadata, CancellationReasons, Item } = error as Record<string, unknown>;
  const { httpStatusCode, requestId } = ($metadata ?? {}) as Record<string, unknown>;
  return { name, message, $fault, httpStatusCode, requestId, CancellationReasons, Item };
};

export async function send(client: unknown, command: unknown, given: readonly Answer[]): Promise<Sent> {
  requests = [];
  answers = [...given];
  try {
    return { result: withoutMetadata(await (client as AnyClient).send(command as never)), requests };
  } catch (error) {
    return { error: told(error), requests };
  }
}

/** Sends the same by the SDK and by what the bundles hold; gives what both did if they did the same. */
export async function alike(
  theirs: [unknown, unknown],
  ours: [unknown, unknown],
  given: readonly Answer[],
): Promise<Sent> {
  const expected = await send(...theirs, given);
  const found = await send(...ours, given);
  expect(expected.requests.length).toBeGreaterThan(0);
  expect(found).toEqual(expected);
  return found;
}

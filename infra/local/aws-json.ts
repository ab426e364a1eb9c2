import { createServer, type IncomingMessage } from 'node:http';
import { closeServer, listenLocally } from './listen.ts';
import { messageOf } from './start-error.ts';

/** Thrown by an operation to answer with one of AWS's named errors. */
export type AwsError = { awsError: string; message: string };
export type Operations = Record<string, (body: unknown) => object>;

/**
 * Serves AWS's JSON protocol: the operation stands in X-Amz-Target, errors go out by name. An operation that is not
 * offered is refused as AWS refuses one that it does not know, so that nothing seems to have worked.
 */
export async function listenAwsJson(options: {
  port: number;
  service: string;
  contentType: string;
  operations: Operations;
}): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void readText(request)
      .then((text) => answer(options, String(request.headers['x-amz-target'] ?? ''), text))
      .then(({ status, body, errorName }) => {
        response.writeHead(status, {
          'content-type': options.contentType,
          ...(errorName === undefined ? {} : { 'x-amzn-errortype': errorName }),
        });
        response.end(JSON.stringify(body));
      })
      .catch(() => response.destroy());
  });
  await listenLocally(server, options.port);
  return { close: () => closeServer(server) };
}

type Answer = { status: number; body: object; errorName?: string };

function answer(
  { service, operations }: { service: string; operations: Operations },
  target: string,
  text: string,
): Answer {
  const name = target.startsWith(`${service}.`) ? target.slice(service.length + 1) : '';
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined) return refuse('UnknownOperationException', `${target} is not offered on this machine`);
  try {
    return { status: 200, body: operation(JSON.parse(text === '' ? '{}' : text)) };
  } catch (error) {
    if (isAwsError(error)) return refuse(error.awsError, error.message);
    return refuse('ValidationException', messageOf(error));
  }
}

function refuse(name: string, message: string): Answer {
  return { status: 400, body: { __type: name, message }, errorName: name };
}

function isAwsError(value: unknown): value is AwsError {
  return typeof value === 'object' && value !== null && 'awsError' in value && 'message' in value;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

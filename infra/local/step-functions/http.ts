import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Log } from './clock.ts';
import { ApiError } from './errors.ts';

const target = 'AWSStepFunctions.';
/** A definition may weigh 1 MB, and JSON in JSON doubles its quotation marks. */
const maxBodyBytes = 4_194_304;

/** Serves operations in the AWS JSON 1.0 protocol: POST /, the operation's name in `X-Amz-Target`. */
export function serve(operations: Readonly<Record<string, (body: unknown) => Promise<unknown>>>, log: Log): Server {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = String(request.headers['x-amz-target'] ?? '');
    try {
      const operation = name.startsWith(target) ? operations[name.slice(target.length)] : undefined;
      if (operation === undefined) {
        throw new ApiError(
          'UnknownOperationException',
          `The operation '${name.slice(target.length)}' is not supported by this engine`,
        );
      }
      send(response, 200, await operation(parse(await readBody(request))));
    } catch (error) {
      if (error instanceof ApiError) {
        const status = error.code === 'ServiceUnavailable' ? 503 : 400;
        send(response, status, { __type: error.code, message: error.message });
        return;
      }
      const reason = error instanceof Error ? error.message : 'unknown';
      log({ level: 'error', message: 'Step Functions could not answer', operation: name, reason });
      send(response, 500, { __type: 'InternalFailure', message: 'The engine could not answer' });
    }
  }
  return createServer((request, response) => void answer(request, response));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBodyBytes) throw new ApiError('ValidationException', 'The request is too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

function parse(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new ApiError('SerializationException', 'The request body is not JSON');
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body));
}

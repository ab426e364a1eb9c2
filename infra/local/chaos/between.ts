import { createHash } from 'node:crypto';
import { Agent, createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { closeServer, listenLocally } from '../listen.ts';
import type { Dice } from './dice.ts';
import type { Service } from './fault-kinds.ts';
import { holdBackOne } from './held-back.ts';
import { type Refused, refusalOf } from './refusals.ts';

/** A call that was hit so often in a row is let through: what a caller must survive is a fault that passes. */
const mostInARow = 2;
/** As often as the clients of mail and of the workflow try one call. */
const outageLasts = 3;
const silentMs = 300;
const longestDelayMs = 200;

type Call = { readonly message: IncomingMessage; readonly body: Buffer; readonly operation: string };
type Answer = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: Buffer };

/**
 * Stands between the functions and one service. Only signed calls are hit: a browser that uploads a file and a person who reads
 * the inbox are no part of this.
 */
export async function standBetween(options: {
  readonly service: Service;
  readonly port: number;
  readonly target: URL;
  readonly dice: Dice;
  readonly isOn: () => boolean;
}): Promise<{ close(): Promise<void> }> {
  const { service, target, dice } = options;
  const agent = new Agent({ keepAlive: true });
  const hits = new Map<string, number>();
  const outages = new Map<string, number>();
  const kinds = ['outage', 'throttle', 'conflict', 'unprocessed', 'error', 'reset', 'lost', 'timeout', 'delay'].map(
    (fault) => `${service}-${fault}`,
  );

  /** The fault that this call meets now, by its name without the service. */
  const faultOf = ({ message, body, operation }: Call): string | undefined => {
    const same = createHash('sha256')
      .update(`${message.method} ${message.url} ${operation}\n`)
      .update(body)
      .digest('hex');
    const more = outages.get(same) ?? 0;
    if (more > 1) outages.set(same, more - 1);
    else outages.delete(same);
    if (more > 0) return 'outage';
    const fault = dice.roll(kinds)?.slice(service.length + 1);
    if (fault === 'outage') outages.set(same, outageLasts - 1);
    const inARow = hits.get(same) ?? 0;
    if (fault === undefined || fault === 'outage' || fault === 'delay' || inARow >= mostInARow) {
      hits.delete(same);
      return inARow >= mostInARow && fault !== 'outage' ? undefined : fault;
    }
    hits.set(same, inARow + 1);
    return fault;
  };

  const forward = ({ message, body }: Call, instead = body): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = target;
      const headers = instead === body ? message.headers : { ...message.headers, 'content-length': instead.length };
      const onward = send({ agent, hostname, port, method: message.method, path: message.url, headers }, (answer) => {
        void readAll(answer).then(
          (read) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: read }),
          reject,
        );
      });
      onward.on('error', reject);
      onward.end(instead);
    });

  const serve = async (call: Call, response: ServerResponse): Promise<void> => {
    const fault = isSigned(call.message) && options.isOn() ? faultOf(call) : undefined;
    const struck = (): void => dice.struck(`${service}-${fault}`, call.operation);
    switch (fault) {
      case 'outage':
      case 'throttle':
      case 'conflict':
      case 'error': {
        const chance = dice.fraction('which');
        const asked = { operation: call.operation, writes: writesIn(call), chance };
        const refusal = refusalOf(service, fault === 'outage' ? 'error' : fault, asked);
        if (refusal === undefined) break;
        struck();
        return refuse(response, refusal);
      }
      case 'unprocessed': {
        const held = holdBackOne(call.operation, call.body.toString('utf8'));
        if (held === undefined) break;
        const answer = await forward(call, Buffer.from(held.request));
        if (answer.status !== 200) return pass(response, answer);
        struck();
        return pass(response, { ...answer, body: Buffer.from(held.answer(answer.body.toString('utf8'))) });
      }
      case 'reset':
        struck();
        call.message.socket.resetAndDestroy();
        return;
      case 'lost':
        await forward(call);
        struck();
        call.message.socket.resetAndDestroy();
        return;
      case 'timeout':
        struck();
        // Nobody can tell from outside whether the work was done.
        if (dice.fraction('which') < 0.5) await forward(call);
        await pause(silentMs);
        call.message.socket.destroy();
        return;
      case 'delay':
        struck();
        await pause(dice.fraction('which') * longestDelayMs);
        break;
      default:
    }
    return pass(response, await forward(call));
  };

  const server = createServer((message, response) => {
    void readAll(message)
      .then((body) => serve({ message, body, operation: operationOf(message) }, response))
      .catch(() => message.socket.destroy());
  });
  await listenLocally(server, options.port);
  return {
    async close() {
      await closeServer(server);
      agent.destroy();
    },
  };
}

const isSigned = ({ headers }: IncomingMessage): boolean =>
  headers.authorization?.startsWith('AWS4-HMAC-SHA256') === true;

/** The operation alone: a path may name a person's file. */
const operationOf = ({ headers, method }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? method)
    .split('.')
    .at(-1) ?? '';

function writesIn({ operation, body }: Call): number {
  if (operation !== 'TransactWriteItems') return 0;
  const { TransactItems: items }: { TransactItems?: unknown } = JSON.parse(body.toString('utf8'));
  return Array.isArray(items) ? items.length : 0;
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function refuse(response: ServerResponse, { status, headers, body }: Refused): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function pass(response: ServerResponse, { status, headers, body }: Answer): void {
  const { 'transfer-encoding': _encoding, 'content-length': length, connection: _connection, ...others } = headers;
  // A HEAD has the length of what it leaves out; a checksum of what was changed would be wrong.
  const { 'x-amz-crc32': _checksum, ...kept } = others;
  response.writeHead(status, { ...kept, 'content-length': body.length === 0 ? (length ?? 0) : body.length });
  response.end(body);
}

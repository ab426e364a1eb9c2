import { Agent, createServer, type IncomingMessage, request as send } from 'node:http';
import { addItems, itemsPut, type Written } from './item-sizes.ts';
import { closeServer, listenLocally } from '../../infra/local/listen.ts';

export type Units = {
  write: number;
  read: number;
  /** Writes that were refused: they cost as well, and no answer says how much. */
  refused: number;
};

const writing = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

/**
 * Stands before the database and asks of every call what it consumed: request units of tables and indexes, a transaction's double,
 * as the database itself reckons them from the items that it met.
 */
export async function countUnits(
  port: number,
  target: () => string,
): Promise<{
  readonly port: number;
  readonly units: Units;
  /** The whole items that were put, by kind. */
  readonly written: ReadonlyMap<string, Written>;
  close(): Promise<void>;
}> {
  const units: Units = { write: 0, read: 0, refused: 0 };
  const written = new Map<string, Written>();
  const agent = new Agent({ keepAlive: true });

  async function pass(message: IncomingMessage): Promise<{ status: number; body: Buffer }> {
    const operation = String(message.headers['x-amz-target']).split('.').at(-1) ?? '';
    const asked: object = JSON.parse((await readAll(message)).toString());
    const body = JSON.stringify({ ...asked, ReturnConsumedCapacity: 'TOTAL' });
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { ...message.headers, 'content-length': Buffer.byteLength(body) };
      const onward = send(target(), { agent, method: 'POST', headers }, resolve);
      onward.on('error', reject);
      onward.end(body);
    });
    const said = await readAll(answer);
    const status = answer.statusCode ?? 502;
    const isWrite = writing.has(operation);
    if (status !== 200) units.refused += isWrite ? 1 : 0;
    else {
      units[isWrite ? 'write' : 'read'] += consumed(JSON.parse(said.toString()));
      addItems(written, itemsPut(asked));
    }
    return { status, body: said };
  }

  const server = createServer((message, response) => {
    void pass(message).then(
      ({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': body.length });
        response.end(body);
      },
      () => message.socket.destroy(),
    );
  });
  await listenLocally(server, port);
  return {
    port,
    units,
    written,
    async close() {
      await closeServer(server);
      agent.destroy();
    },
  };
}

function consumed(answer: { ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[] }): number {
  const { ConsumedCapacity: each } = answer;
  if (each === undefined) throw new Error('the database does not say what a call consumed');
  return [each].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

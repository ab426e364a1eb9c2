import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { KeyRing } from '../../shared/store/key-ring.ts';
import { openStore } from '../../shared/store/open-store.ts';
import { StoreBusyError, transact, type Write } from '../../shared/store/transact.ts';
import { clientFor } from '../support/dynamodb.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A server that refuses each transaction for the next of these reasons, and then accepts: no emulator makes a conflict. */
async function dynamoThatRefuses(...answers: string[][]) {
  const pauses: number[] = [];
  let calls = 0;
  const server = createServer((request, response) => {
    const codes = answers[calls];
    calls += 1;
    const reasons = codes?.map((Code) => ({ Code, Message: Code }));
    request.resume().on('end', () => {
      response.writeHead(codes === undefined ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
      const type = 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException';
      response.end(JSON.stringify(codes === undefined ? {} : { __type: type, CancellationReasons: reasons }));
    });
  });
  servers.push(server);
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const tables = { cases: 'cases', journal: 'journal', transient: 'transient' };
  const pause = (ms: number) => {
    pauses.push(ms);
    return Promise.resolve();
  };
  const client = clientFor(`http://127.0.0.1:${port}`);
  return { store: openStore({ client, tables, keyRing: {} as KeyRing, pause }), pauses, calls: () => calls };
}

const write = <Guard extends string>(guards: Guard): Write<Guard> => ({
  guards,
  of: ({ posting }) => posting.put({ board: 'b', caseId: guards }).commit(),
});

test('a conflict with another transaction is tried again, after a pause', async () => {
  const { store, pauses, calls } = await dynamoThatRefuses(
    ['TransactionConflict', 'None'],
    ['ThrottlingError', 'None'],
  );
  expect(await transact(store, [write('one'), write('two')])).toEqual({ kind: 'done' });
  expect(calls()).toBe(3);
  expect(pauses).toHaveLength(2);
});

test('a failed condition is the answer even where another write met a conflict', async () => {
  const { store, calls } = await dynamoThatRefuses(['TransactionConflict', 'ConditionalCheckFailed']);
  expect(await transact(store, [write('one'), write('two')])).toEqual({ kind: 'failed', guards: ['two'] });
  expect(calls()).toBe(1);
});

test('conflicts that do not end are given up', async () => {
  const { store, calls } = await dynamoThatRefuses(...Array.from({ length: 50 }, () => ['TransactionConflict']));
  await expect(transact(store, [write('one')])).rejects.toThrow(StoreBusyError);
  expect(calls()).toBe(8);
});

test('a refusal that does not pass is not tried again', async () => {
  const { store, calls } = await dynamoThatRefuses(['ValidationError']);
  await expect(transact(store, [write('one')])).rejects.toThrow('ValidationError');
  expect(calls()).toBe(1);
});

test('more writes than one transaction takes are refused before any is sent', async () => {
  const { store, calls } = await dynamoThatRefuses();
  const writes = Array.from({ length: 101 }, (_, index) => write(`write-${index}`));
  await expect(transact(store, writes)).rejects.toThrow(RangeError);
  expect(calls()).toBe(0);
});

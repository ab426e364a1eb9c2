import { DynamoDBClient, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import type { KeyRing } from './key-ring.ts';
import { openStore } from './open-store.ts';
import { StoreBusyError, transact, type Write } from './transact.ts';

/** DynamoDB that answers each transaction with the next of these reasons, and then accepts. */
function dynamoThatRefuses(...answers: string[][]) {
  const client = new DynamoDBClient({
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const pauses: number[] = [];
  let calls = 0;
  const answer = async () => {
    const codes = answers[calls];
    calls += 1;
    if (codes === undefined) return {};
    const CancellationReasons = codes.map((Code) => ({ Code }));
    throw new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
  };
  mockClient(client).on(TransactWriteItemsCommand).callsFake(answer);
  const tables = { cases: 'cases', journal: 'journal', transient: 'transient' };
  const pause = (ms: number) => {
    pauses.push(ms);
    return Promise.resolve();
  };
  return { store: openStore({ client, tables, keyRing: {} as KeyRing, pause }), pauses, calls: () => calls };
}

const write = <Guard extends string>(guards: Guard): Write<Guard> => ({
  guards,
  of: ({ posting }) => posting.put({ board: 'b', caseId: guards }).commit(),
});

test('a conflict with another transaction is tried again, after a pause', async () => {
  const { store, pauses, calls } = dynamoThatRefuses(['TransactionConflict', 'None'], ['ThrottlingError', 'None']);
  expect(await transact(store, [write('one'), write('two')])).toEqual({ kind: 'done' });
  expect(calls()).toBe(3);
  expect(pauses).toHaveLength(2);
});

test('a failed condition is the answer even where another write met a conflict', async () => {
  const { store, calls } = dynamoThatRefuses(['TransactionConflict', 'ConditionalCheckFailed']);
  expect(await transact(store, [write('one'), write('two')])).toEqual({ kind: 'failed', guards: ['two'] });
  expect(calls()).toBe(1);
});

test('conflicts that do not end are given up', async () => {
  const { store, calls } = dynamoThatRefuses(...Array.from({ length: 50 }, () => ['TransactionConflict']));
  await expect(transact(store, [write('one')])).rejects.toThrow(StoreBusyError);
  expect(calls()).toBe(8);
});

test('a refusal that does not pass is not tried again', async () => {
  const { store, calls } = dynamoThatRefuses(['ValidationError']);
  await expect(transact(store, [write('one')])).rejects.toThrow('ValidationError');
  expect(calls()).toBe(1);
});

test('more writes than one transaction takes are refused before any is sent', async () => {
  const { store, calls } = dynamoThatRefuses();
  const writes = Array.from({ length: 101 }, (_, index) => write(`write-${index}`));
  await expect(transact(store, writes)).rejects.toThrow(RangeError);
  expect(calls()).toBe(0);
});

import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { standBetween } from '../../infra/local/chaos/between.ts';
import { openDice } from '../../infra/local/chaos/dice.ts';
import { caseIdSchema, personIdSchema } from '../../shared/kernel/ids.ts';
import { addMs } from '../../shared/kernel/time.ts';
import { nextCaseNumber } from '../../shared/store/case-counters-store.ts';
import { caseSummaries } from '../../shared/store/case-store.ts';
import { openKeyRing } from '../../shared/store/key-ring.ts';
import { openStore, type Store } from '../../shared/store/open-store.ts';
import { deleteOutboxItems, outboxOlderThan, putOutboxItem } from '../../shared/store/outbox-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { createSession, getSession, issueSignIn, peekSignIn, useSignIn } from '../../shared/store/session-store.ts';
import { outboxItemSchema } from '../../shared/cases/case-file.ts';
import { clientFor } from '../support/dynamodb.ts';
import { freePort } from '../support/free-port.ts';
import { at, changesTo, sampleCase } from '../support/sample-case.ts';
import { startStore, type TestStore } from '../support/store.ts';

/** A store whose every call meets one fault, twice, before it is answered; how often it struck. */
async function onABadDay(
  own: TestStore,
  fault: string,
): Promise<{ store: Store; struck: () => number; stop: () => Promise<void> }> {
  const dice = openDice({ seed: 1, rates: new Map([[fault, 100]]) }, () => undefined);
  const port = await freePort();
  const target = new URL(own.endpoint);
  const between = await standBetween({ service: 'dynamodb', port, target, dice, isOn: () => true });
  const client = clientFor(`http://127.0.0.1:${port}`);
  const keyRing = openKeyRing({ client: own.client, casesTable: own.tables.cases, kms: own.kms, kmsKeyId: 'test-key' });
  return {
    store: openStore({ client, tables: own.tables, keyRing }),
    struck: () => dice.counts()[fault] ?? 0,
    async stop() {
      client.destroy();
      await between.close();
    },
  };
}

let own: TestStore;
let deaf: Awaited<ReturnType<typeof onABadDay>>;
let busy: Awaited<ReturnType<typeof onABadDay>>;
beforeAll(async () => {
  own = await startStore();
  [deaf, busy] = await Promise.all([onABadDay(own, 'dynamodb-lost'), onABadDay(own, 'dynamodb-unprocessed')]);
});
afterAll(async () => {
  await Promise.all([deaf?.stop(), busy?.stop()]);
  own?.stop();
});

const personId = personIdSchema.parse('office-1');
const validMs = 3_600_000;

test('who signs in while answers are lost is signed in, and the link is used up', async () => {
  const token = await issueSignIn(deaf.store, { personId, now: at, validMs });
  expect(await useSignIn(deaf.store, token, at)).toBe(personId);
  expect(await peekSignIn(own.store, token, at)).toBeUndefined();
  const { token: cookie, session } = await createSession(deaf.store, { personId, now: at, validMs });
  expect(await getSession(own.store, cookie, at)).toEqual(session);
  expect(deaf.struck()).toBeGreaterThan(0);
});

/** A client whose first transaction is written, its answer lost, and its repetition refused for another transaction in the way. */
function lostThenConflict(endpoint: string) {
  const client = clientFor(endpoint);
  let isFirst = true;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (commandName !== 'TransactWriteItemsCommand' || !isFirst) return answer;
        isFirst = false;
        const CancellationReasons = [{ Code: 'TransactionConflict', Message: 'in the way' }];
        throw new TransactionCanceledException({ message: 'canceled', $metadata: {}, CancellationReasons });
      },
    { step: 'initialize', name: 'lostThenConflict' },
  );
  return client;
}

test('who signs in is signed in also where a lost answer is followed by a conflict', async () => {
  const client = lostThenConflict(own.endpoint);
  const { tables, store: there } = own;
  const store = openStore({ client, tables, keyRing: there.keyRing });
  const token = await issueSignIn(store, { personId, now: at, validMs });
  expect(await useSignIn(store, token, at)).toBe(personId);
  expect(await useSignIn(store, token, at)).toBeUndefined();
  client.destroy();
});

test('a change whose answer was lost is saved once, and is not taken for somebody else’s', async () => {
  const changes = changesTo(sampleCase('lost-1'));
  const created = await saveChanges(deaf.store, undefined, changes, { funds: [] });
  if (created.kind !== 'saved') throw new Error(created.kind);
  expect(created.file.case.version).toBe(1);
  const again = await saveChanges(deaf.store, created.file, changesTo(created.file.case), { funds: [] });
  expect(again).toMatchObject({ kind: 'saved', file: { case: { version: 2 } } });
  expect(await saveChanges(deaf.store, created.file, changesTo(created.file.case), { funds: [] })).toEqual({
    kind: 'stale',
  });
});

test('a case number whose answer was lost leaves a gap and is never given twice', async () => {
  const numbers = [await nextCaseNumber(deaf.store, 'LO', 2016), await nextCaseNumber(own.store, 'LO', 2016)];
  expect(new Set(numbers).size).toBe(2);
});

test('cases that a busy database holds back are read in the end', async () => {
  const ids = ['held-1', 'held-2', 'held-3'];
  for (const id of ids)
    expect((await saveChanges(own.store, undefined, changesTo(sampleCase(id)), { funds: [] })).kind).toBe('saved');
  const wanted = ids.map((id) => caseIdSchema.parse(id));
  const before = busy.struck();
  expect((await caseSummaries(busy.store, wanted)).map(({ caseId }) => caseId)).toEqual(ids);
  expect(busy.struck()).toBeGreaterThan(before);
});

test('outbox items that a busy database leaves standing are taken out in the end', async () => {
  const to = { person: 'office-1' };
  const items = ['held-a', 'held-b', 'held-c'].map((outboxId) =>
    outboxItemSchema.parse({ kind: 'mail', outboxId, createdAt: at, template: 'sign-in', to }),
  );
  for (const item of items) await putOutboxItem(own.store, item);
  await deleteOutboxItems(busy.store, items);
  expect(await outboxOlderThan(own.store, addMs(at, 1))).toEqual([]);
});

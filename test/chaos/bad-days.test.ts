import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readChaos } from '../../infra/local/chaos/fault-kinds.ts';
import type { LogLine } from '../../infra/local/log.ts';
import { asInstant } from '../../shared/kernel/time.ts';
import { findCaseByNumber, loadCaseFile } from '../../shared/store/case-store.ts';
import { outboxOlderThan } from '../../shared/store/outbox-store.ts';
import { apply, type Receipt } from '../replay/apply.ts';
import { approve, decide, recommend } from '../replay/decide.ts';
import { payEverything } from '../replay/finance.ts';
import { inventPerson } from '../replay/people.ts';
import { illnessApplication } from '../replay/stories/illness.ts';
import { told } from '../replay/told.ts';
import { readLedger } from '../support/books.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';
import { openLocalStore } from '../support/local-store.ts';
import { stepFunctionsClient } from '../support/step-functions-client.ts';

/** Far more than any real day brings: a fifth of all calls to the database, half of all tasks. What only takes time is rare. */
const rates = [
  ...['all=4', 'task-twice=20', 'task-lost=20', 'schedule-twice=30', 'ses-outage=20', 'sfn-outage=20'],
  ...['dynamodb-throttle=0.2', 'dynamodb-timeout=0.2', 'dynamodb-delay=0.2'],
  ...['kms-outage=0', 's3-outage=0', 'dynamodb-outage=0'],
];
const lines: LogLine[] = [];
let local: TestLocal;
let tables: ReturnType<typeof openLocalStore>;
beforeAll(async () => {
  const chaos = readChaos('7', rates);
  if (chaos === undefined) throw new Error('no chaos');
  local = await startTestLocal('2016-03-07T09:00', 'demo', { chaos, log: (line) => lines.push(line) });
  tables = openLocalStore(local);
});
afterAll(async () => {
  tables?.close();
  await local?.stop();
});

const treated = { from: '2016-01-11', until: '2016-02-20' };
const farOff = asInstant('2099-01-01T00:00:00.000Z');

test('on the worst of days an illness is heard, approved, posted and paid once, every page is shown and nothing is left to send', async () => {
  const { world } = local;
  const receipt: Receipt = await apply(
    world.site,
    illnessApplication(inventPerson(1), 1, { ownShare: 36_800 }, treated),
  );
  await decide(world, receipt, [recommend(3_000), recommend(3_000)]);
  await decide(world, receipt, [approve(3_000)]);
  await told(world, receipt, 'on-notice');
  await world.moveClock({ by: '+8d' });
  await payEverything(world);
  await told(world, receipt, 'paid');
  expect(world.bank.paidFen()).toBe(300_000);

  const { store } = tables;
  for (let sweeps = 0; sweeps < 20 && (await outboxOlderThan(store, farOff)).length > 0; sweeps += 1) {
    await local.moveClock(local.now() + 120_000);
  }
  expect(await outboxOlderThan(store, farOff)).toEqual([]);
  const caseId = (await findCaseByNumber(store, receipt.caseNumber))!;
  const file = (await loadCaseFile(store, caseId))!;
  expect(file.case.status).toBe('paid');
  expect(file.requests.map(({ purpose }) => purpose)).toEqual(['review', 'approval', 'notice', 'payment']);
  // The last answer ends the execution, which so has nothing more to consume.
  const consumed = file.requests.filter(({ status }) => status === 'consumed').map(({ purpose }) => purpose);
  expect(consumed.filter((purpose) => purpose !== 'payment')).toEqual(['review', 'approval', 'notice']);
  expect(file.requests.filter(({ status }) => status === 'open')).toEqual([]);
  expect(file.votes.map(({ purpose }) => purpose)).toEqual(['review', 'review', 'approval']);
  expect(file.payouts.map(({ status, amountFen }) => ({ status, amountFen }))).toEqual([
    { status: 'paid', amountFen: 300_000 },
  ]);
  const { files, faults } = await readLedger(store);
  expect(faults).toEqual([]);
  expect(files).toHaveLength(1);

  // A mail that is sent again is the same mail: nobody holds two links to one decision.
  const asked = (await world.post.letters()).filter(({ link }) => link.includes('/d/'));
  const seats = file.requests.flatMap(({ seats: all }) => all.filter(({ askedAt }) => askedAt !== undefined));
  expect(seats.every(({ generation }) => generation === 1)).toBe(true);
  const links = new Set(asked.map(({ link }) => link)).size;
  expect(links).toBeGreaterThanOrEqual(file.votes.length);
  expect(links).toBeLessThanOrEqual(seats.length);

  expect(lines.filter(({ message }) => /^[A-Z]+ 5\d\d$/.test(message))).toEqual([]);
  expect(await statusOf(caseId)).toBe('SUCCEEDED');
});

test('every fault has its line with kind and count, and tells nothing of anybody', () => {
  const struck = lines.filter(({ message }) => message === 'chaos');
  expect(struck.length).toBeGreaterThan(50);
  for (const line of struck) expect(Object.keys(line).sort()).toEqual(['count', 'kind', 'level', 'message', 'what']);
  expect(new Set(struck.map(({ level }) => level))).toEqual(new Set(['debug']));
  for (const { what } of struck) expect(what).toMatch(/^[A-Za-z0-9-]+$/);
  const kinds = new Set(struck.map(({ kind }) => String(kind)));
  for (const kind of ['task-twice', 'task-lost', 'dynamodb-lost', 'dynamodb-conflict', 'ses-outage'])
    expect(kinds).toContain(kind);
});

async function statusOf(caseId: string): Promise<string | undefined> {
  const sfn = stepFunctionsClient(local, { maxAttempts: 10 });
  const [machine] = local.model.machines;
  const executionArn = `${machine!.arn.replace(':stateMachine:', ':execution:')}:${caseId}`;
  const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  sfn.destroy();
  return status;
}

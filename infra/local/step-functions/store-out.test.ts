import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { engineInMemory } from './in-memory.ts';
import type { TaskOutcome } from './task.ts';

const place = 'arn:aws:states:us-east-1:111111111111';
const executionArn = `${place}:execution:case:one`;
const definition = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Sleep',
  States: {
    Sleep: { Type: 'Wait', Seconds: 60, Next: 'Ask' },
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'f' },
      Output: '{% $states.result.text %}',
      End: true,
    },
  },
});

let folder: string;
let opened: ReturnType<typeof engineInMemory>;
let answer: () => Promise<TaskOutcome>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'store-out-'));
  answer = async () => ({ kind: 'succeeded', output: { text: 'done' } });
  opened = engineInMemory({ supports: () => true, run: () => answer() }, { file: join(folder, 'steps.sqlite') });
  await opened.call('CreateStateMachine', { name: 'case', definition, roleArn: 'arn:aws:iam::111111111111:role/r' });
  await opened.call('StartExecution', { stateMachineArn: `${place}:stateMachine:case`, name: 'one' });
  await opened.engine.idle();
});
afterEach(async () => {
  await opened.close();
  rmSync(folder, { recursive: true });
});

const describeIt = () => opened.call('DescribeExecution', { executionArn });
/** Nothing that needs another page can be written any more, as on a full disk. */
function fillDisk(): void {
  const { page_count: pages } = Object(opened.store.db.prepare('PRAGMA page_count').get());
  opened.store.db.exec(`PRAGMA max_page_count = ${String(pages)}`);
}
const makeRoom = () => opened.store.db.exec('PRAGMA max_page_count = 1000000');

test('an answer that meets a full disk is kept, and written once there is room', async () => {
  answer = async () => {
    fillDisk();
    setTimeout(makeRoom, 100);
    return { kind: 'succeeded', output: { text: 'x'.repeat(200_000) } };
  };
  opened.clock.move(60);
  await opened.engine.idle();
  expect(await describeIt()).toMatchObject({ status: 'SUCCEEDED', output: JSON.stringify('x'.repeat(200_000)) });
});

test('a timer that fires while another process has the file fires again, and fails nobody', async () => {
  const other = new DatabaseSync(join(folder, 'steps.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  opened.clock.move(60);
  setTimeout(() => other.exec('ROLLBACK'), 1_100);
  await opened.engine.idle();
  other.close();
  expect(await describeIt()).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
});

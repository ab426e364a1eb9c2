import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ApiError } from './errors.ts';
import { engineInMemory } from './in-memory.ts';
import { manualClock } from './manual-clock.ts';
import type { TaskOutcome } from './task.ts';

/**
 * Callbacks, heartbeats, time-outs and stops as AWS documents them ("Callback with task token", SendTaskHeartbeat, "Handling errors",
 * StopExecution), since no run recorded on AWS shows them in JSONata. Then the same deadlines across a kill: absolute, on the disk.
 */
const place = 'arn:aws:states:us-east-1:111111111111';
const executionArn = `${place}:execution:case:one`;

let folder: string;
let file: string;
let clock: ReturnType<typeof manualClock>;
let opened: ReturnType<typeof engineInMemory>[];
let tokens: string[];
let outcome: () => Promise<TaskOutcome>;

const open = (): void => {
  const tasks = {
    supports: () => true,
    run: ({ arguments: asked }: { arguments: unknown }) => {
      tokens.push(String(Object(Object(asked).Payload).token));
      return outcome();
    },
  };
  opened.unshift(engineInMemory(tasks, { file, clock }));
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deadlines-'));
  file = join(folder, 'steps.sqlite');
  clock = manualClock('2026-01-01T00:00:00Z');
  opened = [];
  tokens = [];
  outcome = async () => ({ kind: 'succeeded', output: null });
  open();
});
afterEach(async () => {
  for (const each of opened) await each.close();
  rmSync(folder, { recursive: true });
});

/** Goes on, as after `kill -9`, from what lies on the disk at this moment; the engine before is never asked to close. */
async function killAndStart(): Promise<void> {
  const next = `${file}-again`;
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, next + end);
  file = next;
  open();
  await opened[0]?.engine.idle();
}

async function call(operation: string, body: object): Promise<Record<string, unknown>> {
  const answer = await opened[0]?.call(operation, body);
  await opened[0]?.engine.idle();
  return Object(answer);
}
async function pass(seconds: number): Promise<void> {
  clock.move(seconds);
  await opened[0]?.engine.idle();
}
const refusal = (operation: string, body: object): Promise<string> =>
  call(operation, body).then(
    () => 'accepted',
    (error: unknown) => (error instanceof ApiError ? error.code : String(error)),
  );
const beat = () => call('SendTaskHeartbeat', { taskToken: tokens.at(-1) });
const describeIt = () => call('DescribeExecution', { executionArn });
async function types(): Promise<string[]> {
  const { events } = await call('GetExecutionHistory', { executionArn, maxResults: 1_000 });
  return Array.isArray(events) ? events.map((event) => String(Object(event).type)) : [];
}

async function start(ask: object, more: object = {}): Promise<void> {
  const caught = (name: string) => ({ [name]: { Type: 'Pass', Output: name, End: true } });
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
        End: true,
        ...ask,
      },
      ...(JSON.stringify(ask).includes('"Silent"') ? caught('Silent') : {}),
      ...(JSON.stringify(ask).includes('"Slow"') ? caught('Slow') : {}),
    },
    ...more,
  });
  await call('CreateStateMachine', { name: 'case', definition, roleArn: 'arn:aws:iam::111111111111:role/r' });
  const input = JSON.stringify({ seconds: 30 });
  await call('StartExecution', { stateMachineArn: `${place}:stateMachine:case`, name: 'one', input });
}

const catching = (...errors: readonly [string, string][]) => ({
  Catch: errors.map(([error, Next]) => ({ ErrorEquals: [error], Next })),
});

describe('as AWS documents it', () => {
  const both = { TimeoutSeconds: 100, HeartbeatSeconds: 30 };
  test.each<[string, object, (() => Promise<unknown>)[], Record<string, unknown>]>([
    [
      'a heartbeat that is missed is States.Timeout to whoever looks',
      both,
      [() => pass(30)],
      { status: 'FAILED', error: 'States.Timeout' },
    ],
    [
      'a missed heartbeat is caught as States.HeartbeatTimeout',
      { ...both, ...catching(['States.HeartbeatTimeout', 'Silent'], ['States.Timeout', 'Slow']) },
      [() => pass(30)],
      { status: 'SUCCEEDED', output: '"Silent"' },
    ],
    [
      'a missed heartbeat is caught as States.Timeout too',
      { ...both, ...catching(['States.Timeout', 'Slow']) },
      [() => pass(30)],
      { status: 'SUCCEEDED', output: '"Slow"' },
    ],
    [
      'of two deadlines that are both over the earlier one is what happened: a missed heartbeat',
      { ...both, ...catching(['States.HeartbeatTimeout', 'Silent'], ['States.Timeout', 'Slow']) },
      [() => pass(1_000)],
      { status: 'SUCCEEDED', output: '"Silent"' },
    ],
    [
      'of two deadlines that are both over the earlier one is what happened: a time-out',
      { ...both, ...catching(['States.HeartbeatTimeout', 'Silent'], ['States.Timeout', 'Slow']) },
      [() => pass(29), beat, () => pass(29), beat, () => pass(29), beat, () => pass(1_000)],
      { status: 'SUCCEEDED', output: '"Slow"' },
    ],
    [
      'an execution runs for a year at most, whatever it waits for',
      {},
      [
        () => pass(31_536_000 - 1),
        async () => expect(await describeIt()).toMatchObject({ status: 'RUNNING' }),
        () => pass(1),
      ],
      { status: 'TIMED_OUT', error: 'States.Timeout' },
    ],
    [
      'a time-out is no missed heartbeat',
      { ...both, ...catching(['States.HeartbeatTimeout', 'Silent'], ['States.Timeout', 'Slow']) },
      [() => pass(29), beat, () => pass(29), beat, () => pass(29), beat, () => pass(13)],
      { status: 'SUCCEEDED', output: '"Slow"' },
    ],
    ['a heartbeat moves the next one’s deadline', both, [() => pass(29), beat, () => pass(29)], { status: 'RUNNING' }],
    [
      'a heartbeat never moves TimeoutSeconds',
      { TimeoutSeconds: 60, HeartbeatSeconds: 40 },
      [() => pass(39), beat, () => pass(21)],
      { status: 'FAILED', error: 'States.Timeout' },
    ],
    [
      'a heartbeat of a task that asks for none is taken, and changes nothing',
      { TimeoutSeconds: 60 },
      [() => pass(59), beat, () => pass(1)],
      { status: 'FAILED', error: 'States.Timeout' },
    ],
    [
      'HeartbeatSeconds may be worked out',
      { TimeoutSeconds: 100, HeartbeatSeconds: '{% $states.input.seconds %}' },
      [() => pass(29), beat, () => pass(30)],
      { status: 'FAILED', error: 'States.Timeout' },
    ],
    [
      'States.TaskFailed does not match a time-out',
      { ...both, ...catching(['States.TaskFailed', 'Silent']) },
      [() => pass(30)],
      { status: 'FAILED', error: 'States.Timeout' },
    ],
    [
      'a failure is matched by the name that its owner gave',
      catching(['Declined', 'Silent'], ['States.ALL', 'Slow']),
      [() => call('SendTaskFailure', { taskToken: tokens[0], error: 'Declined' })],
      { status: 'SUCCEEDED', output: '"Silent"' },
    ],
    [
      'a failure of any name is States.TaskFailed',
      catching(['States.TaskFailed', 'Silent']),
      [() => call('SendTaskFailure', { taskToken: tokens[0], error: 'Declined' })],
      { status: 'SUCCEEDED', output: '"Silent"' },
    ],
    [
      'a stop is caught by nobody',
      catching(['States.ALL', 'Silent']),
      [() => call('StopExecution', { executionArn, error: 'Withdrawn', cause: 'by hand' })],
      { status: 'ABORTED', error: 'Withdrawn', cause: 'by hand' },
    ],
  ])('%s', async (_what, ask, steps, expected) => {
    await start(ask);
    for (const step of steps) await step();
    expect(await describeIt()).toMatchObject(expected);
  });

  test('a heartbeat makes no event', async () => {
    await start(both);
    const before = await types();
    await beat();
    expect(await types()).toEqual(before);
  });

  test('a heartbeat is taken before the call that handed the token out has returned', async () => {
    let answered: (outcome: TaskOutcome) => void = () => undefined;
    outcome = () => new Promise((resolve) => (answered = resolve));
    const starting = start(both);
    await expect.poll(() => tokens.length).toBe(1);
    clock.move(29);
    await opened[0]?.call('SendTaskHeartbeat', { taskToken: tokens[0] });
    clock.move(29);
    answered({ kind: 'succeeded', output: null });
    await starting;
    expect(await describeIt()).toMatchObject({ status: 'RUNNING' });
    await pass(1);
    expect(await describeIt()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  test('each try has a time-out, heartbeats and a token of its own; the one before is dead', async () => {
    await start({ ...both, Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 10, MaxAttempts: 1 }] });
    await pass(30);
    await pass(10);
    expect(tokens).toHaveLength(2);
    expect(await refusal('SendTaskHeartbeat', { taskToken: tokens[0] })).toBe('TaskTimedOut');
    await pass(29);
    await beat();
    await pass(29);
    expect(await describeIt()).toMatchObject({ status: 'RUNNING' });
    await pass(1);
    expect(await describeIt()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  test('the time-out of the whole execution ends it past every Catch, and its tokens with it', async () => {
    await start({ ...both, ...catching(['States.ALL', 'Silent']) }, { TimeoutSeconds: 20 });
    await pass(20);
    expect(await describeIt()).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect((await types()).at(-1)).toBe('ExecutionTimedOut');
    expect(await refusal('SendTaskSuccess', { taskToken: tokens[0], output: '1' })).toBe('TaskTimedOut');
  });

  test('stopping twice answers with the first stop', async () => {
    await start(both);
    const first = await call('StopExecution', { executionArn, error: 'Withdrawn' });
    await pass(5);
    expect(await call('StopExecution', { executionArn, error: 'Other' })).toEqual(first);
    expect(await describeIt()).toMatchObject({ status: 'ABORTED', error: 'Withdrawn' });
    expect((await types()).filter((type) => type === 'ExecutionAborted')).toHaveLength(1);
  });
});

describe('killed and started again', () => {
  const both = { TimeoutSeconds: 100, HeartbeatSeconds: 30 };

  test('a heartbeat that was acknowledged holds, and the next is due when it was due', async () => {
    await start(both);
    await pass(20);
    await beat();
    await killAndStart();
    await pass(29);
    expect(await describeIt()).toMatchObject({ status: 'RUNNING' });
    await pass(1);
    expect(await describeIt()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect((await types()).filter((type) => type === 'TaskTimedOut')).toHaveLength(1);
  });

  test('a heartbeat that fell due while nothing ran is missed at once, once, and caught by its name', async () => {
    await start({ ...both, ...catching(['States.HeartbeatTimeout', 'Silent']) });
    clock.move(0);
    const before = opened[0];
    await before?.engine.close();
    clock.move(31);
    open();
    await opened[0]?.engine.idle();
    expect(await describeIt()).toMatchObject({ status: 'SUCCEEDED', output: '"Silent"' });
    expect((await types()).filter((type) => type === 'TaskTimedOut')).toHaveLength(1);
  });

  const asked = { Resource: undefined, Arguments: undefined };
  test.each<[string, object, object, string, string]>([
    ['a Wait of seconds', { ...asked, Type: 'Wait', Seconds: 60 }, {}, 'SUCCEEDED', 'WaitStateExited'],
    [
      'a Wait until a moment',
      { ...asked, Type: 'Wait', Timestamp: '2026-01-01T00:01:00Z' },
      {},
      'SUCCEEDED',
      'WaitStateExited',
    ],
    ['a time-out of the whole execution', {}, { TimeoutSeconds: 60 }, 'TIMED_OUT', 'ExecutionTimedOut'],
    [
      'the pause before another try',
      {
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'f', Payload: {} },
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 60, MaxAttempts: 3 }],
      },
      {},
      'SUCCEEDED',
      'TaskSucceeded',
    ],
  ])('%s that fell due while nothing ran is over at once, once', async (_what, state, more, status, event) => {
    outcome = async () => {
      outcome = async () => ({ kind: 'succeeded', output: null });
      return /Retry/.test(JSON.stringify(state))
        ? { kind: 'failed', error: 'Busy', cause: 'not now' }
        : { kind: 'succeeded', output: null };
    };
    await start(state, more);
    await pass(59);
    expect(await describeIt()).toMatchObject({ status: 'RUNNING' });
    await opened[0]?.engine.close();
    clock.move(10_000);
    open();
    await opened[0]?.engine.idle();
    expect(await describeIt()).toMatchObject({ status });
    expect((await types()).filter((type) => type === event)).toHaveLength(1);
    await killAndStart();
    expect((await types()).filter((type) => type === event)).toHaveLength(1);
  });

  test('between every two heartbeats, it lives until its time-out and not longer, on the same token', async () => {
    await start({ ...both, ...catching(['States.HeartbeatTimeout', 'Silent'], ['States.Timeout', 'Slow']) });
    for (let count = 0; count < 4; count += 1) {
      await pass(24);
      await killAndStart();
      await beat();
      await killAndStart();
    }
    expect(await describeIt()).toMatchObject({ status: 'RUNNING' });
    expect(new Set(tokens).size).toBe(1);
    await pass(3);
    expect(await describeIt()).toMatchObject({ status: 'RUNNING' });
    await pass(1);
    expect(await describeIt()).toMatchObject({ status: 'SUCCEEDED', output: '"Slow"' });
  });
});

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InvokeLambda, StepFunctions } from './index.ts';
import { openStepFunctions } from './index.ts';
import { manualClock } from './manual-clock.ts';

const machineArn = 'arn:aws:states:eu-central-1:123456789012:stateMachine:case';
const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:ask';

let folder: string;
let port: number;
let clock: ReturnType<typeof manualClock>;
let steps: StepFunctions;
let sfn: SFNClient;
let calls: unknown[];
let lines: string[];
let answer: (payload: unknown) => ReturnType<InvokeLambda>;

async function open(): Promise<void> {
  steps = await openStepFunctions({
    file: join(folder, 'steps.sqlite'),
    clock,
    invokeLambda: async (arn, payload) => {
      expect(arn).toBe(functionArn);
      calls.push(payload);
      return answer(payload);
    },
    log: (line) => lines.push(JSON.stringify(line)),
    accountId: '123456789012',
    region: 'eu-central-1',
    random: () => 0.5,
  });
}

async function run(states: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<void> {
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: Object.keys(states)[0],
    States: states,
    ...more,
  });
  await steps.putStateMachine({ name: 'case', arn: machineArn, definition });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steps-'));
  port = await freePort();
  clock = manualClock();
  calls = [];
  lines = [];
  answer = async () => ({ kind: 'returned', payload: { fine: true } });
  sfn = new SFNClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await open();
  await steps.listen(port);
});

afterEach(async () => {
  sfn.destroy();
  await steps.close();
  await rm(folder, { recursive: true });
});

const start = async (input: unknown = {}, name = 'one') => {
  const started = await sfn.send(
    new StartExecutionCommand({ stateMachineArn: machineArn, name, input: JSON.stringify(input) }),
  );
  await steps.idle();
  return started.executionArn!;
};
const describeIt = (executionArn: string) => sfn.send(new DescribeExecutionCommand({ executionArn }));
const eventsOf = async (executionArn: string) => {
  const history = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  return history.events!.map((event) => event.type!);
};
const tokenOf = (call: unknown) => (call as { token: string }).token;

const wait = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: functionArn, Payload: { token: '{% $states.context.Task.Token %}' } },
  End: true,
};

describe('a task with a token', () => {
  test('waits for its callback and goes on with what the callback brings', async () => {
    await run({ Ask: { ...wait, Output: '{% $states.result.verdict %}' } });
    const arn = await start();
    expect((await describeIt(arn)).status).toBe('RUNNING');
    await sfn.send(new SendTaskSuccessCommand({ taskToken: tokenOf(calls[0]), output: '{"verdict":"approve"}' }));
    await steps.idle();
    expect((await describeIt(arn)).output).toBe('"approve"');
    expect(await eventsOf(arn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(lines.join()).not.toContain(tokenOf(calls[0]));
  });

  test('promise 17: takes a callback that comes before the notifying function has returned', async () => {
    await run({ Ask: wait });
    answer = async (payload) => {
      await sfn.send(new SendTaskSuccessCommand({ taskToken: tokenOf(payload), output: '1' }));
      return { kind: 'failed', errorType: 'Late', errorMessage: 'after the callback' };
    };
    const arn = await start();
    expect(await describeIt(arn)).toMatchObject({ status: 'SUCCEEDED', output: '1' });
  });

  const success = (taskToken: string) => sfn.send(new SendTaskSuccessCommand({ taskToken, output: '1' }));
  const failure = (taskToken: string) => sfn.send(new SendTaskFailureCommand({ taskToken, error: 'Late' }));
  const beat = (taskToken: string) => sfn.send(new SendTaskHeartbeatCommand({ taskToken }));
  const answers = [
    ['success', success],
    ['failure', failure],
    ['heartbeat', beat],
  ] as const;
  const tooLate = {
    'that was answered already': async (taskToken: string) => void (await success(taskToken)),
    'whose owner gave up': async (taskToken: string) => void (await failure(taskToken)),
    'whose time is over': async () => {
      clock.move(60);
      await steps.idle();
    },
    'whose execution was stopped': async () => {
      const [first] = (await sfn.send(new ListExecutionsCommand({ stateMachineArn: machineArn }))).executions ?? [];
      await sfn.send(new StopExecutionCommand({ executionArn: first?.executionArn }));
    },
  };
  describe.each(Object.entries(tooLate))('promise 17: for a token %s', (_what, before) => {
    test.each(answers)('a %s is TaskTimedOut and changes nothing', async (_name, answer) => {
      await run({ Ask: { ...wait, TimeoutSeconds: 60 } });
      const arn = await start();
      const taskToken = tokenOf(calls[0]);
      await before(taskToken);
      await steps.idle();
      const events = await eventsOf(arn);
      await expect(answer(taskToken)).rejects.toMatchObject({ name: 'TaskTimedOut' });
      expect(await eventsOf(arn)).toEqual(events);
    });
  });
  const foreign = {
    'of another account': (own: string) => `${own.slice(0, -3)}AAA`,
    'that is none': () => 'x',
    'cut short': (own: string) => own.slice(0, 20),
    'with more behind it': (own: string) => `${own}=`,
  };
  describe.each(Object.entries(foreign))('promise 17: for a token %s', (_what, make) => {
    test.each(answers)('a %s is InvalidToken, and the wait goes on', async (_name, answer) => {
      await run({ Ask: wait });
      const arn = await start();
      await expect(answer(make(tokenOf(calls[0])))).rejects.toMatchObject({ name: 'InvalidToken' });
      expect((await describeIt(arn)).status).toBe('RUNNING');
      await success(tokenOf(calls[0]));
      expect((await describeIt(arn)).status).toBe('SUCCEEDED');
    });
  });

  test('promise 17: an output that is no JSON is InvalidOutput, and the wait goes on', async () => {
    await run({ Ask: wait });
    const arn = await start();
    const taskToken = tokenOf(calls[0]);
    await expect(sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{' }))).rejects.toMatchObject({
      name: 'InvalidOutput',
    });
    expect((await describeIt(arn)).status).toBe('RUNNING');
  });

  test('promise 17: times out at its deadline, not before; the next try has a new token and the old one is dead', async () => {
    await run({
      Ask: {
        ...wait,
        TimeoutSeconds: 60,
        Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1, IntervalSeconds: 10 }],
        Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late', Output: '{% $states.errorOutput.Error %}' }],
      },
      Late: { Type: 'Pass', End: true },
    });
    const arn = await start();
    clock.move(59);
    await steps.idle();
    expect(calls).toHaveLength(1);
    clock.move(1);
    await steps.idle();
    clock.move(10);
    await steps.idle();
    expect(calls).toHaveLength(2);
    const [first, second] = calls.map(tokenOf);
    expect(second).not.toBe(first);
    await expect(sfn.send(new SendTaskSuccessCommand({ taskToken: first, output: '1' }))).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
    clock.move(60);
    await steps.idle();
    expect(await describeIt(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"States.Timeout"' });
  });

  test('lives on heartbeats, but not beyond its time-out', async () => {
    await run({ Ask: { ...wait, TimeoutSeconds: 100, HeartbeatSeconds: 30 } });
    const arn = await start();
    for (let beat = 0; beat < 3; beat += 1) {
      clock.move(29);
      await sfn.send(new SendTaskHeartbeatCommand({ taskToken: tokenOf(calls[0]) }));
    }
    expect((await describeIt(arn)).status).toBe('RUNNING');
    clock.move(13);
    await steps.idle();
    expect(await describeIt(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect((await eventsOf(arn)).slice(-2)).toEqual(['TaskTimedOut', 'ExecutionFailed']);
  });

  test('fails as its owner says', async () => {
    await run({ Ask: wait });
    const arn = await start();
    await sfn.send(new SendTaskFailureCommand({ taskToken: tokenOf(calls[0]), error: 'Declined', cause: 'no papers' }));
    expect(await describeIt(arn)).toMatchObject({ status: 'FAILED', error: 'Declined', cause: 'no papers' });
  });
});

describe('a restart', () => {
  async function restart(): Promise<void> {
    await steps.close();
    await open();
    await steps.listen(port);
    await steps.idle();
  }

  test('keeps a waiting task, its token and its deadline', async () => {
    await run({ Ask: { ...wait, TimeoutSeconds: 60 } });
    const [kept, late] = [await start({}, 'kept'), await start({}, 'late')];
    await restart();
    await sfn.send(new SendTaskSuccessCommand({ taskToken: tokenOf(calls[0]), output: '"yes"' }));
    expect((await describeIt(kept)).output).toBe('"yes"');
    await steps.close();
    clock.move(61);
    await open();
    await steps.listen(port);
    await steps.idle();
    expect(await describeIt(late)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect((await eventsOf(late)).filter((type) => type === 'TaskTimedOut')).toHaveLength(1);
    expect(calls).toHaveLength(2);
  });

  test('makes a call again that was under way, and takes no answer of the first one', async () => {
    await run({ Ask: { Type: 'Task', Resource: functionArn, End: true } });
    let release: (() => void) | undefined;
    answer = () =>
      new Promise((resolve) => {
        release = () => resolve({ kind: 'returned', payload: 'first' });
      });
    const started = await sfn.send(new StartExecutionCommand({ stateMachineArn: machineArn, name: 'one' }));
    await expect.poll(() => calls.length).toBe(1);
    await steps.close();
    release?.();
    answer = async () => ({ kind: 'returned', payload: 'second' });
    await open();
    await steps.listen(port);
    await steps.idle();
    expect(calls).toHaveLength(2);
    expect((await describeIt(started.executionArn!)).output).toBe('"second"');
  });

  test('leaves a running execution the definition that it started with', async () => {
    await run({ Ask: { ...wait, Next: 'Old', End: undefined }, Old: { Type: 'Pass', Output: 'old', End: true } });
    const arn = await start();
    await run({ Ask: { ...wait, Next: 'New', End: undefined }, New: { Type: 'Pass', Output: 'new', End: true } });
    await restart();
    await sfn.send(new SendTaskSuccessCommand({ taskToken: tokenOf(calls[0]), output: '1' }));
    await steps.idle();
    expect((await describeIt(arn)).output).toBe('"old"');
  });
});

describe('errors of a function', () => {
  const call = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: functionArn } };

  test('are named by their type, retried with growing pauses, then caught', async () => {
    await run({
      Call: {
        ...call,
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 3, MaxDelaySeconds: 50 }],
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'Caught', Assign: { cause: '{% $parse($states.errorOutput.Cause) %}' } },
        ],
        End: true,
      },
      Caught: { Type: 'Pass', Output: '{% $cause.errorMessage %}', End: true },
    });
    answer = async () => ({ kind: 'failed', errorType: 'Busy', errorMessage: 'not now' });
    const arn = await start();
    for (const pause of [10, 30, 50]) {
      const before = calls.length;
      clock.move(pause - 1);
      await steps.idle();
      expect(calls).toHaveLength(before);
      clock.move(1);
      await steps.idle();
      expect(calls).toHaveLength(before + 1);
    }
    expect(await describeIt(arn)).toMatchObject({ status: 'SUCCEEDED', output: '"not now"' });
  });

  test('of the service keep the name that the service gives', async () => {
    await run({ Call: { ...call, End: true } });
    answer = async () => ({ kind: 'unreachable', errorName: 'Lambda.TooManyRequestsException', message: 'slow down' });
    expect(await describeIt(await start())).toMatchObject({
      status: 'FAILED',
      error: 'Lambda.TooManyRequestsException',
      cause: 'slow down',
    });
  });
});

describe('starting and stopping', () => {
  test('the same name and input while it runs is the same execution; anything else is refused', async () => {
    await run({ Ask: wait });
    const first = await start({ a: 1 });
    expect(await start({ a: 1 })).toBe(first);
    await expect(start({ a: 2 })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await sfn.send(new StopExecutionCommand({ executionArn: first, error: 'Withdrawn' }));
    await expect(start({ a: 1 })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    expect(await describeIt(first)).toMatchObject({ status: 'ABORTED', error: 'Withdrawn' });
    expect((await eventsOf(first)).at(-1)).toBe('ExecutionAborted');
    expect(calls).toHaveLength(1);
    await expect(
      sfn.send(new SendTaskSuccessCommand({ taskToken: tokenOf(calls[0]), output: '1' })),
    ).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  test('names and inputs outside the limits are refused', async () => {
    await run({ Ask: wait });
    await expect(start({}, 'a b')).rejects.toMatchObject({ name: 'InvalidName' });
    await expect(start('x'.repeat(262_144))).rejects.toMatchObject({ name: 'ValidationException' });
    const bad = new StartExecutionCommand({ stateMachineArn: machineArn, input: '{' });
    await expect(sfn.send(bad)).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
    await expect(describeIt(machineArn.replace('stateMachine', 'execution').concat(':none'))).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
    });
  });

  test('an execution ends at the time-out of its definition', async () => {
    await run({ Ask: wait }, { TimeoutSeconds: 100 });
    const arn = await start();
    clock.move(100);
    await steps.idle();
    expect((await describeIt(arn)).status).toBe('TIMED_OUT');
  });
});

describe('waiting', () => {
  test('lasts as long as it says on the moved clock, and expressions see that clock', async () => {
    await run({
      Until: { Type: 'Wait', Timestamp: '{% $fromMillis($millis() + 86400000) %}', Next: 'Then' },
      Then: { Type: 'Pass', Output: '{% $now() %}', End: true },
    });
    const arn = await start();
    clock.move(86_399);
    await steps.idle();
    expect((await describeIt(arn)).status).toBe('RUNNING');
    clock.move(1);
    await steps.idle();
    expect((await describeIt(arn)).output).toBe('"2016-03-02T00:00:00.000Z"');
  });
});

describe('several threads', () => {
  test('a Parallel gives its branches their results in order, whoever ends first', async () => {
    const ask = (label: string) => ({
      StartAt: label,
      States: { [label]: { ...wait, Output: `{% $states.result & $base %}` } },
    });
    await run({
      Set: { Type: 'Pass', Assign: { base: '!' }, Next: 'Both' },
      Both: { Type: 'Parallel', Branches: [ask('A'), ask('B')], End: true },
    });
    const arn = await start();
    await sfn.send(new SendTaskSuccessCommand({ taskToken: tokenOf(calls[1]), output: '"second"' }));
    await sfn.send(new SendTaskSuccessCommand({ taskToken: tokenOf(calls[0]), output: '"first"' }));
    expect((await describeIt(arn)).output).toBe('["first!","second!"]');
  });

  test('a failed iteration ends a Map that tolerates none, and its siblings with it', async () => {
    await run({
      Each: {
        Type: 'Map',
        Items: [1, 2, 3],
        MaxConcurrency: 2,
        ItemSelector: '{% $states.context.Map.Item.Index %}',
        ItemProcessor: { StartAt: 'Ask', States: { Ask: wait } },
        End: true,
      },
    });
    const arn = await start();
    expect(calls).toHaveLength(2);
    await sfn.send(new SendTaskFailureCommand({ taskToken: tokenOf(calls[0]), error: 'Bad' }));
    expect(await describeIt(arn)).toMatchObject({ status: 'FAILED', error: 'Bad' });
    expect((await eventsOf(arn)).slice(-6)).toEqual([
      'TaskFailed',
      'MapIterationFailed',
      'TaskStateAborted',
      'MapIterationAborted',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });
});

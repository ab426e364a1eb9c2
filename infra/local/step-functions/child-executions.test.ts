import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engineInMemory } from './in-memory.ts';
import type { TaskRunner } from './task-runner.ts';

type Described = { status: string; output?: string; error?: string; cause?: string; stopDate?: number };
type Event = { type: string; [detail: string]: unknown };

const place = 'arn:aws:states:us-east-1:111111111111';
const functions: TaskRunner = {
  supports: (resource) => resource.includes(':function:'),
  run: async (call) => ({ kind: 'succeeded', output: call.arguments }),
};
let folder: string;
let opened: ReturnType<typeof engineInMemory>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'children-'));
  opened = engineInMemory(functions, { file: join(folder, 'steps.sqlite') });
});
afterEach(async () => {
  await opened.close();
  rmSync(folder, { recursive: true });
});

async function create(name: string, states: Record<string, unknown>): Promise<void> {
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });
  await opened.call('CreateStateMachine', { name, definition, roleArn: 'arn:aws:iam::111111111111:role/r' });
}
async function start(name: string, input: unknown = {}): Promise<string> {
  const stateMachineArn = `${place}:stateMachine:${name}`;
  const asked = { stateMachineArn, name: 'p1', input: JSON.stringify(input) };
  const { executionArn } = (await opened.call('StartExecution', asked)) as { executionArn: string };
  await opened.engine.idle();
  return executionArn;
}
const look = async (executionArn: string) => (await opened.call('DescribeExecution', { executionArn })) as Described;
const events = async (executionArn: string) =>
  ((await opened.call('GetExecutionHistory', { executionArn, maxResults: 1000 })) as { events: Event[] }).events;
const child = `${place}:execution:child:c1`;
const starts = (pattern: string, more: object = {}, argumentsMore: object = {}) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::states:startExecution${pattern}`,
  Arguments: {
    StateMachineArn: `${place}:stateMachine:child`,
    Name: 'c1',
    Input: { amount: '{% $states.input.amount %}' },
    ...argumentsMore,
  },
  End: true,
  ...more,
});
const doubles = { Double: { Type: 'Pass', Output: { twice: '{% $states.input.amount * 2 %}' }, End: true } };
const sleeps = { Sleep: { Type: 'Wait', Seconds: 60, Next: 'Done' }, Done: { ...doubles.Double } };

describe('states:startExecution', () => {
  test('answers with the execution that it started, and does not wait for it', async () => {
    await create('child', sleeps);
    await create('parent', { Start: starts('') });
    const parent = await look(await start('parent', { amount: 3 }));
    expect(parent.status).toBe('SUCCEEDED');
    expect(JSON.parse(parent.output ?? '')).toMatchObject({
      ExecutionArn: child,
      StartDate: Date.parse('2026-01-01T00:00:00Z'),
      SdkHttpMetadata: { HttpStatusCode: 200 },
    });
    expect((await look(child)).status).toBe('RUNNING');
    opened.clock.move(60);
    await opened.engine.idle();
    expect(await look(child)).toMatchObject({ status: 'SUCCEEDED', output: '{"twice":6}' });
  });

  test('takes a text as the JSON that it holds', async () => {
    await create('child', doubles);
    await create('parent', {
      Start: starts('.sync:2', { Output: '{% $states.result.Output %}' }, { Input: '{"amount":4}' }),
    });
    expect((await look(await start('parent'))).output).toBe('{"twice":8}');
  });

  test('with a task token goes on when the child sends it', async () => {
    await create('child', { Wait: { Type: 'Wait', Seconds: 5, End: true } });
    const token = { Input: { token: '{% $states.context.Task.Token %}' } };
    await create('parent', { Start: starts('.waitForTaskToken', {}, token) });
    const parent = await start('parent');
    const input = JSON.parse(((await look(child)) as { input?: string }).input ?? '') as { token: string };
    await opened.call('SendTaskSuccess', { taskToken: input.token, output: '"sent"' });
    expect((await look(parent)).output).toBe('"sent"');
  });

  test.each<[string, object, string]>([
    [
      'a machine that is not there',
      { StateMachineArn: `${place}:stateMachine:none` },
      'StepFunctions.StateMachineDoesNotExistException',
    ],
    ['a name that is none', { Name: 'a b' }, 'StepFunctions.InvalidNameException'],
    ['an input that is no JSON', { Input: '{' }, 'StepFunctions.InvalidExecutionInputException'],
    ['an argument not known, in an expression', { TraceHeader: 'x' }, 'States.Runtime'],
  ])('fails by name for %s', async (_, more, error) => {
    await create('child', doubles);
    await create('parent', {
      Start: {
        ...starts('.sync:2'),
        Arguments: `{% $merge([${JSON.stringify({ StateMachineArn: `${place}:stateMachine:child` })}, ${JSON.stringify(more)}]) %}`,
      },
    });
    expect(await look(await start('parent'))).toMatchObject({ status: 'FAILED', error });
  });

  test('a name used already, once ended, can be caught', async () => {
    await create('child', doubles);
    await create('parent', {
      First: starts('', { End: undefined, Next: 'Second', Assign: { amount: '{% $states.input.amount %}' } }),
      Second: starts(
        '',
        { Catch: [{ ErrorEquals: ['StepFunctions.ExecutionAlreadyExistsException'], Next: 'Known' }] },
        { Input: {} },
      ),
      Known: { Type: 'Pass', Output: 'known', End: true },
    });
    expect((await look(await start('parent', { amount: 1 }))).output).toBe('"known"');
  });
});

describe('states:startExecution.sync:2', () => {
  test('waits for the end, and gives input and output as values', async () => {
    await create('child', sleeps);
    await create('parent', { Start: starts('.sync:2') });
    const parent = await start('parent', { amount: 3 });
    expect((await look(parent)).status).toBe('RUNNING');
    opened.clock.move(60);
    await opened.engine.idle();
    const began = Date.parse('2026-01-01T00:00:00Z');
    expect(JSON.parse((await look(parent)).output ?? '')).toEqual({
      ExecutionArn: child,
      Input: { amount: 3 },
      InputDetails: { Included: true },
      Name: 'c1',
      Output: { twice: 6 },
      OutputDetails: { Included: true },
      RedriveCount: 0,
      RedriveStatus: 'NOT_REDRIVABLE',
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      StartDate: began,
      StateMachineArn: `${place}:stateMachine:child`,
      Status: 'SUCCEEDED',
      StopDate: began + 60_000,
    });
    expect((await events(parent)).map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect((await events(parent))[4]?.['taskSubmittedEventDetails']).toMatchObject({
      resourceType: 'states',
      resource: 'startExecution.sync:2',
    });
  });

  test('without :2 they are texts', async () => {
    await create('child', doubles);
    await create('parent', { Start: starts('.sync') });
    const told = JSON.parse((await look(await start('parent', { amount: 3 }))).output ?? '') as object;
    expect(told).toMatchObject({ Input: '{"amount":3}', Output: '{"twice":6}', Status: 'SUCCEEDED' });
  });

  test('a child that fails is a failed task, whose cause tells of the child', async () => {
    await create('child', { No: { Type: 'Fail', Error: 'NotOurs', Cause: 'another union' } });
    await create('parent', {
      Start: starts('.sync:2', {
        Catch: [
          { ErrorEquals: ['States.TaskFailed'], Next: 'Caught', Output: '{% $parse($states.errorOutput.Cause) %}' },
        ],
      }),
      Caught: { Type: 'Pass', End: true },
    });
    const parent = await look(await start('parent', { amount: 3 }));
    expect(JSON.parse(parent.output ?? '')).toMatchObject({
      Error: 'NotOurs',
      Cause: 'another union',
      ExecutionArn: child,
      Status: 'FAILED',
    });
  });

  test.each<[string, object, () => Promise<unknown>]>([
    ['stopped', {}, () => opened.call('StopExecution', { executionArn: `${place}:execution:parent:p1` })],
    ['timed out', { TimeoutSeconds: 30 }, async () => opened.clock.move(30)],
  ])('a parent that is %s stops its child', async (_, more, act) => {
    await create('child', sleeps);
    await create('parent', { Start: starts('.sync:2', more) });
    const parent = await start('parent', { amount: 3 });
    await act();
    await opened.engine.idle();
    expect(await look(child)).toMatchObject({
      status: 'ABORTED',
      cause: `The Task state in AWS Step Functions execution [${parent}] which was managing this resource was aborted`,
    });
  });

  test('a retried task starts the child anew', async () => {
    await create('child', { No: { Type: 'Fail', Error: 'Busy' } });
    const retry = [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 2, IntervalSeconds: 1 }];
    await create('parent', { Start: starts('.sync:2', { Retry: retry }, { Name: '{% $uuid() %}' }) });
    const parent = await start('parent', { amount: 3 });
    opened.clock.move(1);
    await opened.engine.idle();
    opened.clock.move(2);
    await opened.engine.idle();
    expect((await look(parent)).status).toBe('FAILED');
    const { executions } = (await opened.call('ListExecutions', {
      stateMachineArn: `${place}:stateMachine:child`,
    })) as {
      executions: unknown[];
    };
    expect(executions).toHaveLength(3);
  });

  test('outlasts a restart, whether the child ends before or after it', async () => {
    const restart = async (seconds: number) => {
      await opened.close();
      opened = engineInMemory(functions, { file: join(folder, 'steps.sqlite'), clock: opened.clock });
      opened.clock.move(seconds);
      await opened.engine.idle();
    };
    await create('child', sleeps);
    await create('parent', { Start: starts('.sync:2', { Output: '{% $states.result.Output %}' }) });
    const parent = await start('parent', { amount: 3 });
    await restart(0);
    expect((await look(parent)).status).toBe('RUNNING');
    await restart(60);
    expect(await look(parent)).toMatchObject({ status: 'SUCCEEDED', output: '{"twice":6}' });
  });
});

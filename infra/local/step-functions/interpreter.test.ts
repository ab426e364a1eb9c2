import { afterEach, describe, expect, test } from 'vitest';
import { engineInMemory } from './in-memory.ts';
import type { TaskOutcome } from './task.ts';
import type { TaskCall } from './task-runner.ts';

type Described = { status: string; output?: string; error?: string; cause?: string };

let opened: ReturnType<typeof engineInMemory>;

afterEach(() => opened.close());

async function run(
  states: Record<string, unknown>,
  answer: (call: TaskCall) => TaskOutcome = () => ({ kind: 'succeeded', output: null }),
  input: unknown = {},
): Promise<Described & { types: string[]; executionArn: string }> {
  opened = engineInMemory({ supports: () => true, run: async (call) => answer(call) });
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });
  await opened.call('CreateStateMachine', { name: 'm', definition, roleArn: 'arn:aws:iam::111111111111:role/r' });
  const { executionArn } = (await opened.call('StartExecution', {
    stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:m',
    input: JSON.stringify(input),
  })) as { executionArn: string };
  await opened.engine.idle();
  return { ...(await look(executionArn)), executionArn };
}

async function look(executionArn: string): Promise<Described & { types: string[] }> {
  const described = (await opened.call('DescribeExecution', { executionArn })) as Described;
  const history = (await opened.call('GetExecutionHistory', { executionArn, maxResults: 1000 })) as {
    events: { type: string }[];
  };
  return { ...described, types: history.events.map((event) => event.type) };
}

const end = { Type: 'Pass', End: true };
const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:111111111111:function:f', End: true };
const failing = (): TaskOutcome => ({ kind: 'failed', error: 'Busy', cause: 'not now' });

describe('variables', () => {
  test('assigned in one state all see the values of before it', async () => {
    const ended = await run({
      A: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { x: '{% $y %}', y: '{% $x %}' }, Output: '{% $x %}', Next: 'C' },
      C: { ...end, Output: ['{% $states.input %}', '{% $x %}', '{% $y %}'] },
    });
    expect(ended.output).toBe('[1,2,1]');
  });

  test('of a branch end with it', async () => {
    const inner = { StartAt: 'A', States: { A: { ...end, Assign: { inside: 1 } } } };
    const ended = await run({
      P: { Type: 'Parallel', Branches: [inner], Next: 'After' },
      After: { ...end, Output: '{% $exists($inside) %}' },
    });
    expect(ended.output).toBe('false');
  });
});

test('variables over the limit of one Assign are refused', async () => {
  const ended = await run({ A: { ...end, Assign: { a: '{% $pad("x", 200000) %}', b: '{% $pad("x", 62000) %}' } } });
  expect(ended.status).toBe('SUCCEEDED');
  await opened.close();
  const more = await run({ A: { ...end, Assign: { a: '{% $pad("x", 200000) %}', b: '{% $pad("x", 63000) %}' } } });
  expect(more).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
});

test('a Wait until a moment looks at its whole seconds alone', async () => {
  const ended = await run({ W: { Type: 'Wait', Timestamp: '2026-01-01T00:00:09.900Z', End: true } });
  opened.clock.move(8.999);
  await opened.engine.idle();
  expect(await look(ended.executionArn)).toMatchObject({ status: 'RUNNING' });
  opened.clock.move(0.001);
  await opened.engine.idle();
  expect(await look(ended.executionArn)).toMatchObject({ status: 'SUCCEEDED' });
});

describe('a Choice', () => {
  test('without a match and without a Default fails the execution', async () => {
    const ended = await run({ C: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'End' }] }, End: end });
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });

  test('takes no condition that is not true or false', async () => {
    const choices = [{ Condition: "{% 'yes' %}", Next: 'End' }];
    const ended = await run({ C: { Type: 'Choice', Choices: choices, Default: 'End' }, End: end });
    expect(ended.cause).toContain("Expected 'boolean', but was 'string' for value: \"yes\"");
  });
});

describe('a catcher', () => {
  test('that cannot be evaluated fails the state with its own error', async () => {
    const catcher = { ErrorEquals: ['Busy'], Next: 'End', Output: '{% $none %}' };
    const ended = await run({ T: { ...task, Catch: [catcher] }, End: end }, failing);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(ended.cause).toContain("specified for the field 'Catch[0]/Output' returned nothing");
  });

  test('catches an Output that cannot be evaluated', async () => {
    const catcher = { ErrorEquals: ['States.QueryEvaluationError'], Next: 'End', Output: 'caught' };
    const ended = await run({ T: { ...task, Output: '{% $none %}', Catch: [catcher] }, End: end });
    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: '"caught"' });
  });

  test('of States.ALL does not take a result over the limit', async () => {
    const catcher = { ErrorEquals: ['States.ALL'], Next: 'End' };
    const ended = await run({ T: { ...task, Catch: [catcher] }, End: end }, () => ({
      kind: 'succeeded',
      output: 'x'.repeat(262_144),
    }));
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

describe('a Map', () => {
  const each = (more: Record<string, unknown>) => ({
    M: {
      Type: 'Map',
      Items: '{% [1..4] %}',
      ItemProcessor: { StartAt: 'T', States: { T: task } },
      ...more,
      End: true,
    },
  });
  const oddFails = (call: TaskCall): TaskOutcome =>
    Number(call.arguments) % 2 === 1 ? failing() : { kind: 'succeeded', output: call.arguments };

  test('goes on while the failures are within its tolerance', async () => {
    const ended = await run(each({ ToleratedFailureCount: 2 }), oddFails);
    const error = { Error: 'Busy', Cause: 'not now' };
    expect(JSON.parse(ended.output ?? 'null')).toEqual([error, 2, error, 4]);
  });

  test('fails beyond it', async () => {
    const ended = await run(each({ ToleratedFailurePercentage: 25 }), oddFails);
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  });

  test('of nothing succeeds with nothing', async () => {
    const ended = await run(each({ Items: [] }));
    expect(ended.output).toBe('[]');
    expect(ended.types).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('inside a Map keeps the results apart', async () => {
    const inner = { Type: 'Map', Items: '{% [$states.input, $states.input * 10] %}', End: true };
    const ended = await run(
      each({
        ItemProcessor: {
          StartAt: 'Inner',
          States: { Inner: { ...inner, ItemProcessor: { StartAt: 'T', States: { T: task } } } },
        },
      }),
      (call) => ({ kind: 'succeeded', output: call.arguments }),
    );
    expect(ended.output).toBe('[[1,10],[2,20],[3,30],[4,40]]');
  });
});

describe('a Parallel', () => {
  test('that fails gives up what its other branches were doing, also deep inside', async () => {
    const waits = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 9, End: true } } };
    const nested = { Type: 'Parallel', Branches: [waits], End: true };
    const ended = await run(
      {
        P: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'N', States: { N: nested } },
            { StartAt: 'S', States: { S: { Type: 'Wait', Seconds: 0, Next: 'T' }, T: task } },
          ],
          Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1, IntervalSeconds: 5 }],
          End: true,
        },
      },
      failing,
    );
    expect(ended.status).toBe('RUNNING');
    expect(ended.types.slice(-4)).toEqual([
      'LambdaFunctionFailed',
      'TaskStateAborted',
      'WaitStateAborted',
      'ParallelStateAborted',
    ]);
    opened.clock.move(5);
    await opened.engine.idle();
    const later = await look(ended.executionArn);
    expect(later).toMatchObject({ status: 'FAILED', error: 'Busy' });
    expect(later.types.slice(-2)).toEqual(['ParallelStateFailed', 'ExecutionFailed']);
  });
});

test('an execution without an end is ended at 25,000 events', async () => {
  const ended = await run({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } });
  expect(ended).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
}, 30_000);

test('a task that is tried again without end is ended at 25,000 events too', async () => {
  const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 5, BackoffRate: 1, MaxAttempts: 99_999_999 }];
  const ended = await run({ T: { ...task, Retry } }, failing);
  opened.store.db.exec('UPDATE executions SET next_event = 24991');
  opened.clock.move(5);
  await opened.engine.idle();
  expect(await look(ended.executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
});

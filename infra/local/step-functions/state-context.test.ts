import { afterEach, describe, expect, test } from 'vitest';
import { engineInMemory } from './in-memory.ts';
import type { TaskOutcome } from './task.ts';

const machineArn = 'arn:aws:states:us-east-1:111111111111:stateMachine:m';
const roleArn = 'arn:aws:iam::111111111111:role/r';
const end = { Type: 'Pass', End: true };

let opened: ReturnType<typeof engineInMemory>;
/** What the task was called with, in order. */
let asked: unknown[];
let answers: TaskOutcome[];
afterEach(() => opened.close());

async function start(states: Record<string, unknown>, input: unknown = {}): Promise<void> {
  asked = [];
  opened = engineInMemory({
    supports: () => true,
    async run({ arguments: given }) {
      asked.push(given);
      return answers.shift() ?? { kind: 'succeeded', output: null };
    },
  });
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });
  await opened.call('CreateStateMachine', { name: 'm', definition, roleArn });
  await opened.call('StartExecution', { stateMachineArn: machineArn, name: 'case-1', input: JSON.stringify(input) });
  await opened.engine.idle();
}
async function outputOf(name = 'case-1'): Promise<unknown> {
  const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  return JSON.parse(String(Object(await opened.call('DescribeExecution', { executionArn })).output));
}

describe('what an expression knows of where it runs', () => {
  test('the execution, the state machine and the state, by AWS’s names and on the moved clock', async () => {
    await start(
      { Rest: { Type: 'Wait', Seconds: 90, Next: 'Look' }, Look: { ...end, Output: '{% $states.context %}' } },
      { household: 'h1' },
    );
    opened.clock.move(90);
    await opened.engine.idle();
    expect(await outputOf()).toEqual({
      Execution: {
        Id: 'arn:aws:states:us-east-1:111111111111:execution:m:case-1',
        Input: { household: 'h1' },
        Name: 'case-1',
        RoleArn: roleArn,
        StartTime: '2026-01-01T00:00:00.000Z',
        RedriveCount: 0,
      },
      StateMachine: { Id: machineArn, Name: 'm' },
      State: { Name: 'Look', EnteredTime: '2026-01-01T00:01:30.000Z', RetryCount: 0 },
    });
  });

  test('how often the state was tried again', async () => {
    const busy: TaskOutcome = { kind: 'failed', error: 'Busy', cause: 'not now' };
    answers = [busy, busy];
    await start({
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}' },
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, BackoffRate: 1 }],
        End: true,
      },
    });
    for (let tries = 0; tries < 2; tries += 1) {
      opened.clock.move(1);
      await opened.engine.idle();
    }
    expect(asked.map((each) => Object(each).Payload)).toEqual([0, 1, 2]);
  });

  test('a token only where a task waits for one', async () => {
    answers = [];
    await start({
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'f', Payload: '{% $exists($states.context.Task) %}' },
        Next: 'AskAndWait',
      },
      AskAndWait: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: { FunctionName: 'f', Payload: '{% $states.context.Task %}' },
        End: true,
      },
    });
    expect(asked.map((each) => Object(each).Payload)).toEqual([
      false,
      { Token: expect.stringMatching(/^.{20,2048}$/) },
    ]);
  });

  test('which item of a Map it is, for what selects the item and inside the iteration; of a Map in a Map the inner one', async () => {
    const item = { index: '{% $states.context.Map.Item.Index %}', value: '{% $states.context.Map.Item.Value %}' };
    const inner = {
      Type: 'Map',
      Items: '{% $states.input.selected.value %}',
      ItemProcessor: { StartAt: 'Look', States: { Look: { ...end, Output: item } } },
      End: true,
    };
    await start(
      {
        Each: {
          Type: 'Map',
          Items: '{% $states.input %}',
          ItemSelector: { selected: item },
          ItemProcessor: { StartAt: 'Inner', States: { Inner: inner } },
          Next: 'After',
        },
        After: { ...end, Output: { of: '{% $states.input %}', isOver: '{% $not($exists($states.context.Map)) %}' } },
      },
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    );
    expect(await outputOf()).toEqual({
      of: [
        [
          { index: 0, value: 'a' },
          { index: 1, value: 'b' },
        ],
        [
          { index: 0, value: 'c' },
          { index: 1, value: 'd' },
        ],
      ],
      isOver: true,
    });
  });
});

test('a Map runs as many items at once as MaxConcurrency says, and the next as one of them ends', async () => {
  answers = [];
  const waiting = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: {
      FunctionName: 'f',
      Payload: { item: '{% $states.input %}', token: '{% $states.context.Task.Token %}' },
    },
    End: true,
  };
  await start(
    {
      Each: {
        Type: 'Map',
        MaxConcurrency: 2,
        ItemProcessor: { StartAt: 'Ask', States: { Ask: waiting } },
        End: true,
      },
    },
    [1, 2, 3, 4, 5],
  );
  const payloads = () => asked.map((each) => Object(Object(each).Payload));
  expect(payloads().map(({ item }) => item)).toEqual([1, 2]);
  for (const [ended, running] of [
    [1, [1, 2, 3]],
    [0, [1, 2, 3, 4]],
    [3, [1, 2, 3, 4, 5]],
    [2, [1, 2, 3, 4, 5]],
    [4, [1, 2, 3, 4, 5]],
  ] as const) {
    const { token, item } = payloads()[ended];
    await opened.call('SendTaskSuccess', { taskToken: token, output: JSON.stringify(item * 10) });
    await opened.engine.idle();
    expect(payloads().map((each) => each.item)).toEqual(running);
  }
  expect(await outputOf()).toEqual([10, 20, 30, 40, 50]);
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ApiError } from './errors.ts';
import { engineInMemory } from './in-memory.ts';
import type { TaskRunner } from './task-runner.ts';

/** The API's rules and error names as AWS documents them for each operation. */
const place = 'arn:aws:states:us-east-1:111111111111';
const machine = `${place}:stateMachine:case`;
const roleArn = 'arn:aws:iam::111111111111:role/r';
let tokens: string[];
let opened: ReturnType<typeof engineInMemory>;

const tasks: TaskRunner = {
  supports: (resource) => resource.includes(':lambda:'),
  async run({ arguments: asked }) {
    tokens.push((asked as { Payload: { token: string } }).Payload.token);
    return { kind: 'succeeded', output: null };
  },
};
const text = (states: Record<string, unknown>, more: object = {}) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more });
/** Waits for a callback; the stub above takes the token out of its arguments. */
const waiting = text({
  Ask: {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
    End: true,
  },
});

const call = async (operation: string, body: object): Promise<Record<string, unknown>> => {
  const answer = (await opened.call(operation, body)) as Record<string, unknown>;
  await opened.engine.idle();
  return answer;
};
const refusal = (operation: string, body: object): Promise<string> =>
  call(operation, body).then(
    () => 'accepted',
    (error: unknown) => (error instanceof ApiError ? error.code : String(error)),
  );
const start = (name: string, input: string = '{}') => call('StartExecution', { stateMachineArn: machine, name, input });

beforeEach(async () => {
  tokens = [];
  opened = engineInMemory(tasks);
  await call('CreateStateMachine', { name: 'case', definition: waiting, roleArn });
});
afterEach(() => opened.close());

describe('is refused by AWS’s name for it:', () => {
  const execution = `${place}:execution:case:none`;
  const pass = text({ A: { Type: 'Pass', End: true } });
  test.each<[string, object, string]>([
    ['CreateStateMachine', { name: 'a b', definition: pass, roleArn }, 'InvalidName'],
    ['CreateStateMachine', { name: 'x'.repeat(81), definition: pass, roleArn }, 'InvalidName'],
    ['CreateStateMachine', { name: '', definition: pass, roleArn }, 'InvalidName'],
    ['CreateStateMachine', { name: 'a\uffff', definition: pass, roleArn }, 'InvalidName'],
    ['CreateStateMachine', { name: 'a\ud800', definition: pass, roleArn }, 'InvalidName'],
    ['CreateStateMachine', { name: 'case', definition: pass, roleArn }, 'StateMachineAlreadyExists'],
    ['CreateStateMachine', { name: 'b', definition: '{', roleArn }, 'InvalidDefinition'],
    ['CreateStateMachine', { name: 'b', definition: pass, roleArn, type: 'EXPRESS' }, 'StateMachineTypeNotSupported'],
    ['CreateStateMachine', { name: 'b', definition: pass }, 'ValidationException'],
    ['CreateStateMachine', { name: 'b', definition: pass, roleArn, publish: true }, 'ValidationException'],
    ['CreateStateMachine', { name: 'b', definition: pass, roleArn, tags: [] }, 'ValidationException'],
    [
      'CreateStateMachine',
      { name: 'b', definition: pass, roleArn, tracingConfiguration: { enabled: true } },
      'ValidationException',
    ],
    ['UpdateStateMachine', { stateMachineArn: machine }, 'MissingRequiredParameter'],
    ['UpdateStateMachine', { stateMachineArn: machine, definition: '{}' }, 'InvalidDefinition'],
    ['UpdateStateMachine', { stateMachineArn: `${machine}2`, roleArn }, 'StateMachineDoesNotExist'],
    ['UpdateStateMachine', { stateMachineArn: 'case', roleArn }, 'InvalidArn'],
    ['DescribeStateMachine', { stateMachineArn: 'arn:aws:states:us-east-1:1:stateMachine:x' }, 'InvalidArn'],
    ['DescribeStateMachine', { stateMachineArn: execution }, 'InvalidArn'],
    ['DescribeStateMachine', { stateMachineArn: `${machine}2` }, 'StateMachineDoesNotExist'],
    ['DescribeStateMachine', { stateMachineArn: machine, includedData: 'METADATA_ONLY' }, 'ValidationException'],
    ['StartExecution', { stateMachineArn: `${machine}2` }, 'StateMachineDoesNotExist'],
    ['StartExecution', { stateMachineArn: 'x' }, 'InvalidArn'],
    ['StartExecution', { stateMachineArn: machine, name: 'a/b' }, 'InvalidName'],
    ['StartExecution', { stateMachineArn: machine, input: 'no json' }, 'InvalidExecutionInput'],
    ['StartExecution', { stateMachineArn: machine, traceHeader: 'Root=1' }, 'ValidationException'],
    ['StopExecution', { executionArn: execution }, 'ExecutionDoesNotExist'],
    ['StopExecution', { executionArn: machine }, 'InvalidArn'],
    ['StopExecution', { executionArn: execution, error: 'x'.repeat(257) }, 'ValidationException'],
    ['DescribeExecution', { executionArn: execution }, 'ExecutionDoesNotExist'],
    ['DescribeExecution', { executionArn: 'x' }, 'InvalidArn'],
    ['DescribeExecution', {}, 'ValidationException'],
    ['ListExecutions', { stateMachineArn: `${machine}2` }, 'StateMachineDoesNotExist'],
    ['ListExecutions', { stateMachineArn: machine, statusFilter: 'ASLEEP' }, 'ValidationException'],
    ['ListExecutions', { stateMachineArn: machine, maxResults: 1001 }, 'ValidationException'],
    ['ListExecutions', { stateMachineArn: machine, nextToken: 'x' }, 'InvalidToken'],
    ['ListStateMachines', { nextToken: 'x' }, 'InvalidToken'],
    ['GetExecutionHistory', { executionArn: execution }, 'ExecutionDoesNotExist'],
    ['SendTaskSuccess', { taskToken: 'x', output: '1' }, 'InvalidToken'],
    ['SendTaskSuccess', { taskToken: 'x', output: '{' }, 'InvalidOutput'],
    ['SendTaskSuccess', { taskToken: 'x'.repeat(2049), output: '1' }, 'ValidationException'],
    ['SendTaskSuccess', { taskToken: 'x', output: `"${'字'.repeat(90_000)}"` }, 'ValidationException'],
    ['SendTaskFailure', { taskToken: 'x' }, 'InvalidToken'],
    ['SendTaskHeartbeat', { taskToken: 'x' }, 'InvalidToken'],
    ['ValidateStateMachineDefinition', { definition: pass, type: 'EXPRESS' }, 'StateMachineTypeNotSupported'],
    ['ValidateStateMachineDefinition', { definition: '' }, 'ValidationException'],
  ])('%s %j', async (operation, body, code) => {
    expect(await refusal(operation, body)).toBe(code);
  });
});

describe('a state machine', () => {
  test('asked for again is the same one, whatever its role; with another definition it is refused', async () => {
    const again = { name: 'case', definition: waiting, roleArn: `${roleArn}2` };
    expect((await call('CreateStateMachine', again))['stateMachineArn']).toBe(machine);
    expect(await call('DescribeStateMachine', { stateMachineArn: machine })).toMatchObject({
      roleArn,
      status: 'ACTIVE',
    });
  });

  test('updated has a new revision, and only what was given changes', async () => {
    const { revisionId, definition } = await call('DescribeStateMachine', { stateMachineArn: machine });
    await call('UpdateStateMachine', { stateMachineArn: machine, roleArn: `${roleArn}2` });
    const role = await call('DescribeStateMachine', { stateMachineArn: machine });
    expect(role).toMatchObject({ definition, roleArn: `${roleArn}2`, revisionId });
    await call('UpdateStateMachine', { stateMachineArn: machine, definition: text({ A: { Type: 'Succeed' } }) });
    const changed = await call('DescribeStateMachine', { stateMachineArn: machine });
    expect(changed['revisionId']).not.toBe(revisionId);
  });

  test('is listed by name, page by page', async () => {
    for (const name of ['b', 'a']) {
      await call('CreateStateMachine', { name, definition: text({ A: { Type: 'Succeed' } }), roleArn });
    }
    const names: unknown[] = [];
    let nextToken: unknown;
    do {
      const page = await call('ListStateMachines', { maxResults: 2, nextToken });
      names.push((page['stateMachines'] as { name: string }[]).map(({ name }) => name));
      nextToken = page['nextToken'];
    } while (nextToken !== undefined);
    expect(names).toEqual([['a', 'b'], ['case']]);
  });

  test('is judged without being made', async () => {
    const bad = text({ A: { Type: 'Pass', Next: 'B' } });
    const verdict = await call('ValidateStateMachineDefinition', { definition: bad });
    expect(verdict).toMatchObject({
      result: 'FAIL',
      truncated: false,
      diagnostics: [{ severity: 'ERROR', code: 'MISSING_TRANSITION_TARGET', location: '/States/A' }],
    });
    expect(await call('ValidateStateMachineDefinition', { definition: waiting })).toEqual({
      result: 'OK',
      diagnostics: [],
      truncated: false,
    });
  });
});

describe('an execution', () => {
  test('takes 262,144 bytes of input and not one more, counted in UTF-8', async () => {
    expect(await refusal('StartExecution', { stateMachineArn: machine, input: `"${'x'.repeat(262_142)}"` })).toBe(
      'accepted',
    );
    expect(await refusal('StartExecution', { stateMachineArn: machine, input: `"${'x'.repeat(262_143)}"` })).toBe(
      'ValidationException',
    );
    expect(await refusal('StartExecution', { stateMachineArn: machine, input: `"${'字'.repeat(87_381)}"` })).toBe(
      'ValidationException',
    );
  });

  test('started again by the same name is the same while it runs with the same input, else refused', async () => {
    const first = await start('one', '{"a": 1}');
    expect(await start('one', '{"a":1}')).toEqual(first);
    expect(await refusal('StartExecution', { stateMachineArn: machine, name: 'one', input: '{"a":2}' })).toBe(
      'ExecutionAlreadyExists',
    );
    await call('SendTaskSuccess', { taskToken: tokens[0], output: '1' });
    expect(await refusal('StartExecution', { stateMachineArn: machine, name: 'one', input: '{"a":1}' })).toBe(
      'ExecutionAlreadyExists',
    );
    expect(tokens).toHaveLength(1);
  });

  test('is listed the newest first, by status, page by page', async () => {
    for (const name of ['one', 'two', 'three', 'four']) await start(name);
    await call('StopExecution', { executionArn: `${place}:execution:case:two` });
    const list = async (more: object) => {
      const page = await call('ListExecutions', { stateMachineArn: machine, ...more });
      return { names: (page['executions'] as { name: string }[]).map(({ name }) => name), next: page['nextToken'] };
    };
    const first = await list({ maxResults: 3 });
    expect(first.names).toEqual(['four', 'three', 'two']);
    expect(await list({ maxResults: 3, nextToken: first.next })).toEqual({ names: ['one'], next: undefined });
    expect((await list({ statusFilter: 'ABORTED' })).names).toEqual(['two']);
    expect((await list({ statusFilter: 'PENDING_REDRIVE' })).names).toEqual([]);
  });

  test('stopped twice stays as it was stopped first', async () => {
    await start('one');
    const executionArn = `${place}:execution:case:one`;
    const { stopDate } = await call('StopExecution', { executionArn, error: 'Withdrawn', cause: 'by the worker' });
    opened.clock.move(60);
    expect(await call('StopExecution', { executionArn, error: 'Late' })).toEqual({ stopDate });
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'ABORTED',
      error: 'Withdrawn',
      cause: 'by the worker',
    });
  });

  test('shows its history forwards, backwards and page by page, with data or without', async () => {
    await start('one', '{"secret":1}');
    const executionArn = `${place}:execution:case:one`;
    const types = async (more: object) => {
      const page = await call('GetExecutionHistory', { executionArn, ...more });
      return { types: (page['events'] as { type: string }[]).map(({ type }) => type), next: page['nextToken'] };
    };
    const all = ['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted'];
    expect((await types({})).types).toEqual(all);
    expect((await types({ reverseOrder: true })).types).toEqual(all.toReversed());
    const first = await types({ maxResults: 3 });
    expect([...first.types, ...(await types({ nextToken: first.next })).types]).toEqual(all);
    const bare = JSON.stringify(await call('GetExecutionHistory', { executionArn, includeExecutionData: false }));
    expect(bare).not.toContain('secret');
  });

  test('a token of a store elsewhere is no token here', async () => {
    await start('one');
    const other = engineInMemory(tasks);
    await other.call('CreateStateMachine', { name: 'case', definition: waiting, roleArn });
    await other.call('StartExecution', { stateMachineArn: machine, name: 'one' });
    await other.engine.idle();
    await other.close();
    expect(tokens).toHaveLength(2);
    expect(await refusal('SendTaskSuccess', { taskToken: tokens[1], output: '1' })).toBe('InvalidToken');
    expect(await refusal('SendTaskSuccess', { taskToken: tokens[0], output: '1' })).toBe('accepted');
    expect(await refusal('SendTaskHeartbeat', { taskToken: tokens[0] })).toBe('TaskTimedOut');
  });
});

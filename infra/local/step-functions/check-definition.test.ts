import { describe, expect, test } from 'vitest';
import { checkDefinition, describeDiagnostics } from './check-definition.ts';
import { lambdaTasks } from './task-runner.ts';

const { supports } = lambdaTasks(async () => ({ kind: 'returned', payload: null }), {
  accountId: '123456789012',
  region: 'eu-central-1',
});

function complaint(states: Record<string, unknown>, more: Record<string, unknown> = {}): string {
  const machine = { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more };
  const checked = checkDefinition(JSON.stringify(machine), supports);
  return checked.kind === 'valid' ? 'valid' : describeDiagnostics(checked.diagnostics);
}

const end = { Type: 'Pass', End: true };
const task = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f' },
  End: true,
};

test('a definition of all eight states is taken', () => {
  expect(
    complaint({
      Start: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Wait' }], Default: 'Fail' },
      Wait: { Type: 'Wait', Seconds: 1, Next: 'Task' },
      Task: { ...task, End: undefined, Next: 'Both' },
      Both: { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: end } }], Next: 'Each' },
      Each: { Type: 'Map', ItemProcessor: { StartAt: 'B', States: { B: end } }, Next: 'Succeed' },
      Succeed: { Type: 'Succeed' },
      Fail: { Type: 'Fail', Error: 'Nobody' },
    }),
  ).toBe('valid');
});

test.each(['2016-03-01T09:00:00Z', '2016-03-01T09:00:00+08:00', '2016-02-29T09:00:00.5-01:00', '{% $states.input %}'])(
  'a wait until %s is taken',
  (Timestamp) => {
    expect(complaint({ A: { Type: 'Wait', Timestamp, End: true } })).toBe('valid');
  },
);

describe('a definition is refused, with the state and the field named,', () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      'in JSONPath',
      { A: { ...end, QueryLanguage: 'JSONPath' } },
      "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A",
    ],
    [
      'with a field unknown',
      { A: { ...end, ResultPath: '$' } },
      "The field 'ResultPath' is not supported by this engine at /States/A",
    ],
    [
      'with a field unknown deep inside',
      { P: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'A', States: { A: { ...end, InputPath: '$' } } }] } },
      "The field 'InputPath' is not supported by this engine at /States/P/Branches[0]/States/A",
    ],
    [
      'with a field missing',
      { A: { Type: 'Task', End: true } },
      "The field 'Resource' is required but was missing at /States/A",
    ],
    [
      'with a kind of state unknown',
      { A: { Type: 'Jump', End: true } },
      "The value of the field 'Type' is not supported",
    ],
    [
      'leading nowhere',
      { A: { Type: 'Pass', Next: 'B' } },
      "State 'A' leads to 'B', which does not exist at /States/A",
    ],
    ['without an end', { A: { Type: 'Pass' } }, "State 'A' must have exactly one of 'Next' and 'End' at /States/A"],
    ['with a state that nothing leads to', { A: end, B: end }, "State 'B' is not reachable at /States/B"],
    [
      'with an expression that cannot be read',
      { A: { ...end, Output: { x: '{% ( %}' } } },
      "The JSONata expression '(' cannot be read",
    ],
    [
      'with $eval',
      { A: { ...end, Output: "{% $eval('1') %}" } },
      "The function '$eval' is not supported at /States/A/Output",
    ],
    [
      'with a service not known',
      { A: { ...task, Resource: 'arn:aws:states:::sqs:sendMessage' } },
      "State 'A' calls 'arn:aws:states:::sqs:sendMessage', which is not supported by this engine at /States/A/Resource",
    ],
    [
      'with an argument that would be ignored',
      { A: { ...task, Arguments: { FunctionName: 'f', Qualifier: '1' } } },
      "State 'A' passes 'Qualifier' to lambda:invoke, which is not supported by this engine at /States/A/Arguments",
    ],
    [
      'with States.ALL in company',
      { A: { ...task, Retry: [{ ErrorEquals: ['States.ALL', 'Busy'] }] } },
      "'States.ALL' must stand alone in 'ErrorEquals' at /States/A/Retry[0]",
    ],
    [
      'with a heartbeat slower than the time-out',
      { A: { ...task, TimeoutSeconds: 10, HeartbeatSeconds: 10 } },
      "State 'A' must have 'HeartbeatSeconds' smaller than 'TimeoutSeconds'",
    ],
    [
      'with a wait for nothing',
      { A: { Type: 'Wait', End: true } },
      "State 'A' must have exactly one of 'Seconds' and 'Timestamp'",
    ],
    [
      'with a wait longer than AWS takes',
      { A: { Type: 'Wait', Seconds: 100_000_000, End: true } },
      "The value of the field 'Seconds' is not supported: Too big: expected number to be <=99999999 at /States/A/Seconds",
    ],
    [
      'with a time-out longer than AWS takes',
      { A: { ...task, TimeoutSeconds: 100_000_000 } },
      "The value of the field 'TimeoutSeconds' is not supported: Too big: expected number to be <=99999999 at /States/A/TimeoutSeconds",
    ],
    [
      'with a wait until a day that no calendar has',
      { A: { Type: 'Wait', Timestamp: '2016-02-30T09:00:00Z', End: true } },
      "The value of the field 'Timestamp' is not supported",
    ],
    [
      'leading to what every object of this language has',
      { A: { Type: 'Pass', Next: 'constructor' } },
      "State 'A' leads to 'constructor', which does not exist at /States/A",
    ],
    [
      'assigning inside what is assigned outside',
      {
        A: { Type: 'Pass', Assign: { x: 1 }, Next: 'M' },
        M: {
          Type: 'Map',
          End: true,
          ItemProcessor: { StartAt: 'B', States: { B: { ...end, Assign: { x: 2 } } } },
        },
      },
      "The variable 'x' is assigned outside already and cannot be assigned inside at /States/M/ItemProcessor/States/B/Assign",
    ],
    [
      'with a distributed Map',
      {
        M: {
          Type: 'Map',
          End: true,
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'B', States: { B: end } },
        },
      },
      "The value of the field 'Mode' is not supported",
    ],
  ])('%s', (_, states, sentence) => {
    expect(complaint(states)).toContain(sentence);
  });
});

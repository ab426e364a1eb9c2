import { describe, expect, test } from 'vitest';
import { supportsResource } from './child-executions.ts';
import { checkDefinition, describeDiagnostics } from './check-definition.ts';
import { withDynamoDb } from './dynamodb-tasks.ts';
import { lambdaTasks } from './task-runner.ts';

/** Whatever the language knows and this engine does not carry out is refused at creation, by state and field. */
const place = { accountId: '123456789012', region: 'eu-central-1' };
const functions = lambdaTasks(async () => ({ kind: 'returned', payload: null }), place);
const supports = supportsResource(withDynamoDb(functions, { ...place, endpoint: 'http://127.0.0.1:9' }));

function complaint(state: Record<string, unknown>, more: Record<string, unknown> = {}): string {
  const states = { Here: state, ...(state['Next'] === undefined ? {} : { Later: end }) };
  const machine = { QueryLanguage: 'JSONata', StartAt: 'Here', States: states, ...more };
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
const inner = { StartAt: 'In', States: { In: end } };
const map = { Type: 'Map', ItemProcessor: inner, End: true };
const wait = { Type: 'Wait', Seconds: 1, End: true };

describe('a field of a state is refused:', () => {
  test.each<[string, Record<string, unknown>]>([
    ...['InputPath', 'OutputPath', 'ResultPath', 'Parameters', 'Result', 'ResultSelector', 'Colour'].map(
      (field): [string, Record<string, unknown>] => [field, { ...end, [field]: '$' }],
    ),
    ...['TimeoutSecondsPath', 'HeartbeatSecondsPath', 'ResultSelector'].map(
      (field): [string, Record<string, unknown>] => [field, { ...task, [field]: '$' }],
    ),
    ...['SecondsPath', 'TimestampPath', 'Retry', 'Catch'].map((field): [string, Record<string, unknown>] => [
      field,
      { ...wait, [field]: '$' },
    ]),
    ...['ItemsPath', 'Iterator', 'ItemReader', 'ItemBatcher', 'ResultWriter', 'Label', 'MaxConcurrencyPath'].map(
      (field): [string, Record<string, unknown>] => [field, { ...map, [field]: {} }],
    ),
    ...['ErrorPath', 'CausePath', 'Output', 'Next'].map((field): [string, Record<string, unknown>] => [
      field,
      { Type: 'Fail', [field]: 'Later' },
    ]),
    ['Arguments', { ...end, Arguments: {} }],
    ['Next', { Type: 'Succeed', Next: 'Later' }],
    ['Jump', { ...task, Retry: [{ ErrorEquals: ['A'], Jump: 1 }] }],
    ['ResultPath', { ...task, Catch: [{ ErrorEquals: ['A'], Next: 'Later', ResultPath: '$' }] }],
    ['ExternalId', { ...task, Credentials: { RoleArn: 'arn', ExternalId: '1' } }],
    [
      'ExecutionType',
      { ...map, ItemProcessor: { ...inner, ProcessorConfig: { Mode: 'INLINE', ExecutionType: 'STANDARD' } } },
    ],
    ['Mode', { ...map, ItemProcessor: { ...inner, ProcessorConfig: { Mode: 'DISTRIBUTED' } } }],
  ])('%s in %j', (field, state) => {
    const sentence = complaint(state);
    expect(sentence).toMatch(/SCHEMA_VALIDATION_FAILED/);
    expect(sentence).toContain(`'${field}'`);
    expect(sentence).toContain('/States/Here');
  });
});

test('a Choice of JSONPath is refused', () => {
  const states = { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'Here' }] };
  expect(complaint(states)).toContain("The field 'Condition' is required but was missing at /States/Here/Choices[0]");
});

test.each([
  'arn:aws:states:eu-central-1:123456789012:activity:ask',
  'arn:aws:states:::aws-sdk:dynamodb:createTable',
  'arn:aws:states:::aws-sdk:dynamodb:PutItem',
  'arn:aws:states:::aws-sdk:dynamodb:putItem.waitForTaskToken',
  'arn:aws:states:::aws-sdk:s3:getObject',
  'arn:aws:states:::aws-sdk:sfn:startExecution',
  'arn:aws:states:::batch:submitJob.sync',
  'arn:aws:states:::dynamodb:putItem',
  'arn:aws:states:::events:putEvents',
  'arn:aws:states:::http:invoke',
  'arn:aws:states:::lambda:invoke.sync',
  'arn:aws:states:::lambda:invokeAsync',
  'arn:aws:states:::sns:publish',
  'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  'arn:aws:states:::states:startExecution.sync:3',
  'arn:aws:states:::states:startSyncExecution',
  'arn:aws:states:::states:stopExecution',
  'arn:aws:lambda:eu-central-1:123456789012:layer:f',
  'f',
])('a task that calls %s is refused', (Resource) => {
  const sentence = complaint({ ...task, Resource, Arguments: '{% $states.input %}' });
  expect(sentence).toContain(
    `State 'Here' calls '${Resource}', which is not supported by this engine at /States/Here/Resource`,
  );
});

test.each([
  ['lambda:invoke', { FunctionName: 'f', Qualifier: '1' }, 'Qualifier'],
  ['lambda:invoke', { FunctionName: 'f', ClientContext: 'x' }, 'ClientContext'],
  ['lambda:invoke', { FunctionName: 'f', LogType: 'Tail' }, 'LogType'],
  ['states:startExecution', { StateMachineArn: 'm', TraceHeader: 'x' }, 'TraceHeader'],
  ['states:startExecution.sync:2', { StateMachineArn: 'm', Inputs: {} }, 'Inputs'],
  ['aws-sdk:dynamodb:getItem', { TableName: 't', Key: {}, tableName: 't' }, 'tableName'],
  ['aws-sdk:dynamodb:query', { TableName: 't', Key: {} }, 'Key'],
])('%s takes no %j', (service, Arguments, field) => {
  const sentence = complaint({ ...task, Resource: `arn:aws:states:::${service}`, Arguments });
  expect(sentence).toContain(`State 'Here' passes '${field}'`);
  expect(sentence).toContain('at /States/Here/Arguments');
});

test.each([
  ['states:startExecution', 'StateMachineArn'],
  ['lambda:invoke', 'FunctionName'],
  ['aws-sdk:dynamodb:putItem', 'Item'],
])('%s needs %s', (service, field) => {
  const sentence = complaint({ ...task, Resource: `arn:aws:states:::${service}`, Arguments: {} });
  expect(sentence).toContain(`The field '${field}' is required but was missing at /States/Here/Arguments`);
});

test.each([
  ['Version', '2.0'],
  ['QueryLanguage', 'JMESPath'],
  ['TimeoutSecondsPath', '$.t'],
  ['TimeoutSeconds', 0],
  ['Owner', 'us'],
])('a machine with %s %j is refused', (field, value) => {
  expect(complaint(end, { [field]: value })).toMatch(/SCHEMA_VALIDATION_FAILED/);
});

test.each([
  ['arn:aws:states:::lambda:invoke', { FunctionName: 'f', Payload: {} }],
  ['arn:aws:states:::lambda:invoke.waitForTaskToken', { FunctionName: 'f' }],
  ['arn:aws:lambda:eu-central-1:123456789012:function:f', { anything: 1 }],
  ['arn:aws:lambda:eu-central-1:123456789012:function:f:live', { anything: 1 }],
  ['arn:aws:states:::aws-sdk:dynamodb:getItem', { TableName: 't', Key: {}, ConsistentRead: true }],
  ['arn:aws:states:::states:startExecution', { StateMachineArn: 'm', Name: 'n', Input: {} }],
  ['arn:aws:states:::states:startExecution.sync', { StateMachineArn: 'm' }],
  ['arn:aws:states:::states:startExecution.sync:2', { StateMachineArn: 'm' }],
  ['arn:aws:states:::states:startExecution.waitForTaskToken', { StateMachineArn: 'm' }],
])('%s is taken', (Resource, Arguments) => {
  expect(complaint({ ...task, Resource, Arguments })).toBe('valid');
});

import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withDynamoDb } from '../../infra/local/step-functions/dynamodb-tasks.ts';
import { engineInMemory } from '../../infra/local/step-functions/in-memory.ts';
import { createTables, type RunningDynamoDB, startDynamoDB } from '../support/dynamodb.ts';

/** Tasks that ask the database themselves: `aws-sdk:dynamodb:<action>`, by the SDK's own commands. */
const place = 'arn:aws:states:us-east-1:111111111111';
let database: RunningDynamoDB;
let table: string;
let opened: ReturnType<typeof engineInMemory>;

beforeAll(async () => {
  database = await startDynamoDB();
  table = (await createTables(database.client, `tasks-${randomBytes(4).toString('hex')}`)).cases;
});
afterAll(() => database.stop());
beforeEach(() => {
  const none = { supports: () => false, run: () => Promise.reject(new Error('there is no other task')) };
  opened = engineInMemory(withDynamoDb(none, { endpoint: database.endpoint, region: 'local' }));
});
afterEach(() => opened.close());

const ask = (action: string, Arguments: object, more: object = {}) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::aws-sdk:dynamodb:${action}`,
  Arguments: { TableName: table, ...Arguments },
  ...more,
});

async function run(states: Record<string, object>, input: object = {}) {
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });
  await opened.call('CreateStateMachine', { name: 'asks', definition, roleArn: 'arn:aws:iam::111111111111:role/r' });
  const started = { stateMachineArn: `${place}:stateMachine:asks`, name: 'one', input: JSON.stringify(input) };
  await opened.call('StartExecution', started);
  await opened.engine.idle();
  const executionArn = `${place}:execution:asks:one`;
  const { status, output, error, cause } = Object(await opened.call('DescribeExecution', { executionArn }));
  const { events } = Object(await opened.call('GetExecutionHistory', { executionArn, maxResults: 1_000 }));
  return { status, error, cause, output: output === undefined ? undefined : JSON.parse(output), events };
}

const key = (sk: string) => ({ pk: { S: 'tasks' }, sk: { S: sk } });

describe('a task that asks DynamoDB', () => {
  test('puts, reads, changes, lists and deletes an item', async () => {
    const { output } = await run(
      {
        Put: ask('putItem', { Item: { ...key('all'), name: { S: '{% $states.input.name %}' } } }, { Next: 'Change' }),
        Change: ask(
          'updateItem',
          {
            Key: key('all'),
            UpdateExpression: 'SET held = :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
            ReturnValues: 'ALL_NEW',
          },
          { Assign: { changed: '{% $states.result.Attributes %}' }, Next: 'Read' },
        ),
        Read: ask(
          'getItem',
          { Key: key('all'), ConsistentRead: true },
          { Assign: { read: '{% $states.result.Item %}' }, Next: 'List' },
        ),
        List: ask(
          'query',
          { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: 'tasks' } } },
          { Assign: { count: '{% $states.result.Count %}' }, Next: 'Delete' },
        ),
        Delete: ask('deleteItem', { Key: key('all') }, { Next: 'Gone' }),
        Gone: ask(
          'getItem',
          { Key: key('all'), ConsistentRead: true },
          { Output: '{% {"changed": $changed, "read": $read, "count": $count, "gone": $states.result} %}', End: true },
        ),
      },
      { name: '夏望潮' },
    );
    const item = { ...key('all'), name: { S: '夏望潮' }, held: { N: '1' } };
    expect(output).toEqual({ changed: item, read: item, count: 1, gone: {} });
  });

  test('takes and gives bytes as base64', async () => {
    const bytes = Buffer.from([0, 255, 7]).toString('base64');
    const { output } = await run({
      Put: ask('putItem', { Item: { ...key('bytes'), one: { B: bytes }, more: { BS: [bytes] } } }, { Next: 'Read' }),
      Read: ask('getItem', { Key: key('bytes') }, { Output: '{% $states.result.Item %}', End: true }),
    });
    expect(output).toEqual({ ...key('bytes'), one: { B: bytes }, more: { BS: [bytes] } });
  });

  test('commits a transaction whole or not at all', async () => {
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
    const put = (sk: string) => ({ Put: { TableName: table, Item: key(sk), ...condition } });
    const transact = (items: object[], more: object) => ({
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:transactWriteItems',
      Arguments: { TransactItems: items },
      ...more,
    });
    const { output } = await run({
      First: transact([put('t1')], { Next: 'Second' }),
      Second: transact([put('t2'), put('t1')], {
        Catch: [{ ErrorEquals: ['DynamoDb.TransactionCanceledException'], Next: 'Read' }],
        End: true,
      }),
      Read: ask('getItem', { Key: key('t2'), ConsistentRead: true }, { End: true }),
    });
    expect(output).toEqual({});
  });

  test('fails by the service’s own error name, which Retry and Catch match', async () => {
    const taken = ask(
      'putItem',
      { Item: key('once'), ConditionExpression: 'attribute_not_exists(pk)' },
      { Next: 'Again' },
    );
    const { status, error, cause, events } = await run({
      First: taken,
      Again: { ...taken, Next: undefined, End: true },
    });
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'DynamoDb.ConditionalCheckFailedException' });
    expect(cause).toMatch(/\(Service: DynamoDb, Status Code: 400, Request ID: .*\)$/);
    const scheduled = events.find(({ type }: { type: string }) => type === 'TaskScheduled');
    expect(scheduled.taskScheduledEventDetails).toMatchObject({
      resourceType: 'aws-sdk:dynamodb',
      resource: 'putItem',
    });
  });

  test('knows a table that is not there, and fields that were worked out wrongly', async () => {
    expect(await run({ Read: ask('getItem', { TableName: 'none', Key: key('x') }, { End: true }) })).toMatchObject({
      error: 'DynamoDb.ResourceNotFoundException',
    });
    await opened.close();
    opened = engineInMemory(
      withDynamoDb(
        { supports: () => false, run: () => Promise.reject(new Error('none')) },
        { endpoint: database.endpoint, region: 'local' },
      ),
    );
    const worked = {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem',
      Arguments: '{% {"TableName": "t", "key": 1} %}',
      End: true,
    };
    expect(await run({ Read: worked })).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('The field "key"'),
    });
  });
});

import * as sdkDynamoDb from '@aws-sdk/client-dynamodb';
import * as sdkKms from '@aws-sdk/client-kms';
import * as sdkSes from '@aws-sdk/client-sesv2';
import * as sdkSfn from '@aws-sdk/client-sfn';
import * as sdkDocuments from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import * as dynamoDb from '../../infra/bundled/client-dynamodb.ts';
import * as kms from '../../infra/bundled/client-kms.ts';
import * as ses from '../../infra/bundled/client-sesv2.ts';
import * as sfn from '../../infra/bundled/client-sfn.ts';
import * as documents from '../../infra/bundled/lib-dynamodb.ts';
import { alike, type Answer, besideTheSdk, send } from '../support/beside-the-sdk.ts';

besideTheSdk();

const inDynamoDb = (name: keyof typeof documents, input: object, ...given: Answer[]) =>
  alike(
    [new sdkDynamoDb.DynamoDBClient({}), new sdkDocuments[name](input as never)],
    [new dynamoDb.DynamoDBClient(), new documents[name](input)],
    given,
  );
const place = { TableName: 'cases', Key: { pk: 'a', sk: 'b' } };
const item = {
  pk: 'a',
  count: 3,
  isOpen: true,
  none: null,
  body: { Item: 'a name', Keys: ['x', { y: 1.5 }], text: '中' },
};
const stored = {
  pk: { S: 'a' },
  count: { N: '3' },
  isOpen: { BOOL: true },
  none: { NULL: true },
  body: { M: { Item: { S: 'a name' }, Keys: { L: [{ S: 'x' }, { M: { y: { N: '1.5' } } }] }, text: { S: '中' } } },
};
const condition = { ConditionExpression: '#v = :v', ExpressionAttributeNames: { '#v': 'version' } };
const values = { ExpressionAttributeValues: { ':v': 4, ':map': { Item: { deep: 1 } } } };

describe('DynamoDB in a bundle asks and understands as the SDK does', () => {
  test('one item, found and not', async () => {
    expect(
      (await inDynamoDb('GetCommand', { ...place, ConsistentRead: true }, { body: { Item: stored } })).result,
    ).toEqual({
      Item: item,
    });
    await inDynamoDb('GetCommand', place, { body: {} });
  });
  test('many items', async () => {
    const input = { RequestItems: { cases: { Keys: [place.Key, { pk: 'c', sk: 'd' }], ConsistentRead: true } } };
    const left = { cases: { Keys: [{ pk: { S: 'c' }, sk: { S: 'd' } }], ConsistentRead: true } };
    await inDynamoDb('BatchGetCommand', input, { body: { Responses: { cases: [stored] }, UnprocessedKeys: left } });
  });
  test('a query and its next page', async () => {
    const last = { pk: { S: 'a' }, sk: { S: 'b' } };
    const input = { TableName: 'cases', KeyConditionExpression: '#v = :v', ...values, ExclusiveStartKey: place.Key };
    await inDynamoDb('QueryCommand', input, { body: { Items: [stored, stored], Count: 2, LastEvaluatedKey: last } });
  });
  test('a scan of some attributes, and its next page', async () => {
    const last = { pk: { S: 'a' }, sk: { S: 'b' } };
    const input = { TableName: 'journal', ProjectionExpression: 'pk, sk', ExclusiveStartKey: place.Key };
    await inDynamoDb('ScanCommand', input, { body: { Items: [last, last], Count: 2, LastEvaluatedKey: last } });
  });
  test('writes, with conditions and with what was there before', async () => {
    await inDynamoDb(
      'PutCommand',
      { TableName: 'cases', Item: item, ...condition, ...values },
      { body: { Attributes: stored } },
    );
    await inDynamoDb(
      'UpdateCommand',
      { ...place, UpdateExpression: 'ADD #v :v', ...values },
      { body: { Attributes: stored } },
    );
    await inDynamoDb('DeleteCommand', { ...place, ReturnValues: 'ALL_OLD' }, { body: {} });
  });
  test('a transaction carries a token, so that sending it again writes nothing twice', async () => {
    const TransactItems = [
      { Put: { TableName: 'cases', Item: item, ...condition, ...values } },
      { Update: { ...place, UpdateExpression: 'ADD #v :v', ...values } },
      { Delete: place },
      { ConditionCheck: { ...place, ...condition, ...values } },
    ];
    const failure = {
      status: 500,
      body: { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message: 'no' },
    };
    const sent = await inDynamoDb('TransactWriteCommand', { TransactItems }, failure, { body: {} });
    expect(sent.requests).toHaveLength(2);
    expect(sent.requests[0]).toEqual(sent.requests[1]);
    expect(sent.requests[0]).toMatchObject({ body: { ClientRequestToken: 'some' } });
  });
  test.each([
    ['ConditionalCheckFailedException', { Item: stored }],
    ['ResourceNotFoundException', {}],
    ['ValidationException', {}],
    [
      'TransactionCanceledException',
      { CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Message: 'no', Item: stored }] },
    ],
  ])('%s', async (name, more) => {
    const body = { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'no', ...more };
    const sent = await inDynamoDb('PutCommand', { TableName: 'cases', Item: item }, { status: 400, body });
    expect(sent.requests).toHaveLength(1);
    expect(sent.error).toMatchObject({ name });
  });
  test('what passes by itself is tried as often as by the SDK', async () => {
    const body = { __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'slower' };
    const sent = await inDynamoDb('GetCommand', place, { status: 400, body }, { body: { Item: stored } });
    expect(sent.requests).toHaveLength(2);
    const page = await send(new dynamoDb.DynamoDBClient(), new documents.GetCommand(place), [
      { status: 503, body: '<html>' },
    ]);
    expect(page.requests).toHaveLength(4);
    expect(page.error).toMatchObject({ httpStatusCode: 503, $fault: 'server' });
  });
  test('a single write that meets a transaction is tried again, which the SDK leaves to its caller', async () => {
    const body = { __type: 'com.amazonaws.dynamodb.v20120810#TransactionConflictException', message: 'ongoing' };
    const put = new documents.PutCommand({ TableName: 'cases', Item: item });
    const sent = await send(new dynamoDb.DynamoDBClient(), put, [{ status: 400, body }, { body: {} }]);
    expect(sent.requests).toHaveLength(2);
    expect(sent.error).toBeUndefined();
  });
  test('a value that a table cannot hold is refused before it is sent', async () => {
    const command = new documents.PutCommand({ TableName: 'cases', Item: { pk: 'a', lost: { by: undefined } } });
    const sent = await send(new dynamoDb.DynamoDBClient(), command, [{}]);
    expect(sent.requests).toEqual([]);
    expect(sent.error).toMatchObject({ message: expect.stringContaining('undefined') });
  });
});

test('KMS in a bundle asks and understands as the SDK does', async () => {
  const context = { personId: 'p', retention: 'health' };
  const bytes = new Uint8Array([0, 1, 254, 255]);
  const text = Buffer.from(bytes).toString('base64');
  const unwrap = { KeyId: 'k', CiphertextBlob: bytes, EncryptionContext: context };
  const make = { KeyId: 'k', KeySpec: 'AES_256' as const, EncryptionContext: context };
  const clients = [new sdkKms.KMSClient({}), new kms.KMSClient()] as const;
  const opened = await alike(
    [clients[0], new sdkKms.DecryptCommand(unwrap)],
    [clients[1], new kms.DecryptCommand(unwrap)],
    [{ body: { KeyId: 'k', Plaintext: text } }],
  );
  expect(opened.result).toMatchObject({ Plaintext: bytes });
  await alike(
    [clients[0], new sdkKms.GenerateDataKeyCommand(make)],
    [clients[1], new kms.GenerateDataKeyCommand(make)],
    [{ body: { KeyId: 'k', Plaintext: text, CiphertextBlob: text } }],
  );
  await alike(
    [clients[0], new sdkKms.DecryptCommand(unwrap)],
    [clients[1], new kms.DecryptCommand(unwrap)],
    [{ status: 400, body: { __type: 'InvalidCiphertextException', message: 'no' } }],
  );
});

test('Step Functions in a bundle asks and understands as the SDK does', async () => {
  const clients = [new sdkSfn.SFNClient({}), new sfn.SFNClient()] as const;
  const start = { stateMachineArn: 'arn', name: 'case-1', input: '{"caseId":"中"}' };
  const wake = { taskToken: 'token', output: '{}' };
  const refused = (name: string) => [{ status: 400, body: { __type: name, message: 'no' } }];
  const byStart = [
    [clients[0], new sdkSfn.StartExecutionCommand(start)],
    [clients[1], new sfn.StartExecutionCommand(start)],
  ] as const;
  const byWake = [
    [clients[0], new sdkSfn.SendTaskSuccessCommand(wake)],
    [clients[1], new sfn.SendTaskSuccessCommand(wake)],
  ] as const;
  await alike([...byStart[0]], [...byStart[1]], [{ body: { executionArn: 'arn:x' } }]);
  await alike([...byStart[0]], [...byStart[1]], refused('ExecutionAlreadyExists'));
  const elsewhere = { taskToken: 'token', error: 'Elsewhere', cause: '{}' };
  const byTurn = [
    [clients[0], new sdkSfn.SendTaskFailureCommand(elsewhere)],
    [clients[1], new sfn.SendTaskFailureCommand(elsewhere)],
  ] as const;
  for (const [theirs, ours] of [byWake, byTurn]) {
    await alike([...theirs], [...ours], [{}]);
    for (const name of ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])
      await alike([...theirs], [...ours], refused(name));
  }
});

test('SES in a bundle asks and understands as the SDK does', async () => {
  const input = {
    FromEmailAddress: 'a@union.example',
    ConfigurationSetName: 'plain',
    Destination: { ToAddresses: ['b@union.example'] },
    Content: {
      Simple: {
        Subject: { Data: '主题', Charset: 'UTF-8' },
        Body: { Text: { Data: 'x', Charset: 'UTF-8' } },
        Headers: [{ Name: 'X-A', Value: 'b' }],
      },
    },
  };
  const theirs = [new sdkSes.SESv2Client({}), new sdkSes.SendEmailCommand(input)] as [unknown, unknown];
  const ours = [new ses.SESv2Client(), new ses.SendEmailCommand(input)] as [unknown, unknown];
  await alike(theirs, ours, [{ body: { MessageId: 'm' } }]);
  for (const name of ['MessageRejected', 'BadRequestException', 'AccountSuspendedException'])
    await alike(theirs, ours, [
      { status: 400, headers: { 'x-amzn-errortype': `${name}:http://ses` }, body: { message: 'no' } },
    ]);
});

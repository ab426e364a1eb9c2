import type * as DynamoDb from '@aws-sdk/client-dynamodb';
import { dynamoDbAction, dynamoDbActions } from './dynamodb-actions.ts';
import { isRecord, toJson } from './json.ts';
import type { TaskOutcome } from './task.ts';
import type { TaskRunner } from './task-runner.ts';

/** The SDK is loaded when a task first needs it: machines without such tasks start without it. */
type Sdk = typeof DynamoDb;
type Send = (input: Record<string, unknown>) => Promise<object>;

/** Adds `aws-sdk:dynamodb:<action>`, carried out by the SDK's own commands; what the other tasks support stays theirs. */
export function withDynamoDb(tasks: TaskRunner, place: { endpoint: string; region: string }): TaskRunner {
  let opened: Promise<{ sdk: Sdk; client: DynamoDb.DynamoDBClient }> | undefined;
  const open = async (): Promise<{ sdk: Sdk; client: DynamoDb.DynamoDBClient }> => {
    const sdk = await import('@aws-sdk/client-dynamodb');
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    return { sdk, client: new sdk.DynamoDBClient({ ...place, credentials }) };
  };

  async function ask(action: string, asked: unknown): Promise<TaskOutcome> {
    const wrong = whatIsWrong(action, asked);
    if (wrong !== null || !isRecord(asked)) {
      const cause = `The Parameters '${toJson(asked)}' could not be used to start the Task: [${wrong}]`;
      return { kind: 'failed', error: 'States.Runtime', cause };
    }
    opened ??= open();
    const { sdk, client } = await opened;
    try {
      return { kind: 'succeeded', output: shown(await sender(sdk, client, action)(Object(withBytes(asked)))) };
    } catch (error) {
      return failure(error);
    }
  }

  return {
    supports: (resource) => tasks.supports(resource) || dynamoDbAction(resource) !== null,
    run(call) {
      const action = dynamoDbAction(call.resource);
      return action === null ? tasks.run(call) : ask(action, call.arguments);
    },
  };
}

function sender(sdk: Sdk, client: DynamoDb.DynamoDBClient, action: string): Send {
  const Command: unknown = Reflect.get(sdk, `${action.charAt(0).toUpperCase()}${action.slice(1)}Command`);
  if (typeof Command !== 'function') throw new Error(`the SDK has no command for ${action}`);
  return (input) => client.send(Reflect.construct(Command, [input]));
}

function whatIsWrong(action: string, asked: unknown): string | null {
  if (!isRecord(asked)) return 'Arguments must be an object';
  const { required = [], optional = [] } = dynamoDbActions[action] ?? {};
  const unknown = Object.keys(asked).find((key) => !required.includes(key) && !optional.includes(key));
  if (unknown !== undefined) return `The field "${unknown}" is not supported by Step Functions`;
  const missing = required.find((key) => asked[key] === undefined);
  return missing === undefined ? null : `The field "${missing}" is required but was missing`;
}

/**
 * An error as AWS's SDK integrations report it: the service as the SDK for Java names it, and the exception's name with that ending.
 * One that comes from nowhere (no answer, a body that cannot be read) is the service's client's own.
 */
function failure(error: unknown): TaskOutcome {
  const { name = 'Error', message = '', $metadata = {} } = Object(error);
  const { httpStatusCode = 0, requestId = '' } = Object($metadata);
  if (httpStatusCode === 0) return { kind: 'failed', error: 'DynamoDb.SdkClientException', cause: String(message) };
  const cause = `${message} (Service: DynamoDb, Status Code: ${httpStatusCode}, Request ID: ${requestId})`;
  return { kind: 'failed', error: `DynamoDb.${String(name).replace(/Exception$/, '')}Exception`, cause };
}

/** JSON has no bytes: a binary attribute comes and goes as base64, as AWS has it. */
function withBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBytes);
  if (!isRecord(value)) return value;
  const [[key, only] = ['', undefined], ...more] = Object.entries(value);
  if (more.length === 0 && key === 'B' && typeof only === 'string') return { B: Buffer.from(only, 'base64') };
  if (more.length === 0 && key === 'BS' && Array.isArray(only)) {
    return { BS: only.map((each) => Buffer.from(String(each), 'base64')) };
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withBytes(inner)]));
}

function shown(answer: object): unknown {
  const { $metadata: _metadata, ...told }: { $metadata?: unknown } = { ...answer };
  return withText(told);
}

function withText(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(withText);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === undefined ? [] : [[name, withText(inner)]])),
  );
}

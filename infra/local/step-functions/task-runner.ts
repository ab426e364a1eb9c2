import { randomUUID } from 'node:crypto';
import type { Caller } from './child-links.ts';
import { lambdaArguments } from './check-states.ts';
import { isRecord, toJson } from './json.ts';
import { readResource } from './resource.ts';
import type { TaskOutcome } from './task.ts';

/** Calls one Lambda function. `failed` is an error of the function itself, `unreachable` one of the service. */
export type InvokeLambda = (
  functionArn: string,
  payload: unknown,
) => Promise<
  | { kind: 'returned'; payload: unknown }
  | { kind: 'failed'; errorType: string; errorMessage: string; trace?: string[] }
  | { kind: 'unreachable'; errorName: string; message: string }
>;

export type TaskCall = {
  executionArn: string;
  state: string;
  resource: string;
  arguments: unknown;
  /** The attempt that calls: the same again when a call is made again. */
  caller: Caller;
};

/** What a Task's Resource can reach. A call may be made twice: after a crash it is made again. */
export type TaskRunner = {
  supports: (resource: string) => boolean;
  run: (call: TaskCall) => Promise<TaskOutcome>;
};

const functionArn = /^arn:aws[\w-]*:lambda:[^:]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const invocations: readonly string[] = ['invoke', 'invoke.waitForTaskToken'];

/** Tasks that call Lambda functions: `lambda:invoke`, with or without a task token, and a function's bare ARN. */
export function lambdaTasks(invokeLambda: InvokeLambda, place: { accountId: string; region: string }): TaskRunner {
  const fullArn = (name: string) =>
    name.startsWith('arn:') ? name : `arn:aws:lambda:${place.region}:${place.accountId}:function:${name}`;

  async function invoke(arn: string, payload: unknown, wrap: (payload: unknown) => unknown): Promise<TaskOutcome> {
    const answer = await invokeLambda(arn, payload);
    if (answer.kind === 'returned') return { kind: 'succeeded', output: wrap(answer.payload) };
    if (answer.kind === 'unreachable') return { kind: 'failed', error: answer.errorName, cause: answer.message };
    const { errorType, errorMessage, trace = [] } = answer;
    return { kind: 'failed', error: errorType, cause: toJson({ errorType, errorMessage, trace }) };
  }

  return {
    supports(text) {
      const resource = readResource(text);
      if (resource.kind === 'function') return functionArn.test(text);
      return resource.service === 'lambda' && invocations.includes(resource.action);
    },

    async run(call) {
      const resource = readResource(call.resource);
      if (resource.kind === 'function') return invoke(resource.arn, call.arguments, (payload) => payload ?? null);
      const asked = call.arguments;
      const wrong = isRecord(asked) ? whatIsWrong(asked) : 'Arguments must be an object';
      if (!isRecord(asked) || wrong !== null) {
        const cause = `The Parameters '${toJson(asked)}' could not be used to start the Task: [${wrong}]`;
        return { kind: 'failed', error: 'States.Runtime', cause };
      }
      return invoke(fullArn(String(asked['FunctionName'])), asked['Payload'] ?? {}, (payload) => ({
        ExecutedVersion: '$LATEST',
        Payload: payload ?? null,
        SdkHttpMetadata: { HttpStatusCode: 200 },
        SdkResponseMetadata: { RequestId: randomUUID() },
        StatusCode: 200,
      }));
    },
  };
}

function whatIsWrong(asked: Record<string, unknown>): string | null {
  const unknown = Object.keys(asked).find((key) => !lambdaArguments.includes(key));
  if (unknown !== undefined) return `The field "${unknown}" is not supported by this engine`;
  if (typeof asked['FunctionName'] !== 'string') return 'The field "FunctionName" is required but was missing';
  const type = asked['InvocationType'] ?? 'RequestResponse';
  return type === 'RequestResponse' ? null : `InvocationType ${toJson(type)} is not supported by this engine`;
}

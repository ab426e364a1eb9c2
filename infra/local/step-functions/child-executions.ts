import { randomUUID } from 'node:crypto';
import type { Caller } from './child-links.ts';
import type { Machine } from './definition.ts';
import { describeExecution } from './describe-execution.ts';
import { ApiError } from './errors.ts';
import type { Execution } from './execution.ts';
import { isRecord, toJson } from './json.ts';
import { readResource } from './resource.ts';
import type { CallbackAnswer, TaskOutcome } from './task.ts';
import type { TaskCall, TaskRunner } from './task-runner.ts';

/** What a task may pass to `states:startExecution`; anything else would be ignored, so it is refused. */
export const childArguments: readonly string[] = ['StateMachineArn', 'Input', 'Name'];

const actions: readonly string[] = [
  'startExecution',
  'startExecution.sync',
  'startExecution.sync:2',
  'startExecution.waitForTaskToken',
];

/** Starts an execution, or finds the one that this caller has started already. */
export type StartChild = (asked: {
  stateMachineArn: string;
  name: string | undefined;
  input: string;
  caller: Caller;
  isAwaited: boolean;
}) => Promise<Execution>;

/** Adds tasks that start executions of this engine's own machines; what the other tasks support stays theirs. */
export function withChildExecutions(tasks: TaskRunner, start: StartChild): TaskRunner {
  return {
    supports: supportsResource(tasks),
    run: async (call) => (tasks.supports(call.resource) ? tasks.run(call) : startChild(call, start)),
  };
}

/** What a machine's tasks may name: what these tasks support, and executions of this engine. */
export function supportsResource(tasks: TaskRunner): (resource: string) => boolean {
  return (resource) => tasks.supports(resource) || isChildResource(resource);
}

export function isChildResource(text: string): boolean {
  const resource = readResource(text);
  return resource.kind === 'service' && resource.service === 'states' && actions.includes(resource.action);
}

const awaiting = new WeakMap<Machine, boolean>();

/** Whether a machine has a task that waits for an execution's end: the others need no look at their children. */
export function awaitsChildren(machine: Machine): boolean {
  const known = awaiting.get(machine) ?? toJson(machine).includes(':states:startExecution.sync');
  awaiting.set(machine, known);
  return known;
}

async function startChild(call: TaskCall, start: StartChild): Promise<TaskOutcome> {
  const asked = call.arguments;
  const wrong = isRecord(asked) ? whatIsWrong(asked) : 'Arguments must be an object';
  if (!isRecord(asked) || wrong !== null) {
    const cause = `The Parameters '${toJson(asked)}' could not be used to start the Task: [${wrong}]`;
    return { kind: 'failed', error: 'States.Runtime', cause };
  }
  const { StateMachineArn, Name, Input = {} } = asked;
  const isAwaited = /\.sync(:2)?$/.test(call.resource);
  try {
    const child = await start({
      stateMachineArn: String(StateMachineArn),
      name: typeof Name === 'string' ? Name : undefined,
      // A text is taken as the JSON that it holds, as AWS does.
      input: typeof Input === 'string' ? Input : toJson(Input),
      caller: call.caller,
      isAwaited,
    });
    const submitted = {
      ExecutionArn: child.arn,
      SdkHttpMetadata: { HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId: randomUUID() },
      StartDate: child.startedAt,
    };
    return isAwaited ? { kind: 'started', submitted, childId: child.id } : { kind: 'succeeded', output: submitted };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const name = `StepFunctions.${error.code.replace(/Exception$/, '')}Exception`;
    const where = `(Service: AWSStepFunctions; Status Code: 400; Error Code: ${error.code}; Request ID: ${randomUUID()})`;
    return { kind: 'failed', error: name, cause: `${error.message} ${where}` };
  }
}

function whatIsWrong(asked: Record<string, unknown>): string | null {
  const unknown = Object.keys(asked).find((key) => !childArguments.includes(key));
  if (unknown !== undefined) return `The field "${unknown}" is not supported by this engine`;
  if (typeof asked['StateMachineArn'] !== 'string') return 'The field "StateMachineArn" is required but was missing';
  const name = asked['Name'];
  return name === undefined || typeof name === 'string' ? null : 'The field "Name" must be a string';
}

/**
 * What the end of a child says to the task that waited for it: DescribeExecution's answer in AWS's spelling, with
 * `.sync:2` its input and output as values. A child that did not succeed is `States.TaskFailed`.
 */
export function answerOfChild(child: Execution, resource: string): CallbackAnswer {
  const told = describeExecution(child);
  const shown = Object.entries({ ...told, startDate: child.startedAt, stopDate: child.stoppedAt })
    .map(([name, value]): [string, unknown] => [
      `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      isRecord(value) ? { Included: true } : value,
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const answer = Object.fromEntries(shown);
  if (child.status !== 'SUCCEEDED') return { kind: 'failure', error: 'States.TaskFailed', cause: toJson(answer) };
  if (!resource.endsWith(':2')) return { kind: 'success', output: answer };
  const values = { Input: JSON.parse(child.input), Output: JSON.parse(child.output ?? 'null') };
  return { kind: 'success', output: { ...answer, ...values } };
}

/** The cause with which a child is stopped whose task was given up, in AWS's words. */
export function abandonedBy(parent: Execution): string {
  return `The Task state in AWS Step Functions execution [${parent.arn}] which was managing this resource was aborted`;
}

import type { TaskState } from './definition.ts';
import { ApiError, StateError } from './errors.ts';
import type { Thread } from './execution.ts';
import { exceedsPayloadLimit, isRecord, toJson } from './json.ts';
import { leaveState, tooLarge } from './leave-state.ts';
import type { Resource } from './resource.ts';
import { readResource } from './resource.ts';
import type { Run } from './run.ts';
import { record, stateOf } from './run.ts';
import { limitsOf, scopeFor } from './state-context.ts';

/**
 * How a task's call ended. `submitted` is what the start of a `.sync` job answered; `started` is an execution of this engine
 * that the task now waits for.
 */
export type TaskOutcome =
  | { kind: 'succeeded'; output: unknown; submitted?: unknown }
  | { kind: 'started'; submitted: unknown; childId: number }
  | { kind: 'failed'; error: string; cause: string };

/** What the owner of a task token said. */
export type CallbackAnswer =
  | { kind: 'success'; output: unknown }
  | { kind: 'failure'; error: string | undefined; cause: string | undefined };

/** Evaluates what a task asks for and schedules its call; the call itself is made once that is on disk. */
export async function scheduleTask(run: Run, thread: Thread, state: TaskState): Promise<void> {
  const resource = readResource(state.Resource);
  const { evaluator, now, region, tokenFor } = run.surroundings;
  const scheduledEvent = run.execution.nextEvent;
  const isCallback = resource.kind === 'service' && resource.pattern === 'waitForTaskToken';
  const token = isCallback ? { token: tokenFor(run.execution, thread, scheduledEvent) } : {};
  const scope = scopeFor(run, thread, token);
  const asked =
    state.Arguments === undefined ? thread.input : await evaluator.evaluate(state.Arguments, 'Arguments', scope);
  const { timeoutSeconds, heartbeatSeconds } = await limitsOf(run, state, scope);
  const credentials = await evaluator.evaluate(state.Credentials, 'Credentials', scope);
  const text = toJson(asked);
  if (exceedsPayloadLimit(text)) throw tooLarge(state.Resource);
  const limits = {
    ...(timeoutSeconds === null ? {} : { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds === null ? {} : { heartbeatInSeconds: heartbeatSeconds }),
    ...(isRecord(credentials) ? { taskCredentials: { roleArn: credentials['RoleArn'] } } : {}),
  };
  if (resource.kind === 'function') {
    const input = { input: text, inputDetails: { truncated: false } };
    record(run, thread, 'LambdaFunctionScheduled', { resource: resource.arn, ...input, ...limits });
    record(run, thread, 'LambdaFunctionStarted');
  } else {
    record(run, thread, 'TaskScheduled', { ...named(resource), region, parameters: text, ...limits });
    record(run, thread, 'TaskStarted', named(resource));
  }
  const later = (seconds: number | null) => (seconds === null ? null : now() + 1000 * seconds);
  const [timeoutAt, heartbeatAt] = [later(timeoutSeconds), later(heartbeatSeconds)];
  thread.call = { scheduledEvent, arguments: asked, timeoutAt, heartbeatAt, heartbeatSeconds };
  thread.due = earlier(timeoutAt, heartbeatAt);
  thread.phase = 'calling';
}

/** Takes a call's answer. One that comes after the attempt was given up, or after its callback, changes nothing. */
export async function settleCall(
  run: Run,
  thread: Thread,
  scheduledEvent: number,
  outcome: TaskOutcome,
): Promise<void> {
  const state = stateOf(run, thread);
  if (state.Type !== 'Task' || thread.phase !== 'calling' || thread.call?.scheduledEvent !== scheduledEvent) return;
  if (outcome.kind === 'failed') {
    recordTaskEnd(run, thread, 'Failed', { error: outcome.error, cause: outcome.cause });
    throw new StateError(outcome.error, outcome.cause);
  }
  const resource = readResource(state.Resource);
  const isStarted = outcome.kind === 'started';
  if (resource.kind === 'service' && (isStarted || resource.pattern === 'waitForTaskToken')) {
    const answered = isStarted ? outcome.submitted : outcome.output;
    record(run, thread, 'TaskSubmitted', { ...named(resource), ...outputOf(answered) });
    thread.phase = 'awaiting-callback';
    return;
  }
  if (isStarted) throw new Error(`'${thread.state}' cannot wait for an execution`);
  if (resource.kind === 'service' && outcome.submitted !== undefined) {
    record(run, thread, 'TaskSubmitted', { ...named(resource), ...outputOf(outcome.submitted) });
  }
  await succeed(run, thread, state, outcome.output);
}

/**
 * Whether a task token's attempt is still open. Only the owner's first answer counts.
 * @throws ApiError TaskTimedOut
 */
export function assertOpen(thread: Thread | undefined, scheduledEvent: number): asserts thread is Thread {
  const isOpen =
    thread?.call?.scheduledEvent === scheduledEvent &&
    (thread.phase === 'calling' || thread.phase === 'awaiting-callback');
  if (!isOpen) {
    throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }
}

/** Takes the answer to an open task token, also before the call that handed the token out has returned. */
export async function settleCallback(run: Run, thread: Thread, answer: CallbackAnswer): Promise<void> {
  const state = stateOf(run, thread);
  if (state.Type !== 'Task') throw new Error(`'${thread.state}' is no task`);
  if (answer.kind === 'success') return succeed(run, thread, state, answer.output);
  const { error, cause } = answer;
  recordTaskEnd(run, thread, 'Failed', {
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  });
  throw new StateError(error ?? null, cause ?? null);
}

/** A sign of life moves the next one's deadline; it never moves TimeoutSeconds. */
export function beat(run: Run, thread: Thread): void {
  const { call } = thread;
  if (call === null || call.heartbeatSeconds === null) return;
  call.heartbeatAt = run.surroundings.now() + 1000 * call.heartbeatSeconds;
  thread.due = earlier(call.timeoutAt, call.heartbeatAt);
  run.changed.add(thread.id);
}

/** Records the end of an attempt under AWS's name for the kind of task it was. */
export function recordTaskEnd(
  run: Run,
  thread: Thread,
  end: 'Succeeded' | 'Failed' | 'TimedOut',
  detail: Record<string, unknown>,
): void {
  const state = stateOf(run, thread);
  const resource = state.Type === 'Task' ? readResource(state.Resource) : null;
  if (resource?.kind === 'service') record(run, thread, `Task${end}`, { ...named(resource), ...detail });
  else record(run, thread, `LambdaFunction${end}`, detail);
}

async function succeed(run: Run, thread: Thread, state: TaskState, result: unknown): Promise<void> {
  const output = outputOf(result);
  if (exceedsPayloadLimit(output.output)) throw tooLarge(state.Resource);
  recordTaskEnd(run, thread, 'Succeeded', output);
  await leaveState(run, thread, state, result, '', { result });
}

function outputOf(value: unknown): { output: string; outputDetails: { truncated: boolean } } {
  return { output: toJson(value), outputDetails: { truncated: false } };
}

function named(resource: Extract<Resource, { kind: 'service' }>): { resourceType: string; resource: string } {
  return { resourceType: resource.service, resource: resource.action };
}

function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

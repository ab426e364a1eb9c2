import { StateError } from './errors.ts';
import type { Thread } from './execution.ts';
import { exceedsPayloadLimit, isRecord, toJson } from './json.ts';
import type { Run } from './run.ts';
import { endExecution, record, stateOf } from './run.ts';
import { backoffMs, matchesError } from './retry.ts';
import { scopeFor } from './state-context.ts';

/** Where a state, a choice or a catcher leads, and what it makes on the way. */
type Exit = {
  Assign?: Record<string, unknown> | undefined;
  Output?: unknown;
  Next?: string | undefined;
};

/**
 * Leaves the thread's state: Output and Assign are evaluated (both against the variables as they were), the exit is
 * recorded, and the thread is made ready for the next state or comes to its end.
 * @param whole the state's output where it has no Output field
 * @param field prefix of the fields in a cause: `Choices[0]/`
 * @param extra `$states.result` or `$states.errorOutput`
 * @throws EvaluationError, StateError
 */
export async function leaveState(
  run: Run,
  thread: Thread,
  exit: Exit,
  whole: unknown,
  field = '',
  extra: { result?: unknown; errorOutput?: unknown } = {},
): Promise<void> {
  const { evaluator } = run.surroundings;
  const type = stateOf(run, thread).Type;
  const needsScope = exit.Output !== undefined || exit.Assign !== undefined;
  const scope = needsScope ? scopeFor(run, thread, extra) : null;
  const output =
    scope === null || exit.Output === undefined
      ? whole
      : await evaluator.evaluate(exit.Output, `${field}Output`, scope);
  const assigned =
    scope === null || exit.Assign === undefined ? {} : await evaluator.evaluate(exit.Assign, `${field}Assign`, scope);
  const text = toJson(output);
  if (exceedsPayloadLimit(text)) throw tooLarge(thread.state);
  const variables = isRecord(assigned) ? assigned : {};
  // The quota of one Assign. AWS does not say by which error: this is the one of its other quotas.
  if (exceedsPayloadLimit(toJson(variables))) throw tooLarge(thread.state);
  const told = Object.entries(variables).map(([name, value]) => [name, toJson(value)]);
  record(run, thread, `${type}StateExited`, {
    name: thread.state,
    output: text,
    outputDetails: { truncated: false },
    ...(told.length === 0
      ? {}
      : { assignedVariables: Object.fromEntries(told), assignedVariablesDetails: { truncated: false } }),
  });
  thread.variables = told.length === 0 ? thread.variables : { ...thread.variables, ...variables };
  thread.call = null;
  thread.join = null;
  thread.due = null;
  if (exit.Next === undefined) return finishThread(run, thread, output, text);
  thread.state = exit.Next;
  thread.input = output;
  thread.phase = 'ready';
}

/** @param what the state or resource whose result is over the limit of 262,144 bytes */
export function tooLarge(what: string): StateError {
  return new StateError(
    'States.DataLimitExceeded',
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

function finishThread(run: Run, thread: Thread, output: unknown, text: string): void {
  if (thread.parentId === null) {
    record(run, thread, 'ExecutionSucceeded', { output: text, outputDetails: { truncated: false } });
    endExecution(run, 'SUCCEEDED', { output });
    return;
  }
  thread.phase = 'done';
  thread.output = output;
  run.changed.add(thread.id);
}

/**
 * What a failed state does next: try again while a retrier allows, else go where a catcher says, else fail its thread.
 * The failure itself is recorded already.
 * @throws EvaluationError when the catcher's own fields cannot be evaluated
 */
export async function recover(run: Run, thread: Thread, error: StateError): Promise<void> {
  const state = stateOf(run, thread);
  if (state.Type !== 'Task' && state.Type !== 'Parallel' && state.Type !== 'Map') return failThread(run, thread, error);
  thread.call = null;
  thread.join = null;
  thread.due = null;
  run.changed.add(thread.id);
  const index = (state.Retry ?? []).findIndex((retrier) => matchesError(retrier.ErrorEquals, error));
  const retrier = state.Retry?.[index];
  const used = thread.retries[index] ?? 0;
  if (retrier !== undefined && used < (retrier.MaxAttempts ?? 3)) {
    while (thread.retries.length <= index) thread.retries.push(0);
    thread.retries[index] = used + 1;
    thread.retryCount += 1;
    thread.phase = 'backing-off';
    thread.due = run.surroundings.now() + backoffMs(retrier, used, run.surroundings.random);
    return;
  }
  if (state.Type !== 'Task') record(run, thread, `${state.Type}StateFailed`);
  const catchers = state.Catch ?? [];
  const at = catchers.findIndex((catcher) => matchesError(catcher.ErrorEquals, error));
  const catcher = catchers[at];
  if (catcher === undefined) return failThread(run, thread, error);
  const errorOutput = { Error: error.error ?? '', Cause: error.reason ?? '' };
  return leaveState(run, thread, catcher, errorOutput, `Catch[${at}]/`, { errorOutput });
}

/** Nothing caught the error: the execution fails, or the Parallel or Map around the thread is told of it. */
export function failThread(run: Run, thread: Thread, error: StateError): void {
  const detail = {
    ...(error.error === null ? {} : { error: error.error }),
    ...(error.reason === null ? {} : { cause: error.reason }),
  };
  if (thread.parentId === null) {
    record(run, thread, 'ExecutionFailed', detail);
    endExecution(run, 'FAILED', detail);
    return;
  }
  thread.phase = 'done';
  thread.hasFailed = true;
  thread.due = null;
  thread.output = { ...detail, isHeartbeat: error.isHeartbeat };
  run.changed.add(thread.id);
}

/** The error that a failed thread left for the state around it. */
export function errorOf(thread: Thread): StateError {
  const left = isRecord(thread.output) ? thread.output : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return new StateError(text(left['error']), text(left['cause']), { isHeartbeat: left['isHeartbeat'] === true });
}

import { mostSeconds, type TaskState } from './definition.ts';
import type { Thread } from './execution.ts';
import { EvaluationError, StateError } from './errors.ts';
import { isoTime } from './json.ts';
import type { Scope } from './jsonata.ts';
import { unexpectedType } from './jsonata.ts';
import type { Run } from './run.ts';

type Extra = { result?: unknown; errorOutput?: unknown; token?: string; item?: { index: number; value: unknown } };

/** The variables and `$states` for a field of the state that a thread is in. */
export function scopeFor(run: Run, thread: Thread, extra: Extra = {}): Scope {
  const { execution } = run;
  const item = extra.item ?? thread.mapItem;
  const context = {
    Execution: {
      Id: execution.arn,
      Input: JSON.parse(execution.input),
      Name: execution.name,
      RoleArn: execution.roleArn,
      StartTime: isoTime(execution.startedAt),
      RedriveCount: 0,
    },
    StateMachine: { Id: execution.machineArn, Name: execution.machineName },
    State: { Name: thread.state, EnteredTime: isoTime(thread.enteredAt), RetryCount: thread.retryCount },
    ...(extra.token === undefined ? {} : { Task: { Token: extra.token } }),
    ...(item === null ? {} : { Map: { Item: { Index: item.index, Value: item.value } } }),
  };
  return {
    variables: thread.variables,
    states: {
      input: thread.input,
      context,
      ...('result' in extra ? { result: extra.result } : {}),
      ...('errorOutput' in extra ? { errorOutput: extra.errorOutput } : {}),
    },
  };
}

/** AWS begins each cause that it writes itself with where the execution was. */
export function causeIn(thread: Thread, sentence: string): string {
  return `An error occurred while executing the state '${thread.state}' (entered at the event id #${thread.enteredEvent}). ${sentence}`;
}

/** @throws EvaluationError unless the value is a whole number from `least` to `most` */
export function wholeNumber(
  value: unknown,
  template: unknown,
  field: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value !== 'number') throw unexpectedType(template, field, 'number', value);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new EvaluationError(
      field,
      `The field '${field}' must be a whole number from ${least} to ${most} but was: ${value}`,
    );
  }
  return value;
}

/** The time limits of a task in seconds; null where the state sets none. */
export async function limitsOf(
  run: Run,
  state: TaskState,
  scope: Scope,
): Promise<{ timeoutSeconds: number | null; heartbeatSeconds: number | null }> {
  const read = async (field: 'TimeoutSeconds' | 'HeartbeatSeconds') => {
    const template = state[field];
    if (template === undefined) return null;
    return wholeNumber(
      await run.surroundings.evaluator.evaluate(template, field, scope),
      template,
      field,
      1,
      mostSeconds,
    );
  };
  const timeoutSeconds = await read('TimeoutSeconds');
  const heartbeatSeconds = await read('HeartbeatSeconds');
  if (timeoutSeconds !== null && heartbeatSeconds !== null && heartbeatSeconds >= timeoutSeconds) {
    throw new StateError('States.Runtime', 'HeartbeatSeconds must be smaller than TimeoutSeconds');
  }
  return { timeoutSeconds, heartbeatSeconds };
}

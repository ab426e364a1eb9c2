import { mostSeconds, timestamp } from './definition.ts';
import { startJoin } from './join.ts';
import { EvaluationError, StateError } from './errors.ts';
import type { Thread } from './execution.ts';
import { toJson } from './json.ts';
import { unexpectedType } from './jsonata.ts';
import type { Run } from './run.ts';
import { endExecution, record, stateOf } from './run.ts';
import { causeIn, scopeFor, wholeNumber } from './state-context.ts';
import { failThread, leaveState, recover } from './leave-state.ts';
import { recordTaskEnd, scheduleTask } from './task.ts';

/** AWS ends an execution whose history reaches 25,000 events; the last few are left for the end itself. */
const mostEvents = 24_990;

/**
 * Takes one thread one transition further: enters its state and does what that state does. Pass, Choice, Succeed and
 * Fail are left again at once; a Wait falls asleep; a Task is scheduled; a Parallel or Map starts its threads.
 * Nothing outside `run` changes.
 */
export async function advance(run: Run, thread: Thread): Promise<void> {
  await guarded(run, thread, async () => {
    if (run.execution.nextEvent > mostEvents) return exhaust(run);
    const state = stateOf(run, thread);
    enter(run, thread, state.Type);
    await perform(run, thread);
  });
}

/** What a due time means to the thread that waited for it: wake up, try again, or give up on a task. */
export async function wake(run: Run, thread: Thread): Promise<void> {
  const now = run.surroundings.now();
  if (thread.due === null || thread.due > now) return;
  await guarded(run, thread, async () => {
    if (run.execution.nextEvent > mostEvents) return exhaust(run);
    const state = stateOf(run, thread);
    if (thread.phase === 'backing-off') {
      thread.due = null;
      await perform(run, thread);
    } else if (thread.phase === 'sleeping' && state.Type === 'Wait') {
      await leaveState(run, thread, state, thread.input);
    } else if (thread.call !== null && state.Type === 'Task') {
      const { timeoutAt, heartbeatAt } = thread.call;
      await timeOut(run, thread, heartbeatAt !== null && heartbeatAt < (timeoutAt ?? Number.POSITIVE_INFINITY));
    }
  });
}

/** Runs a piece of a state's work; what it throws as a state's failure becomes the state's failure. */
export async function guarded(run: Run, thread: Thread, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await fail(run, thread, error);
  }
}

async function fail(run: Run, thread: Thread, error: unknown): Promise<void> {
  if (error instanceof StateError) return recoverGuarded(run, thread, error);
  if (!(error instanceof EvaluationError)) throw error;
  await recoverGuarded(run, thread, evaluationFailed(run, thread, error));
}

/** A Catch's own Output may fail too; then nothing is left to catch it. */
async function recoverGuarded(run: Run, thread: Thread, error: StateError): Promise<void> {
  try {
    await recover(run, thread, error);
  } catch (second) {
    if (second instanceof EvaluationError) failThread(run, thread, evaluationFailed(run, thread, second));
    else if (second instanceof StateError) failThread(run, thread, second);
    else throw second;
  }
}

function evaluationFailed(run: Run, thread: Thread, error: EvaluationError): StateError {
  const cause = causeIn(thread, error.message);
  record(run, thread, 'EvaluationFailed', {
    state: thread.state,
    error: 'States.QueryEvaluationError',
    cause,
    ...(error.location === null ? {} : { location: error.location }),
  });
  return new StateError('States.QueryEvaluationError', cause);
}

function enter(run: Run, thread: Thread, type: string): void {
  thread.enteredAt = run.surroundings.now();
  thread.retries = [];
  thread.retryCount = 0;
  thread.enteredEvent = record(run, thread, `${type}StateEntered`, {
    name: thread.state,
    input: toJson(thread.input),
    inputDetails: { truncated: false },
  });
}

async function perform(run: Run, thread: Thread): Promise<void> {
  const state = stateOf(run, thread);
  const { evaluator } = run.surroundings;
  switch (state.Type) {
    case 'Pass':
    case 'Succeed':
      return leaveState(run, thread, state, thread.input);
    case 'Choice': {
      const scope = scopeFor(run, thread);
      for (const [index, choice] of state.Choices.entries()) {
        const field = `Choices[${index}]/Condition`;
        const verdict = await evaluator.evaluate(choice.Condition, field, scope);
        if (typeof verdict !== 'boolean') throw unexpectedType(choice.Condition, field, 'boolean', verdict);
        if (verdict) return leaveState(run, thread, choice, thread.input, `Choices[${index}]/`);
      }
      if (state.Default === undefined) {
        throw new StateError(
          'States.NoChoiceMatched',
          causeIn(thread, 'No Choice rule matched and there is no Default.'),
        );
      }
      const { Assign, Output, Default: Next } = state;
      return leaveState(run, thread, { Assign, Output, Next }, thread.input);
    }
    case 'Fail': {
      const scope = scopeFor(run, thread);
      const read = async (field: 'Error' | 'Cause') => {
        if (state[field] === undefined) return null;
        const value = await evaluator.evaluate(state[field], field, scope);
        if (typeof value !== 'string') throw unexpectedType(state[field], field, 'string', value);
        return value;
      };
      return failThread(run, thread, new StateError(await read('Error'), await read('Cause')));
    }
    case 'Wait': {
      thread.due = await wakingTime(run, thread, state);
      thread.phase = 'sleeping';
      run.changed.add(thread.id);
      return;
    }
    case 'Task':
      return scheduleTask(run, thread, state);
    case 'Parallel':
    case 'Map':
      return startJoin(run, thread, state);
    default:
      return state satisfies never;
  }
}

async function wakingTime(
  run: Run,
  thread: Thread,
  state: { Seconds?: unknown; Timestamp?: unknown },
): Promise<number> {
  const scope = scopeFor(run, thread);
  const { evaluator, now } = run.surroundings;
  if (state.Seconds !== undefined) {
    const seconds = await evaluator.evaluate(state.Seconds, 'Seconds', scope);
    return now() + 1000 * wholeNumber(seconds, state.Seconds, 'Seconds', 0, mostSeconds);
  }
  const text = await evaluator.evaluate(state.Timestamp, 'Timestamp', scope);
  if (typeof text !== 'string') throw unexpectedType(state.Timestamp, 'Timestamp', 'string', text);
  if (!timestamp.safeParse(text).success) {
    throw new EvaluationError(
      'Timestamp',
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    );
  }
  // AWS looks at whole seconds alone ("truncates milliseconds", developer guide, Wait state).
  return Math.floor(Date.parse(text) / 1000) * 1000;
}

async function timeOut(run: Run, thread: Thread, isHeartbeat: boolean): Promise<void> {
  recordTaskEnd(run, thread, 'TimedOut', { error: 'States.Timeout' });
  throw new StateError('States.Timeout', null, { isHeartbeat });
}

/** The whole execution ran longer than its definition's TimeoutSeconds. */
export function timeOutExecution(run: Run): void {
  const { execution } = run;
  if (execution.due === null || execution.due > run.surroundings.now()) return;
  recordEnd(run, 'ExecutionTimedOut', { error: 'States.Timeout' });
  endExecution(run, 'TIMED_OUT', { error: 'States.Timeout' });
}

/** StopExecution: whatever the execution was doing is given up. */
export function abortExecution(run: Run, error: string | undefined, cause: string | undefined): void {
  const detail = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  recordEnd(run, 'ExecutionAborted', detail);
  endExecution(run, 'ABORTED', detail);
}

function exhaust(run: Run): void {
  const detail = {
    error: 'States.Runtime',
    cause: 'The execution reached the maximum number of history events (25000).',
  };
  recordEnd(run, 'ExecutionFailed', detail);
  endExecution(run, 'FAILED', detail);
}

function recordEnd(run: Run, type: string, detail: Record<string, unknown>): void {
  const root = [...run.threads.values()].find((thread) => thread.parentId === null);
  if (root !== undefined) record(run, root, type, detail);
}

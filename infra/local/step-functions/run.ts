import type { Machine, State } from './definition.ts';
import { branchAt } from './definition.ts';
import type { Execution, ExecutionStatus, HistoryEvent, Thread } from './execution.ts';
import type { Evaluator } from './jsonata.ts';
import { toJson } from './json.ts';

/** What the interpreter needs from around it. */
export type Surroundings = {
  evaluator: Evaluator;
  now: () => number;
  random: () => number;
  region: string;
  /** The callback token of one attempt of a task. */
  tokenFor: (execution: Execution, thread: Thread, scheduledEvent: number) => string;
};

/**
 * One execution while it is worked on: what is on disk, and what has changed since. Every change made between two
 * commits reaches the disk in one transaction or not at all.
 */
export type Run = {
  surroundings: Surroundings;
  execution: Execution;
  machine: Machine;
  threads: Map<number, Thread>;
  changed: Set<number>;
  removed: Set<number>;
  events: HistoryEvent[];
};

export function newRun(
  surroundings: Surroundings,
  execution: Execution,
  machine: Machine,
  threads: readonly Thread[],
): Run {
  return {
    surroundings,
    execution,
    machine,
    threads: new Map(threads.map((thread) => [thread.id, thread])),
    changed: new Set(),
    removed: new Set(),
    events: [],
  };
}

/** The state that a thread is in. */
export function stateOf(run: Run, thread: Thread): State {
  const state = branchAt(run.machine, thread.place).States[thread.state];
  if (state === undefined) throw new Error(`the definition has no state '${thread.state}'`);
  return state;
}

/** Adds an event to the history, after the thread's own last one. */
export function record(run: Run, thread: Thread, type: string, detail: Record<string, unknown> | null = null): number {
  const id = run.execution.nextEvent;
  run.execution.nextEvent += 1;
  run.events.push({ id, previous: thread.lastEvent, type, at: run.surroundings.now(), detail });
  thread.lastEvent = id;
  run.changed.add(thread.id);
  return id;
}

export function addThread(run: Run, thread: Thread): void {
  run.execution.nextThread = Math.max(run.execution.nextThread, thread.id + 1);
  run.threads.set(thread.id, thread);
  run.changed.add(thread.id);
}

export function removeThread(run: Run, thread: Thread): void {
  run.threads.delete(thread.id);
  run.changed.delete(thread.id);
  run.removed.add(thread.id);
}

/** Whether anything has changed since the run was last on the disk. */
export const hasChanged = ({ events, changed, removed }: Run): boolean =>
  events.length > 0 || changed.size > 0 || removed.size > 0;

/** What has changed is on the disk: it is forgotten that it changed. */
export function kept(run: Run): void {
  run.events = [];
  run.changed.clear();
  run.removed.clear();
}

/** The threads that a Parallel or Map state has started and not yet collected, in their order. */
export function childrenOf(run: Run, parent: Thread): Thread[] {
  return [...run.threads.values()]
    .filter((thread) => thread.parentId === parent.id)
    .sort((a, b) => a.ordinal - b.ordinal);
}

/** Ends the execution: no thread is left, whatever it was waiting for. */
export function endExecution(
  run: Run,
  status: Exclude<ExecutionStatus, 'RUNNING'>,
  result: { output?: unknown; error?: string | null; cause?: string | null },
): void {
  const { execution } = run;
  execution.status = status;
  execution.output = result.output === undefined ? null : toJson(result.output);
  execution.error = result.error ?? null;
  execution.cause = result.cause ?? null;
  execution.stoppedAt = run.surroundings.now();
  execution.due = null;
  for (const thread of run.threads.values()) removeThread(run, thread);
}

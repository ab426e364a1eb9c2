import { startActors } from './actors.ts';
import { beginExecution } from './begin-execution.ts';
import { awaitsChildren, withChildExecutions } from './child-executions.ts';
import { type Caller, keepChildLinks } from './child-links.ts';
import type { Clock, Log } from './clock.ts';
import { ApiError, StateError } from './errors.ts';
import type { Execution, Thread } from './execution.ts';
import { followChildren } from './follow-children.ts';
import { abortExecution, timeOutExecution, wake } from './interpreter.ts';
import { groupCommits } from './group-commit.ts';
import { createEvaluator } from './jsonata.ts';
import type { Machines } from './machines.ts';
import { failThread } from './leave-state.ts';
import type { Run, Surroundings } from './run.ts';
import { hasChanged, kept, newRun, stateOf } from './run.ts';
import { startNamed } from './start-named.ts';
import type { Store } from './store.ts';
import type { CallbackAnswer, TaskOutcome } from './task.ts';
import { assertOpen, beat, settleCall, settleCallback } from './task.ts';
import type { TaskRunner } from './task-runner.ts';
import { taskTokens } from './task-token.ts';
import { startTimers } from './timers.ts';
import { transition } from './transition.ts';

/** Deadlines read at once; the next ones are read when these have fired. */
const dueAtOnce = 256;

export type Engine = ReturnType<typeof createEngine>;

/**
 * Runs executions. After `goOn` it continues every execution that the store left unfinished: a call that was under way
 * is made again, a deadline that passed meanwhile fires at once.
 */
export function createEngine(options: {
  store: Store;
  machines: Machines;
  tasks: TaskRunner;
  clock: Clock;
  random: () => number;
  region: string;
  log: Log;
}) {
  const { store, machines, clock, log } = options;
  const links = keepChildLinks(store);
  const { tellParents, giveUpChildren } = followChildren(links, (executionId, apply) =>
    actors.submit(executionId, apply),
  );
  const tasks = withChildExecutions(options.tasks, start);
  const now = () => clock.now();
  const tokens = taskTokens(store.secret());
  const surroundings: Surroundings = {
    evaluator: createEvaluator(now, options.random),
    now,
    random: options.random,
    region: options.region,
    tokenFor: (execution, thread, scheduledEvent) =>
      tokens.issue({ executionId: execution.id, threadId: thread.id, scheduledEvent }),
  };
  const waiting = new Set<() => void>();
  let isClosed = false;

  const tell = (executionId: number, error: unknown) => {
    const reason = error instanceof Error ? error.message : 'unknown';
    log({ level: 'error', message: 'an execution met a fault of the engine', executionId, reason });
  };

  const commit = groupCommits((work) => store.transaction(work));
  const actors = startActors({
    load(executionId) {
      const found = store.load(executionId);
      if (found === null) throw new ApiError('TaskDoesNotExist', "Task does not exist: 'Provided task does not exist'");
      return newRun(surroundings, found.execution, machines.program(found.execution.definitionId), found.threads);
    },
    async commit(run) {
      const dues = [...run.changed].map((id) => run.threads.get(id)?.due ?? null);
      const hasEnded = run.execution.stoppedAt !== null && run.events.length > 0;
      if (hasChanged(run)) await commit(() => store.writeRun(run));
      kept(run);
      for (const due of dues) if (due !== null) timers.noticed(due);
      if (hasEnded) reportEnd(run.execution);
      if (hasEnded) tellParents(run.execution);
      if (awaitsChildren(run.machine)) giveUpChildren(run);
    },
    async call(run, thread) {
      if (thread.call === null) return;
      const { scheduledEvent, arguments: asked } = thread.call;
      const state = stateOf(run, thread);
      const resource = state.Type === 'Task' ? state.Resource : '';
      const caller = { executionId: run.execution.id, threadId: thread.id, scheduledEvent };
      const executionArn = run.execution.arn;
      const outcome = await ask({ executionArn, state: thread.state, resource, arguments: asked, caller });
      await actors.submit(run.execution.id, async (later) => {
        const waiter = later.threads.get(thread.id);
        if (waiter === undefined) return;
        await transition(later, waiter, () => settleCall(later, waiter, scheduledEvent, outcome));
      });
      // The child may have ended before its parent had noted that it waits.
      if (outcome.kind === 'started') tellParents(store.load(outcome.childId)?.execution);
    },
    giveUp(run, error) {
      const root = rootOf(run);
      const reason = error instanceof Error ? error.message : 'unknown';
      if (root !== undefined) failThread(run, root, new StateError('States.Runtime', reason));
    },
    onError: tell,
    onIdle: tellIdle,
  });

  const timers = startTimers({
    clock,
    nextDue: () => store.nextDue(),
    async fire() {
      const due = store.due(now(), dueAtOnce);
      await Promise.all(due.map(({ executionId, threadId }) => fireOne(executionId, threadId)));
      return due.length;
    },
    onError: (error) => tell(0, error),
  });

  /** Marks the calls that were under way when the engine stopped; committing them makes them again. */
  function resume(run: Run): void {
    for (const thread of run.threads.values()) if (thread.phase === 'calling') run.changed.add(thread.id);
  }

  function fireOne(executionId: number, threadId: number | null): Promise<void> {
    return actors.submit(executionId, async (run) => {
      if (threadId === null) return timeOutExecution(run);
      const thread = run.threads.get(threadId);
      if (thread !== undefined) await transition(run, thread, () => wake(run, thread));
    });
  }

  async function ask(call: Parameters<TaskRunner['run']>[0]): Promise<TaskOutcome> {
    try {
      return await tasks.run(call);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      log({
        level: 'error',
        message: 'a task could not be called',
        state: call.state,
        execution: call.executionArn,
        reason,
      });
      return { kind: 'failed', error: 'States.TaskFailed', cause: reason };
    }
  }

  function reportEnd(execution: Execution): void {
    const { arn, status, error } = execution;
    const level = status === 'SUCCEEDED' ? 'info' : 'warn';
    log({ level, message: 'an execution ended', execution: arn, status, ...(error === null ? {} : { error }) });
  }

  function tellIdle(): void {
    if (isClosed || !isIdle()) return;
    for (const resolve of waiting) resolve();
    waiting.clear();
  }

  function isIdle(): boolean {
    const next = store.nextDue();
    return actors.isIdle() && (next === null || next > now());
  }

  /** Starts an execution by name; a caller that has started one already, before a crash, gets that one. */
  async function start(asked: {
    stateMachineArn: string;
    name: string | undefined;
    input: string;
    caller?: Caller;
    isAwaited?: boolean;
  }): Promise<Execution> {
    const { caller, isAwaited = false, input } = asked;
    const started = await commit(() => {
      const earlier = caller === undefined ? null : links.find(caller);
      const found = earlier === null ? undefined : store.load(earlier)?.execution;
      if (found !== undefined) return { execution: found, isNew: false };
      let isNew = false;
      const execution = startNamed({ machines, store }, asked, (machine, arn, name) => {
        isNew = true;
        const begun = beginExecution({
          machine,
          program: machines.program(machine.definitionId),
          arn,
          name,
          input,
          at: now(),
        });
        return store.insertExecution(begun.execution, begun.root, [begun.started]);
      });
      if (caller !== undefined) links.link(caller, execution.id, isAwaited);
      return { execution, isNew };
    });
    const { execution, isNew } = started;
    if (!isNew) return execution;
    if (execution.due !== null) timers.noticed(execution.due);
    void actors.submit(execution.id, () => undefined).catch(() => undefined);
    return execution;
  }

  return {
    /**
     * StartExecution; the execution is on disk when this resolves.
     * @throws ApiError InvalidName, InvalidExecutionInput, StateMachineDoesNotExist, ExecutionAlreadyExists
     */
    start: (asked: { stateMachineArn: string; name: string | undefined; input: string }): Promise<Execution> =>
      start(asked),

    /**
     * Answers a task token; what follows from the answer is on disk when this resolves.
     * @throws ApiError InvalidToken, TaskTimedOut, TaskDoesNotExist
     */
    async answer(token: string, answer: CallbackAnswer): Promise<void> {
      const { executionId, threadId, scheduledEvent } = tokens.read(token);
      await actors.submit(executionId, async (run) => {
        const thread = run.threads.get(threadId);
        assertOpen(thread, scheduledEvent);
        await transition(run, thread, () => settleCallback(run, thread, answer));
      });
    },

    /** @throws ApiError InvalidToken, TaskTimedOut, TaskDoesNotExist */
    async heartbeat(token: string): Promise<void> {
      const { executionId, threadId, scheduledEvent } = tokens.read(token);
      await actors.submit(executionId, (run) => {
        const thread: Thread | undefined = run.threads.get(threadId);
        assertOpen(thread, scheduledEvent);
        beat(run, thread);
      });
    },

    /** Gives an execution up; one that has ended already stays as it ended. Answers when it stopped, epoch ms. */
    async stop(execution: Execution, error: string | undefined, cause: string | undefined): Promise<number> {
      let stoppedAt = now();
      await actors.submit(execution.id, (run) => {
        if (run.execution.status === 'RUNNING') abortExecution(run, error, cause);
        stoppedAt = run.execution.stoppedAt ?? stoppedAt;
      });
      return stoppedAt;
    },

    /** Resolves when nothing can go on now: every execution waits for a callback or a time to come, or has ended. */
    async idle(): Promise<void> {
      await timers.fireDue();
      while (!isClosed && !isIdle()) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          tellIdle();
        });
        await timers.fireDue();
      }
    },

    /** Lets every unfinished execution go on from where the store has it. */
    goOn(): void {
      for (const executionId of store.runnable()) void actors.submit(executionId, resume).catch(() => undefined);
      for (const { caller, childId } of links.allAwaited()) {
        tellParents(store.load(childId)?.execution);
        void actors.submit(caller.executionId, () => undefined).catch(() => undefined);
      }
      void timers.fireDue();
    },

    /** Parks every execution where it stands; it goes on from there when the store is opened again. */
    async close(): Promise<void> {
      isClosed = true;
      await timers.close();
      await actors.close();
      for (const resolve of waiting) resolve();
    },
  };
}

function rootOf(run: Run): Thread | undefined {
  return [...run.threads.values()].find((thread) => thread.parentId === null);
}

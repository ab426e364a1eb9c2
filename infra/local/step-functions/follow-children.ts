import type { Actors } from './actors.ts';
import { abandonedBy, answerOfChild } from './child-executions.ts';
import type { ChildLinks } from './child-links.ts';
import type { Execution } from './execution.ts';
import { abortExecution } from './interpreter.ts';
import { type Run, stateOf } from './run.ts';
import { settleCallback } from './task.ts';
import { transition } from './transition.ts';

/** What passes between executions and those that their tasks started and wait for. */
export function followChildren(links: ChildLinks, submit: Actors['submit']) {
  /** A work that cannot be done now, as while closing, is done after the next start. */
  const later = (executionId: number, apply: Parameters<Actors['submit']>[1]): void =>
    void submit(executionId, apply).catch(() => undefined);

  return {
    /** Gives the end of an execution to the tasks that wait for it. */
    tellParents(child: Execution | undefined): void {
      if (child === undefined || child.status === 'RUNNING') return;
      for (const { caller } of links.awaiting(child.id)) {
        later(caller.executionId, async (run) => {
          const thread = run.threads.get(caller.threadId);
          const isWaiting =
            thread?.call?.scheduledEvent === caller.scheduledEvent && thread.phase === 'awaiting-callback';
          if (!isWaiting) return;
          const state = stateOf(run, thread);
          const answer = answerOfChild(child, state.Type === 'Task' ? state.Resource : '');
          await transition(run, thread, () => settleCallback(run, thread, answer));
        });
      }
    },

    /** Stops the executions whose tasks wait for them no longer: timed out, stopped, failed beside a sibling. */
    giveUpChildren(run: Run): void {
      for (const { caller, childId } of links.awaitedBy(run.execution.id)) {
        if (run.threads.get(caller.threadId)?.call?.scheduledEvent === caller.scheduledEvent) continue;
        links.remove(caller);
        later(childId, (child) => {
          if (child.execution.status === 'RUNNING') abortExecution(child, undefined, abandonedBy(run.execution));
        });
      }
    },
  };
}

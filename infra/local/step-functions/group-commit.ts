import type { Run } from './run.ts';

type Waiting = { readonly run: Run; readonly resolve: () => void; readonly reject: (error: unknown) => void };

/**
 * Commits of many executions that come within one turn of the event loop reach the disk together: one wait for the disk instead of
 * many. Each is acknowledged only once it is there. If together they fail, each is tried alone, so that one bad one spoils no other.
 */
export function groupCommits(commit: (runs: readonly Run[]) => void): (run: Run) => Promise<void> {
  let waiting: Waiting[] = [];

  function settle(one: Waiting): void {
    try {
      commit([one.run]);
      one.resolve();
    } catch (error) {
      one.reject(error);
    }
  }

  function flush(): void {
    const group = waiting;
    waiting = [];
    try {
      commit(group.map(({ run }) => run));
    } catch {
      group.forEach(settle);
      return;
    }
    for (const { resolve } of group) resolve();
  }

  return (run) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ run, resolve, reject });
    });
}

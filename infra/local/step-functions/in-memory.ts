import { operations } from './api.ts';
import { createEngine } from './engine.ts';
import { keepMachines } from './machines.ts';
import { manualClock } from './manual-clock.ts';
import { openStore } from './store.ts';
import type { TaskRunner } from './task-runner.ts';

/** The engine's API over tasks of the caller's making, kept in memory. */
export function engineInMemory(tasks: TaskRunner) {
  const clock = manualClock('2026-01-01T00:00:00Z');
  const store = openStore(':memory:');
  const machines = keepMachines(store, tasks.supports, clock.now);
  const place = { accountId: '111111111111', region: 'us-east-1' };
  const engine = createEngine({ store, machines, tasks, clock, random: () => 0.5, log: () => undefined, ...place });
  engine.goOn();
  const api = operations({ engine, machines, store, clock, ...place });
  return {
    clock,
    engine,
    async call(operation: string, body: unknown): Promise<unknown> {
      const answer = api[operation];
      if (answer === undefined) throw new Error(`there is no operation ${operation}`);
      return answer(body);
    },
    async close() {
      await engine.close();
      store.close();
    },
  };
}

import { operations } from './api.ts';
import { createEngine } from './engine.ts';
import { supportsResource } from './child-executions.ts';
import { keepMachines } from './machines.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { openStore } from './store.ts';
import type { TaskRunner } from './task-runner.ts';

/** The engine's API over tasks of the caller's making, kept in memory or, to be opened again, in a file. */
export function engineInMemory(tasks: TaskRunner, kept: { file?: string; clock?: ManualClock } = {}) {
  const { file = ':memory:', clock = manualClock('2026-01-01T00:00:00Z') } = kept;
  const store = openStore(file);
  const machines = keepMachines(store, supportsResource(tasks), clock.now);
  const place = { accountId: '111111111111', region: 'us-east-1' };
  const engine = createEngine({ store, machines, tasks, clock, random: () => 0.5, log: () => undefined, ...place });
  engine.goOn();
  const api = operations({ engine, machines, store, clock, ...place });
  return {
    clock,
    engine,
    store,
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

import type { Outcome } from './lambda-messages.ts';
import { openGate } from './gate.ts';
import { type LambdaPool, openLambdaPool } from './lambda-pool.ts';
import type { Log } from './log.ts';
import type { LambdaDefinition } from './template.ts';

export type Lambdas = {
  /** Invokes by ARN, with or without version or alias. Undefined when there is no such function. */
  invoke(arn: string, event: string, reason: string): Promise<Outcome> | undefined;
  has(arn: string): boolean;
  /** Calls running or waiting for a worker, or for the end of a pause. */
  busy(): number;
  /** Resolves when calls are taken: at once, but while there is a pause. */
  open(): Promise<void>;
  /** Holds new calls back; true once those under way have ended, false (and no pause) if they do not within the limit. */
  pause(limitMs: number): Promise<boolean>;
  goOn(): void;
  /** Resolves as soon as nothing runs. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

/** All functions of the stack, each with its own workers and its own environment. */
export function openLambdas(options: {
  definitions: LambdaDefinition[];
  environment: (definition: LambdaDefinition) => Record<string, string>;
  clock: SharedArrayBuffer;
  compileCache: string;
  log: Log;
}): Lambdas {
  const { definitions, environment, clock, compileCache, log } = options;
  const pools = new Map<string, { definition: LambdaDefinition; pool: LambdaPool }>(
    definitions.map((definition) => [
      definition.arn,
      {
        definition,
        pool: openLambdaPool({ definition, environment: environment(definition), clock, compileCache, log }),
      },
    ]),
  );
  const find = (arn: string) => pools.get(arn.split(':').slice(0, 7).join(':'));
  const gate = openGate();
  const busy = (): number => [...pools.values()].reduce((sum, { pool }) => sum + pool.busy(), gate.held());
  let waiters: (() => void)[] = [];

  const run = async (target: { definition: LambdaDefinition; pool: LambdaPool }, event: string, reason: string) => {
    const began = performance.now();
    const outcome = await gate.pass(() => target.pool.invoke(event));
    const fields = { function: target.definition.name, ms: Math.round(performance.now() - began) };
    if (outcome.kind === 'failed') {
      // The message of an error may hold what a person typed: the name of the error is what a log may keep.
      log({
        level: 'error',
        message: `${reason} failed`,
        ...fields,
        error: outcome.errorType,
        at: outcome.trace?.slice(1, 3).join(' '),
      });
    } else log({ level: 'debug', message: reason, ...fields });
    queueMicrotask(() => {
      if (busy() > 0) return;
      for (const waiter of waiters.splice(0)) waiter();
    });
    return outcome;
  };

  return {
    has: (arn) => find(arn) !== undefined,
    invoke(arn, event, reason) {
      const target = find(arn);
      return target === undefined ? undefined : run(target, event, reason);
    },
    busy,
    open: gate.isOpen,
    pause: gate.shut,
    goOn: gate.open,
    idle: () => (busy() === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    async close() {
      gate.open();
      await Promise.all([...pools.values()].map(({ pool }) => pool.close()));
      for (const waiter of waiters) waiter();
      waiters = [];
    },
  };
}

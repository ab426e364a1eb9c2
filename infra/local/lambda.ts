import type { Outcome } from './lambda-messages.ts';
import { openGate } from './gate.ts';
import { type LambdaPool, openLambdaPool } from './lambda-pool.ts';
import type { Log, LogLine } from './log.ts';
import type { LambdaDefinition } from './template.ts';

/**
 * Why a function is called, for the log: a task has a line of its own that names what it is about; a request's line is
 * the gateway's; a schedule is told of only where it fails.
 */
export type Reason =
  | { kind: 'request' }
  | { kind: 'task'; about: Readonly<Record<string, string>> }
  | { kind: 'schedule'; name: string };

export type Lambdas = {
  /** Invokes by ARN, with or without version or alias. Undefined when there is no such function. */
  invoke(arn: string, event: string, reason: Reason): Promise<Outcome> | undefined;
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

  const run = async (target: { definition: LambdaDefinition; pool: LambdaPool }, event: string, reason: Reason) => {
    const began = performance.now();
    const outcome = await gate.pass(() => target.pool.invoke(event));
    if (reason.kind !== 'request') {
      const ms = Math.round(performance.now() - began);
      log(lineOf(target.definition.name, ms, reason, outcome));
    }
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

function lineOf(name: string, ms: number, reason: Exclude<Reason, { kind: 'request' }>, outcome: Outcome): LogLine {
  const { kind } = reason;
  const about = kind === 'task' ? reason.about : { name: reason.name };
  const fields = { function: name, ...about, ms, ...failureFields(outcome) };
  if (outcome.kind === 'failed') return { level: 'error', message: `${kind} failed`, ...fields };
  return { level: kind === 'task' ? 'info' : 'debug', message: `${kind} done`, ...fields };
}

/**
 * What a log may keep of a failure: the error's name and its places. Its message, which a stack repeats in its first
 * lines, may hold what a person typed.
 */
export function failureFields(outcome: Outcome): { error?: string; at?: string } {
  if (outcome.kind !== 'failed') return {};
  const [place] = (outcome.trace ?? []).filter((line) => /^\s+at /.test(line));
  return { error: outcome.errorType, ...(place === undefined ? {} : { at: place.trim().replace(/^at /, '') }) };
}

import { once } from 'node:events';
import { operations } from './api.ts';
import type { Clock, Log } from './clock.ts';
import { withDynamoDb } from './dynamodb-tasks.ts';
import { createEngine } from './engine.ts';
import { serve } from './http.ts';
import { supportsResource } from './child-executions.ts';
import { type Look, lookInto } from './look.ts';
import { keepMachines } from './machines.ts';
import { openStore } from './store.ts';
import type { InvokeLambda } from './task-runner.ts';
import { lambdaTasks } from './task-runner.ts';

export type { InvokeLambda } from './task-runner.ts';

export type StepFunctions = {
  /**
   * Registers a state machine, or gives it a new definition; executions that run keep theirs.
   * @throws ApiError InvalidDefinition, a sentence for each state and field that this engine would not run
   */
  putStateMachine(machine: { name: string; arn: string; definition: string; loggingLevel?: string }): Promise<void>;
  /**
   * Answers the API of `@aws-sdk/client-sfn` on 127.0.0.1, and lets every unfinished execution go on.
   * @throws the server's error where the port is taken
   */
  listen(port: number): Promise<void>;
  /** Resolves when nothing can go on now: all wait for a callback, for a time to come, or have ended. */
  idle(): Promise<void>;
  /** When the earliest timer of any execution falls due, in epoch milliseconds; null when none waits for a time. */
  nextDue(): number | null;
  /** What may be looked at, for this machine's own pages. */
  readonly look: Look;
  /** Parks every execution where it stands. What was acknowledged is on disk already. */
  close(): Promise<void>;
};

type Options = {
  /** Where executions are kept. */
  file: string;
  clock: Clock;
  invokeLambda: InvokeLambda;
  /** Where `aws-sdk:dynamodb` tasks find the database; without it a machine that has some is refused. */
  dynamoDbEndpoint?: string;
  log: Log;
  accountId: string;
  region: string;
  /** For jitter and `$random()`: a number in [0, 1). */
  random?: () => number;
};

/**
 * AWS Step Functions on one machine, for state machines in JSONata.
 * Nothing runs before `listen`, so that functions which call the API back find it.
 *
 * @example
 * const steps = await openStepFunctions({ file: 'steps.sqlite', clock, invokeLambda, log, accountId, region });
 * await steps.putStateMachine({ name: 'relief-application', arn, definition });
 * await steps.listen(4566);
 */
export async function openStepFunctions(options: Options): Promise<StepFunctions> {
  const { clock, log, accountId, region, random = Math.random } = options;
  const { dynamoDbEndpoint: endpoint } = options;
  const functions = lambdaTasks(options.invokeLambda, options);
  const tasks = endpoint === undefined ? functions : withDynamoDb(functions, { endpoint, region });
  const store = openStore(options.file);
  const machines = keepMachines(store, supportsResource(tasks), () => clock.now());
  const engine = createEngine({ store, machines, tasks, clock, random, region, log });
  const server = serve(operations({ engine, machines, store, clock, accountId, region }), log);

  return {
    async putStateMachine({ name, arn, definition, loggingLevel }) {
      machines.put({ name, arn, definition, loggingLevel, roleArn: `arn:aws:iam::${accountId}:role/${name}` });
    },

    async listen(port) {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      engine.goOn();
    },

    async idle() {
      await engine.idle();
    },

    nextDue: () => store.nextDue(),
    look: lookInto(store, machines),

    async close() {
      await engine.close();
      if (server.listening) {
        server.close();
        server.closeAllConnections();
        await once(server, 'close');
      }
      store.close();
    },
  };
}

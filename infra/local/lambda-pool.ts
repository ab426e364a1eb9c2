import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Outcome, Reply, Request, WorkerData } from './lambda-messages.ts';
import type { Log } from './log.ts';
import type { LambdaDefinition } from './template.ts';
import { forwardOutput } from './lambda-output.ts';

type Call = { request: Request; since: number; settle(outcome: Outcome): void; timer?: NodeJS.Timeout };
type Slot = { worker: Worker; ready: boolean; call: Call | undefined; retire?: NodeJS.Timeout; failure?: Outcome };

/** Limits of Lambda: 6 MB a synchronous payload, either way, in bytes of UTF-8. */
const payloadLimit = 6 * 1024 * 1024;
const isTooLarge = (text: string): boolean =>
  text.length > payloadLimit || (3 * text.length > payloadLimit && Buffer.byteLength(text) > payloadLimit);
const idleMs = 10 * 60_000;
/** More workers than cores only warm up more copies of the same code; further calls wait, in order, instead of being throttled. */
const mostWorkers = availableParallelism() + 1;
/** A call waits so long for a warm worker before another is started, which would itself take about as long to become ready. */
const patienceMs = 300;

const isStarting = ({ ready, failure }: Slot): boolean => !ready && failure === undefined;

export type LambdaPool = {
  /** Runs the function once with this JSON text. Never rejects. */
  invoke(event: string): Promise<Outcome>;
  busy(): number;
  close(): Promise<void>;
};

/** The workers of one function, one call at a time each: a further one, up to a few, where calls wait too long for those there are. */
export function openLambdaPool(options: {
  definition: LambdaDefinition;
  environment: Record<string, string>;
  clock: SharedArrayBuffer;
  compileCache: string;
  log: Log;
}): LambdaPool {
  const { definition, environment, log } = options;
  const data: WorkerData = {
    codeFolder: definition.codeFolder,
    handler: definition.handler,
    functionName: definition.name,
    functionArn: definition.arn,
    memoryMb: definition.memoryMb,
    clock: options.clock,
    compileCache: options.compileCache,
  };
  const slots = new Set<Slot>();
  const waiting: Call[] = [];
  const most = Math.min(mostWorkers, definition.concurrency ?? mostWorkers);
  let closing = false;
  let patience: NodeJS.Timeout | undefined;

  const finish = (slot: Slot, outcome: Outcome): void => {
    const { call } = slot;
    slot.call = undefined;
    if (call === undefined) return;
    clearTimeout(call.timer);
    call.settle(outcome);
  };

  const start = (): Slot => {
    const worker = new Worker(new URL('./lambda-worker.ts', import.meta.url), {
      workerData: data,
      env: environment,
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: Math.max(64, definition.memoryMb) },
    });
    const slot: Slot = { worker, ready: false, call: undefined };
    slots.add(slot);
    forwardOutput(worker, definition.name, log);
    worker.on('message', (reply: Reply) => {
      if (reply.kind === 'ready') {
        slot.ready = true;
        serve();
        return;
      }
      if (!slot.ready || (reply.kind === 'failed' && reply.errorType === 'Runtime.UnhandledPromiseRejection')) {
        // The thread is about to end (it could not load, or broke a promise): the caller is told once it has.
        slot.failure = reply;
        void worker.terminate();
        return;
      }
      finish(slot, reply);
      rest(slot);
    });
    worker.on('error', (error: Error) => {
      const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      slot.failure ??= outOfMemory
        ? {
            kind: 'failed',
            errorType: 'Runtime.OutOfMemory',
            errorMessage: 'Error: Runtime exited with error: signal: killed',
          }
        : {
            kind: 'failed',
            errorType: error.name,
            errorMessage: error.message,
            trace: (error.stack ?? '').split('\n'),
          };
    });
    worker.on('exit', (code) => {
      slots.delete(slot);
      clearTimeout(slot.retire);
      const outcome = slot.failure ?? {
        kind: 'failed',
        errorType: 'Runtime.ExitError',
        errorMessage: `Error: Runtime exited with error: exit status ${code}`,
      };
      if (slot.call === undefined && !slot.ready && !closing) waiting.shift()?.settle(outcome);
      finish(slot, outcome);
      if (!closing) serve();
    });
    return slot;
  };

  const rest = (slot: Slot): void => {
    slot.retire = setTimeout(() => {
      // It takes a moment to end, and no call may be given to it meanwhile.
      slots.delete(slot);
      void slot.worker.terminate();
    }, idleMs).unref();
    serve();
  };

  const serve = (): void => {
    for (const slot of slots) {
      if (!slot.ready || slot.call !== undefined || slot.failure !== undefined) continue;
      const call = waiting.shift();
      if (call === undefined) return;
      clearTimeout(slot.retire);
      slot.call = call;
      call.request.deadline = Date.now() + definition.timeoutSeconds * 1_000;
      call.timer = setTimeout(() => {
        slot.failure = {
          kind: 'failed',
          errorType: 'Sandbox.Timedout',
          errorMessage: `RequestId: ${call.request.requestId} Error: Task timed out after ${definition.timeoutSeconds.toFixed(2)} seconds`,
        };
        void slot.worker.terminate();
      }, definition.timeoutSeconds * 1_000);
      slot.worker.postMessage(call.request);
    }
    const [longest] = waiting;
    if (longest === undefined || slots.size >= most || [...slots].some(isStarting)) return;
    const waitedMs = performance.now() - longest.since;
    if (slots.size === 0 || waitedMs >= patienceMs) start();
    else patience ??= setTimeout(lookAgain, patienceMs - waitedMs).unref();
  };

  const lookAgain = (): void => {
    patience = undefined;
    if (!closing) serve();
  };

  return {
    busy: () => waiting.length + [...slots].filter(({ call }) => call !== undefined).length,
    invoke: (event) =>
      new Promise((settle) => {
        if (isTooLarge(event)) {
          settle({
            kind: 'failed',
            errorType: 'RequestTooLargeException',
            errorMessage: 'Request must be smaller than 6291456 bytes for the InvokeFunction operation',
          });
          return;
        }
        waiting.push({
          request: { requestId: randomUUID(), event, deadline: 0 },
          since: performance.now(),
          settle: (outcome) =>
            settle(
              outcome.kind === 'returned' && isTooLarge(outcome.payload)
                ? {
                    kind: 'failed',
                    errorType: 'Function.ResponseSizeTooLarge',
                    errorMessage: `Response payload size (${Buffer.byteLength(outcome.payload)} bytes) exceeded maximum allowed payload size (6291556 bytes).`,
                  }
                : outcome,
            ),
        });
        serve();
      }),
    async close() {
      closing = true;
      const gone: Outcome = { kind: 'failed', errorType: 'Runtime.ExitError', errorMessage: 'The runtime is stopping' };
      for (const call of waiting.splice(0)) call.settle(gone);
      await Promise.all([...slots].map(({ worker }) => worker.terminate()));
    },
  };
}

import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Reply, Request, WorkerData } from './lambda-messages.ts';

/**
 * The boot file of one Lambda worker. It sets the moved clock before the bundle is loaded, then answers one request at
 * a time. Whatever the bundle throws late, or `process.exit`, ends this thread alone; the pool sees it end.
 */
const data: WorkerData = workerData;
const port = parentPort;
if (port === null) throw new Error('lambda-worker.ts runs in a worker thread only');
enableCompileCache(data.compileCache);

const offset = new BigInt64Array(data.clock);
Object.defineProperty(globalThis, Symbol.for('reliefline.clock'), {
  value: { now: () => Date.now() + Number(Atomics.load(offset, 0)) },
});

const send = (reply: Reply): void => port.postMessage(reply);

function failure(error: unknown): Extract<Reply, { kind: 'failed' }> {
  if (error instanceof Error) {
    return {
      kind: 'failed',
      errorType: error.name,
      errorMessage: error.message,
      trace: (error.stack ?? '').split('\n'),
    };
  }
  return {
    kind: 'failed',
    errorType: typeof error,
    errorMessage: typeof error === 'string' ? error : JSON.stringify(error),
  };
}

process.on('unhandledRejection', (reason) => {
  const { errorMessage, trace } = failure(reason);
  send({ kind: 'failed', errorType: 'Runtime.UnhandledPromiseRejection', errorMessage, ...(trace && { trace }) });
  process.exit(128);
});

type Handler = (event: unknown, context: object) => unknown;

async function load(): Promise<Handler> {
  const [file = 'index', name = 'handler'] = data.handler.split('.');
  const path = ['.mjs', '.js'].map((extension) => `${data.codeFolder}/${file}${extension}`).find(existsSync);
  if (path === undefined) throw named('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  const bundle: unknown = await import(pathToFileURL(path).href);
  const handler: unknown =
    typeof bundle === 'object' && bundle !== null ? Object.getOwnPropertyDescriptor(bundle, name)?.value : undefined;
  if (isHandler(handler)) return handler;
  throw named('Runtime.HandlerNotFound', `${data.handler} is undefined or not exported`);
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

async function answer(handler: Handler, request: Request): Promise<Reply> {
  const context = {
    awsRequestId: request.requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: data.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.functionArn,
    memoryLimitInMB: String(data.memoryMb),
    logGroupName: `/aws/lambda/${data.functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, request.deadline - Date.now()),
  };
  try {
    const result = await handler(JSON.parse(request.event), context);
    return { kind: 'returned', payload: JSON.stringify(result) ?? 'null' };
  } catch (error) {
    return failure(error);
  }
}

try {
  const handler = await load();
  send({ kind: 'ready' });
  port.on('message', (request: Request) => {
    void answer(handler, request).then(send);
  });
} catch (error) {
  send(failure(error));
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { now } from './kernel/clock.ts';

/**
 * All that a log line may carry besides its message: ids, states, counts and durations. A name, an ID number, an
 * account, a path or a token has no key here, so logging one fails the type check.
 */
export type LogFields = {
  readonly caseId?: string;
  readonly requestId?: string;
  readonly decisionRequestId?: string;
  readonly householdId?: string;
  readonly programmeId?: string;
  readonly fundId?: string;
  readonly payoutId?: string;
  readonly batchId?: string;
  readonly staffId?: string;
  readonly outboxId?: string;
  readonly executionName?: string;
  readonly routeKey?: string;
  /** A route's pattern, `POST /decide/:id`: never the path that matched it. */
  readonly route?: string;
  readonly task?: string;
  readonly stage?: string;
  readonly action?: string;
  readonly outcome?: string;
  readonly kind?: string;
  readonly status?: number;
  readonly count?: number;
  readonly ms?: number;
  /** Logged as name, code and the stack's places; with its message only where that quotes nothing a person typed. */
  readonly error?: unknown;
};

const levels = ['INFO', 'WARN', 'ERROR'] as const;
type Level = (typeof levels)[number];

/** Lambda passes on the level that a function's logging configuration asks for: a line below it would be made and then dropped. */
const isWanted = (level: Level): boolean => {
  const least = levels.findIndex((each) => each === process.env['AWS_LAMBDA_LOG_LEVEL']);
  return levels.indexOf(level) >= least;
};

const context = new AsyncLocalStorage<{ fields: LogFields }>();

/** Runs `work`; every line logged inside it carries `fields` too. */
export const withLogFields = <T>(fields: LogFields, work: () => T): T =>
  context.run({ fields: { ...context.getStore()?.fields, ...fields } }, work);

/** Adds to what the rest of the surrounding `withLogFields` logs: a case id, once it is known. */
export function addLogFields(fields: LogFields): void {
  const store = context.getStore();
  if (store) store.fields = { ...store.fields, ...fields };
}

/** Ours (with a `code`), AWS's (with `$metadata`) and the language's own complaints about our code. */
const isSafeToQuote = (error: Error): boolean =>
  ('code' in error && typeof error.code === 'string') ||
  '$metadata' in error ||
  error instanceof TypeError ||
  error instanceof ReferenceError;

function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // A stack's first lines repeat the message, which may quote what a person typed: only its places are kept.
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    ...(isSafeToQuote(error) ? { message: error.message } : {}),
    at: places.slice(0, 8).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

function write(level: Level, message: string, fields: LogFields): void {
  if (!isWanted(level)) return;
  const { error, ...plain } = { ...context.getStore()?.fields, ...fields };
  const line = {
    timestamp: now(),
    level,
    message,
    ...plain,
    ...(error === undefined ? {} : { error: describeError(error) }),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** One line of JSON each, on standard output, where Lambda picks it up. */
export const log = {
  info: (message: string, fields: LogFields = {}): void => write('INFO', message, fields),
  warn: (message: string, fields: LogFields = {}): void => write('WARN', message, fields),
  error: (message: string, fields: LogFields = {}): void => write('ERROR', message, fields),
};

import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { log, withLogFields } from '../../shared/log.ts';
import type { Parser } from './parser.ts';
import { asTaskError, NeverRetry } from './task-errors.ts';

export type Task<Input, Output> = {
  /** Named in the log line. */
  name: string;
  schema: Parser<Input>;
  run: (input: Input) => Promise<Output>;
};

export type LambdaHandler<Output = unknown> = (event: unknown, context: Context) => Promise<Output>;

const idOf = (event: unknown): { caseId?: string } => {
  const caseId: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, 'caseId') : undefined;
  return typeof caseId === 'string' ? { caseId } : {};
};

/**
 * A step of a workflow as a Lambda: reads its input by the schema, runs, logs one line, and fails only by one of the
 * three names of `task-errors.ts`. What `run` returns is the step's result.
 *
 * ```ts
 * export const handler = taskHandler({ name: 'open-notice', schema: openNoticeInput, run: (input) => openNotice(deps(), input) });
 * ```
 */
export function taskHandler<Input, Output>({ name, schema, run }: Task<Input, Output>): LambdaHandler<Output> {
  const handler = middy<unknown, Output>().handler(async (event: unknown) => {
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    try {
      const parsed = schema.safeParse(event);
      if (!parsed.success) {
        // Paths alone: a value may be personal.
        const paths = parsed.error.issues.map((issue) => issue.path.map(String).join('.') || '(all)');
        throw new NeverRetry(`The input of ${name} is not readable at: ${[...new Set(paths)].join(', ')}`);
      }
      const output = await run(parsed.data);
      log.info('task done', { task: name, ms: elapsed() });
      return output;
    } catch (error) {
      const named = asTaskError(error);
      log.error('task failed', { task: name, ms: elapsed(), outcome: named.name, error: named });
      throw named;
    }
  });
  return (event, context) =>
    withLogFields({ requestId: context.awsRequestId, ...idOf(event) }, () => handler(event, context));
}

import middy from '@middy/core';
import { log, withLogFields } from '../../shared/log.ts';
import type { LogFields } from '../../shared/log.ts';
import type { LambdaHandler } from './task-handler.ts';

/** A scheduled job. What it returns goes into its log line: how many were found, sent, left. */
export type ScheduledJob = { name: string; run: () => Promise<Pick<LogFields, 'count' | 'outcome'>> };

/**
 * A Lambda that a schedule starts. The event is not read: a job finds its work in the tables, so that one run too many
 * or too few changes nothing. An error is logged and thrown, for the alarm and for Lambda's own retry.
 */
export function eventHandler({ name, run }: ScheduledJob): LambdaHandler<void> {
  const handler = middy<unknown, void>().handler(async () => {
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    try {
      const result = await run();
      log.info('job done', { task: name, ms: elapsed(), ...result });
    } catch (error) {
      log.error('job failed', { task: name, ms: elapsed(), error });
      throw error;
    }
  });
  return (event, context) => withLogFields({ requestId: context.awsRequestId }, () => handler(event, context));
}

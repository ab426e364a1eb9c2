import middy from '@middy/core';
import { log, withLogFields } from '../../shared/log.ts';
import type { LogFields } from '../../shared/log.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import type { LambdaHandler } from './task-handler.ts';

/**
 * What a job found. Its numbers go into its log line: how many were found, sent, left. One that found nothing says when there will be
 * something, or null for not before something else happens: whoever moves the clock need not start it until then.
 */
export type JobDone = Pick<LogFields, 'count' | 'outcome'> & { readonly nextAt?: Instant | null };
export type ScheduledJob = { name: string; run: () => Promise<JobDone> };
export type JobAnswer = Pick<JobDone, 'nextAt'>;

/**
 * A Lambda that a schedule starts. The event is not read: a job finds its work in the tables, so that one run too many
 * or too few changes nothing. An error is logged and thrown, for the alarm and for Lambda's own retry.
 */
export function eventHandler({ name, run }: ScheduledJob): LambdaHandler<JobAnswer> {
  const handler = middy<unknown, JobAnswer>().handler(async () => {
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    try {
      const { nextAt, ...found } = await run();
      log.info('job done', { task: name, ms: elapsed(), ...found });
      return nextAt === undefined ? {} : { nextAt };
    } catch (error) {
      log.error('job failed', { task: name, ms: elapsed(), error });
      throw error;
    }
  });
  return (event, context) => withLogFields({ requestId: context.awsRequestId }, () => handler(event, context));
}

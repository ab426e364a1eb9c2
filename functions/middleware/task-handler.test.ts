import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { EnvironmentError, readEnvironment } from './environment.ts';
import { eventHandler } from './event-handler.ts';
import { StoreBusyError } from '../../shared/store/transact.ts';
import { asTaskError, NeverRetry, RetryLimited, RetryUnlimited } from './task-errors.ts';
import { taskHandler } from './task-handler.ts';

const context = { awsRequestId: 'req-1' } as Context;
let lines: string[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const schema = z.object({ caseId: z.string(), name: z.string().min(2) });

describe('a task', () => {
  it('gets what its schema read, returns its result and logs one line with the case', async () => {
    const handler = taskHandler({
      name: 'open-notice',
      schema,
      run: ({ name }) => Promise.resolve({ size: name.length }),
    });
    expect(await handler({ caseId: 'c1', name: '王小明', extra: 1 }, context)).toEqual({ size: 3 });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ task: 'open-notice', caseId: 'c1', requestId: 'req-1' });
    expect(lines[0]).not.toContain('王小明');
  });

  it('never retries an input that nobody can read, and names the places without the values', async () => {
    const run = vi.fn();
    const handler = taskHandler({ name: 'open-notice', schema, run });
    await expect(handler({ caseId: 1, name: '秦' }, context)).rejects.toMatchObject({
      name: 'NeverRetry',
      message: 'The input of open-notice is not readable at: caseId, name',
    });
    expect(run).not.toHaveBeenCalled();
    expect(lines.join()).not.toContain('秦');
  });

  it('fails by one of the three names alone, with its cause', async () => {
    const cause = Object.assign(new Error('slow down'), { name: 'ThrottlingException', $metadata: {} });
    const handler = taskHandler({ name: 't', schema: z.unknown(), run: () => Promise.reject(cause) });
    await expect(handler({}, context)).rejects.toMatchObject({ name: 'RetryLimited', cause });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'ERROR', outcome: 'RetryLimited' });
  });
});

const named = (name: string, more: object = {}) => Object.assign(new Error(name), { name, ...more });
const cancelled = (...codes: string[]) =>
  named('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

describe('an error of the world', () => {
  it.each([
    ['throttling', named('ProvisionedThroughputExceededException'), 'RetryLimited'],
    ['a lost network', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'RetryLimited'],
    ['an outage', named('Unknown', { $metadata: { httpStatusCode: 503 } }), 'RetryLimited'],
    ['a conflict alone', cancelled('None', 'TransactionConflict'), 'RetryLimited'],
    ['a store that is busy', new StoreBusyError('conflicts'), 'RetryLimited'],
    ['a conflict as the cause', new Error('save', { cause: cancelled('ThrottlingError') }), 'RetryLimited'],
    ['a failed condition beside a conflict', cancelled('TransactionConflict', 'ConditionalCheckFailed'), 'NeverRetry'],
    ['a cancellation without reasons', cancelled(), 'NeverRetry'],
    ['a denied access', named('AccessDeniedException', { $metadata: { httpStatusCode: 400 } }), 'NeverRetry'],
    ['a defect', new TypeError('x is undefined'), 'NeverRetry'],
    ['no error at all', 'text', 'NeverRetry'],
    ['our own word', new RetryUnlimited('mail'), 'RetryUnlimited'],
  ])('%s', (_what, error, name) => {
    expect(asTaskError(error).name).toBe(name);
  });

  it('passes unchanged if it is ours', () => {
    for (const error of [new RetryLimited('a'), new RetryUnlimited('b'), new NeverRetry('c')]) {
      expect(asTaskError(error)).toBe(error);
    }
  });
});

describe('a scheduled job', () => {
  it('logs what it found, and throws what stopped it', async () => {
    await eventHandler({ name: 'sweep-outbox', run: () => Promise.resolve({ count: 3 }) })({}, context);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ task: 'sweep-outbox', count: 3 });
    await expect(eventHandler({ name: 's', run: () => Promise.reject(new Error('no')) })({}, context)).rejects.toThrow(
      'no',
    );
    expect(lines).toHaveLength(2);
  });
});

describe('the environment', () => {
  const variables = z.object({ CASES_TABLE: z.string().min(1), MAIL_FROM: z.email(), STAGE: z.string() });

  it('is read at the first use, once', () => {
    const source: Record<string, string> = {};
    const environment = readEnvironment(variables, source);
    Object.assign(source, { CASES_TABLE: 't', MAIL_FROM: 'a@b.example', STAGE: 'dev' });
    expect(environment().CASES_TABLE).toBe('t');
    expect(environment()).toBe(environment());
  });

  it('names everything that is missing or unusable, without its values', () => {
    const environment = readEnvironment(variables, { CASES_TABLE: '', MAIL_FROM: 'not-an-address' });
    expect(environment).toThrow(EnvironmentError);
    expect(environment).toThrow('Environment variables missing or unusable: CASES_TABLE, MAIL_FROM, STAGE');
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Lambdas, openLambdas } from '../../infra/local/lambda.ts';
import type { LambdaDefinition } from '../../infra/local/template.ts';

/** A function that ends badly ends alone, and is reported; it has its own environment, memory and time. */
const code = `
const live = { pid: process.pid };
export const handler = async ({ how }, context) => {
  const ways = {
    well: () => ({ environment: { ...process.env }, memory: context.memoryLimitInMB, name: context.functionName,
      left: context.getRemainingTimeInMillis() }),
    throws: () => { const error = new Error('not possible'); error.name = 'NeverRetry'; throw error; },
    exits: () => process.exit(7),
    'throws late': () => { setTimeout(() => { throw new Error('late'); }); return new Promise(() => {}); },
    'breaks a promise': () => { void Promise.reject(new Error('unheard')); return new Promise(() => {}); },
    'never ends': () => new Promise(() => {}),
    'spins': () => { for (;;) live.pid += 1; },
    'eats memory': () => { const all = []; for (;;) all.push(new Array(100_000).fill(all.length)); },
    'says too much': () => 'x'.repeat(6 * 1024 * 1024),
  };
  return ways[how]();
};`;

let folder: string;
let lambdas: Lambdas;
const lines: Record<string, unknown>[] = [];
const arn = (name: string) => `arn:aws:lambda:eu-central-1:123456789012:function:${name}`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lambda-'));
  writeFileSync(join(folder, 'index.mjs'), code);
  writeFileSync(join(folder, 'broken.mjs'), 'export const handler = nowhere;');
  const define = (name: string, more: Partial<LambdaDefinition> = {}): LambdaDefinition => ({
    name,
    arn: arn(name),
    codeFolder: folder,
    handler: 'index.handler',
    memoryMb: 64,
    timeoutSeconds: 30,
    concurrency: undefined,
    environment: { NAME: name },
    ...more,
  });
  lambdas = openLambdas({
    definitions: [
      define('ours', { memoryMb: 192, timeoutSeconds: 20 }),
      define('hasty', { timeoutSeconds: 1 }),
      define('other', { environment: { OTHER: 'yes' } }),
      define('broken', { handler: 'broken.handler' }),
      define('missing', { handler: 'index.nothing' }),
      define('absent', { handler: 'elsewhere.handler' }),
    ],
    environment: ({ environment }) => environment,
    clock: new SharedArrayBuffer(8),
    compileCache: join(folder, 'cache'),
    log: (line) => lines.push(line),
  });
});
afterAll(async () => {
  await lambdas.close();
  rmSync(folder, { recursive: true });
});

async function invoke(name: string, how: string) {
  const outcome = await lambdas.invoke(arn(name), JSON.stringify({ how }), { kind: 'schedule', name: 'test' });
  if (outcome === undefined) throw new Error('no function');
  return outcome;
}
const works = async (name: string) => expect((await invoke(name, 'well')).kind).toBe('returned');

test('a function knows its own environment, memory and time, and no other’s', async () => {
  const outcome = await invoke('ours', 'well');
  if (outcome.kind === 'failed') throw new Error(outcome.errorMessage);
  const { environment, memory, name, left }: ReturnType<typeof JSON.parse> = JSON.parse(outcome.payload);
  expect({ environment, memory, name }).toEqual({ environment: { NAME: 'ours' }, memory: '192', name: 'ours' });
  expect(left).toBeGreaterThan(15_000);
  expect(left).toBeLessThanOrEqual(20_000);
});

describe('a function that', () => {
  test.each<[string, string, string, RegExp]>([
    ['throws', 'ours', 'NeverRetry', /^not possible$/],
    ['exits', 'ours', 'Runtime.ExitError', /exit status 7$/],
    ['throws late', 'ours', 'Error', /^late$/],
    ['breaks a promise', 'ours', 'Runtime.UnhandledPromiseRejection', /^unheard$/],
    ['never ends', 'hasty', 'Sandbox.Timedout', /Task timed out after 1\.00 seconds$/],
    ['spins', 'hasty', 'Sandbox.Timedout', /Task timed out after 1\.00 seconds$/],
    ['eats memory', 'ours', 'Runtime.OutOfMemory', /Runtime exited with error: signal: killed$/],
    ['says too much', 'ours', 'Function.ResponseSizeTooLarge', /exceeded maximum allowed payload size/],
  ])('%s fails by name, is told in the log, and harms nobody else', async (how, name, errorType, message) => {
    lines.length = 0;
    const [outcome] = await Promise.all([invoke(name, how), works('other'), works(name)]);
    expect(outcome).toMatchObject({ kind: 'failed', errorType, errorMessage: expect.stringMatching(message) });
    const told = lines.filter(({ level }) => level === 'error').find(({ error }) => error === errorType);
    expect(told).toMatchObject({ function: name, message: 'schedule failed' });
    expect(JSON.stringify(told)).not.toContain('errorMessage');
    await works(name);
  });

  test.each([
    ['broken', 'ReferenceError'],
    ['missing', 'Runtime.HandlerNotFound'],
    ['absent', 'Runtime.ImportModuleError'],
  ])('cannot be loaded (%s) says so to each caller', async (name, errorType) => {
    for (let time = 0; time < 2; time += 1)
      expect(await invoke(name, 'well')).toMatchObject({ kind: 'failed', errorType });
    await works('other');
  });
});

test('a call that comes just as an idle worker goes to rest is answered by another', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await works('other');
    vi.advanceTimersByTime(10 * 60_000);
    await works('other');
  } finally {
    vi.useRealTimers();
  }
});

test.each([
  ['Latin letters', 'x'.repeat(6 * 1024 * 1024)],
  ['Chinese characters', '工'.repeat(2 * 1024 * 1024)],
])('more than 6 MB of %s are refused before the function is asked', async (_, how) => {
  const outcome = await lambdas.invoke(arn('ours'), JSON.stringify({ how }), { kind: 'request' });
  expect(outcome).toMatchObject({ kind: 'failed', errorType: 'RequestTooLargeException' });
});

test('a version or alias is the function itself, and one that is not there is none', () => {
  expect([lambdas.has(`${arn('ours')}:live`), lambdas.has(arn('nobody'))]).toEqual([true, false]);
});

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { type Inbox, openInbox } from './inbox.ts';

const repository = resolve(import.meta.dirname, '../..');

const clockSchema = z.object({ epochMs: z.number() });
const taskSchema = z.object({ function: z.string(), ms: z.number() });

export type BenchedReliefline = {
  readonly site: string;
  readonly port: number;
  readonly data: string;
  readonly inbox: Inbox;
  readonly pid: number;
  readonly readyMs: number;
  /** Milliseconds of each task of the workflow so far, by its function. */
  readonly steps: ReadonlyMap<string, readonly number[]>;
  now(): Promise<number>;
  /** Moves the clock to a moment; done when all is still. */
  moveClock(to: number): Promise<void>;
  stop(): Promise<void>;
};

/** Starts a Reliefline of the bench's own, in a process of its own, as `npm start` does. */
export async function startBenched(options: {
  readonly name: string;
  readonly port: number;
  readonly fresh?: boolean;
  readonly clock?: string;
}): Promise<BenchedReliefline> {
  const data = join(repository, '.reliefline', `bench-${options.name}`);
  const { port } = options;
  if (options.fresh !== false) rmSync(data, { recursive: true, force: true });
  const args = ['--data', data, '--port', String(port), '--log', 'json'];
  const clock = options.clock === undefined ? [] : ['--clock', options.clock];
  const began = performance.now();
  const profiler =
    process.env.BENCH_PROFILE === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`];
  const child = spawn(process.execPath, [...profiler, join(repository, 'infra/local/main.ts'), ...args, ...clock], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TZ: 'UTC' },
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const words: string[] = [];
  const steps = new Map<string, number[]>();
  const readyMs = await new Promise<number>((ready, fail) => {
    const listen = (line: string): void => {
      if (line.includes('Reliefline is ready')) ready(performance.now() - began);
      if (/"level":"(error|warn)"/.test(line) && process.env.BENCH_DEBUG !== undefined) console.error(line);
      if (line.includes('"message":"task done"')) {
        const told = taskSchema.parse(JSON.parse(line));
        steps.set(told.function, [...(steps.get(told.function) ?? []), told.ms]);
      }
      words.push(line);
      if (words.length > 20) words.shift();
    };
    createInterface(child.stdout).on('line', listen);
    createInterface(child.stderr).on('line', listen);
    child.once('exit', (code) => fail(new Error(`Reliefline ended with ${code}: ${words.join('\n')}`)));
  });
  const site = `http://127.0.0.1:${port}`;
  const clockAt = async (init?: RequestInit): Promise<number> => {
    const response = await fetch(`${site}/_local/clock`, init);
    return clockSchema.parse(await response.json()).epochMs;
  };
  return {
    site,
    port,
    data,
    inbox: openInbox(join(data, 'mails.jsonl')),
    pid: child.pid ?? 0,
    readyMs,
    steps,
    now: () => clockAt(),
    async moveClock(to) {
      await clockAt({
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ to: new Date(to).toISOString() }),
      });
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

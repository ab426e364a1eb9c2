import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';

const repository = resolve(import.meta.dirname, '../..');
/** The replay's own lie below: never where a user's data do. */
const dataFolders = join(repository, '.reliefline');

export type Reliefline = {
  readonly site: string;
  readonly inbox: string;
  /** Moves the clock to a moment (`2016-03-01T09:00`, China's time) or by a span (`+5d`); done when all is still. */
  moveClock(step: { to: string } | { by: string }): Promise<Date>;
  /** Ends it, and tells how often which fault struck where it ran with chaos. */
  stop(): Promise<Readonly<Record<string, number>>>;
};

const clockSchema = z.object({ epochMs: z.number() });
const chaosSummary = 'what chaos did';
const chaosSchema = z.object({ faults: z.record(z.string(), z.number()) }).transform(({ faults }) => faults);
const lineSchema = z.looseObject({ message: z.string(), level: z.string().optional(), inbox: z.string().optional() });

/** Starts a fresh Reliefline of its own on this machine, as `npm start` does. @throws Error with its last lines */
export async function startReliefline({
  clock,
  folder = 'replay',
  options: more = [],
}: {
  clock: string;
  /** Below this repository's folder for data: two that run at the same time need two. */
  folder?: string;
  options?: readonly string[];
}): Promise<Reliefline> {
  const port = await sixFreePorts();
  const options = ['--data', join(dataFolders, folder), '--fresh', '--clock', clock, '--port', String(port), ...more];
  const child = spawn(
    process.execPath,
    [join(repository, 'infra/local/main.ts'), ...options, '--seed-profile', 'replay', '--log', 'json'],
    { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TZ: 'UTC' } },
  );
  let chaos: Readonly<Record<string, number>> = {};
  const complaints: string[] = [];
  const complain = (line: string): void => {
    complaints.push(line);
    if (complaints.length > 20) complaints.shift();
    if (process.env.REPLAY_DEBUG !== undefined) console.error(line);
  };
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const inbox = await new Promise<string>((ready, fail) => {
    createInterface(child.stderr).on('line', complain);
    createInterface(child.stdout).on('line', (line) => {
      const said = lineSchema.safeParse(readJson(line)).data;
      if (said?.inbox !== undefined) ready(said.inbox);
      if (said === undefined || said.level === 'error') complain(line);
      if (said?.message === chaosSummary) chaos = chaosSchema.parse(readJson(line));
    });
    child.once('exit', (code) => fail(new Error(`Reliefline ended with ${code}: ${complaints.join('\n')}`)));
  });
  const site = `http://127.0.0.1:${port}`;
  return {
    site,
    inbox,
    async moveClock(step) {
      const response = await fetch(`${site}/_local/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(step),
      });
      if (!response.ok) throw new Error(`the clock does not move: ${await response.text()}`);
      return new Date(clockSchema.parse(await response.json()).epochMs);
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      return chaos;
    },
  };
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The first of six ports in a row that nobody listens on. */
async function sixFreePorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const first = 20_000 + 10 * Math.floor(Math.random() * 1_200);
    const free = await Promise.all([0, 1, 2, 3, 4, 5].map((offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('no six free ports in a row from 20000 to 32000');
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });

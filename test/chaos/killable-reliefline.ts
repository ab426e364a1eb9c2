import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { findPorts, type Ports, portsFrom } from '../../infra/local/ports.ts';
import { synthesize } from '../../infra/local/synth.ts';
import { loadModel, type Model } from '../../infra/local/template.ts';
import { type Inbox, openInbox } from '../bench/inbox.ts';

const repository = resolve(import.meta.dirname, '../..');
const clockSchema = z.object({ epochMs: z.number() });
/** How often somebody loads a page again whose answer was cut off although nobody killed anything. */
const mostCutOff = 5;
/** A connection that broke; whether the work was done, nobody can tell from outside. */
const cutOffSchema = z.object({ code: z.enum(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']) });

/** A Reliefline in a process of its own, as `npm start` runs it, that may be killed at any moment and started again. */
export type Killable = {
  readonly site: string;
  readonly ports: Ports;
  readonly data: string;
  readonly dynamoDbUrl: string;
  readonly model: Model;
  /** The mails of this data folder. */
  readonly inbox: Inbox;
  /**
   * Does a step that may be repeated: again, once Reliefline is back, where it was killed in the middle of it; and again, a few
   * times, where a connection broke, as one that was kept open does when the other side closes it just as it is used.
   */
  insist<T>(step: () => Promise<T>): Promise<T>;
  now(): Promise<number>;
  moveClock(to: number): Promise<void>;
  /** Kills it (SIGKILL), and starts it on the same data. */
  killAndStart(): Promise<void>;
  /** Kills it for good. */
  kill(): Promise<void>;
};

export async function startKillable(options: {
  readonly data: string;
  readonly clock?: string;
  readonly port?: number;
}): Promise<Killable> {
  const { data } = options;
  const ports = options.port === undefined ? await findPorts() : portsFrom(options.port);
  const site = `http://127.0.0.1:${ports.web}`;
  const model = loadModel({ cdkOut: await synthesize(repository), url: site, parameters: {} });
  let child: ChildProcess;
  let lives = 0;
  let up: Promise<void> = launch(options.clock === undefined ? [] : ['--clock', options.clock]);
  await up;

  async function launch(more: string[]): Promise<void> {
    const args = ['--data', data, '--port', String(ports.web), '--log', 'json', ...more];
    const started = spawn(process.execPath, [join(repository, 'infra/local/main.ts'), ...args], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TZ: 'UTC' },
    });
    child = started;
    const words: string[] = [];
    await new Promise<void>((ready, fail) => {
      const listen = (line: string): void => {
        if (line.includes('Reliefline is ready')) ready();
        words.push(line);
        if (words.length > 20) words.shift();
        if (process.env['CHAOS_DEBUG'] !== undefined && /"level":"(error|warn)"/.test(line)) console.error(line);
      };
      createInterface(started.stdout).on('line', listen);
      createInterface(started.stderr).on('line', listen);
      started.once('exit', (code) => fail(new Error(`Reliefline ended with ${code}: ${words.join('\n')}`)));
    });
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async function clockAt(init?: RequestInit): Promise<number> {
    const response = await fetch(`${site}/_local/clock`, init);
    return clockSchema.parse(await response.json()).epochMs;
  }

  return {
    site,
    ports,
    data,
    dynamoDbUrl: `http://127.0.0.1:${ports.dynamodb}`,
    model,
    inbox: openInbox(join(data, 'mails.jsonl')),
    async insist(step) {
      for (let cutOff = 0; ; ) {
        await up;
        const life = lives;
        try {
          return await step();
        } catch (error) {
          if (life !== lives) continue;
          cutOff += 1;
          if (!isCutOff(error) || cutOff > mostCutOff) throw error;
        }
      }
    },
    now: () => clockAt(),
    async moveClock(to) {
      await clockAt({ method: 'POST', body: JSON.stringify({ to: new Date(to).toISOString() }) });
    },
    killAndStart() {
      lives += 1;
      up = kill().then(() => launch([]));
      return up;
    },
    kill,
  };
}

/** `fetch` tells of a broken connection in the cause of its error. */
const isCutOff = (error: unknown): boolean =>
  cutOffSchema.safeParse(error).success || (error instanceof Error && cutOffSchema.safeParse(error.cause).success);

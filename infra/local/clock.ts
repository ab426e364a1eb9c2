import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { writeDurably } from './data-folder.ts';
import { hasCode, StartError } from './start-error.ts';

/**
 * The machine's time: the real clock plus an offset that only grows. The offset lies in shared memory, so every worker
 * reads the same moved time without a message, and in the data folder, so it survives a restart.
 */
export type MovableClock = {
  /** Epoch milliseconds of the moved time. */
  now(): number;
  /** Eight bytes, the offset in milliseconds as a BigInt64, for `lambda-worker.ts`. */
  readonly shared: SharedArrayBuffer;
  /** Sets the time forward; a time that has passed already changes nothing. Tells every listener. */
  jump(to: number): void;
  /** Calls the listener after each jump, so that timers can be armed again. Returns how to stop it. */
  onJump(listener: () => void): () => void;
};

const stored = z.object({ offsetMs: z.int() });

/**
 * Opens the clock of a data folder. `startAt` (epoch milliseconds) counts only when the folder has no clock yet:
 * afterwards the clock goes on from where it stood.
 */
export function openClock(options: {
  folder: string;
  startAt?: number | undefined;
  realNow?: () => number;
}): MovableClock {
  const realNow = options.realNow ?? Date.now;
  const file = join(options.folder, 'clock.json');
  const offset = new BigInt64Array(new SharedArrayBuffer(8));
  const listeners = new Set<() => void>();
  const set = (offsetMs: number): void => {
    writeDurably(file, JSON.stringify({ offsetMs }));
    Atomics.store(offset, 0, BigInt(offsetMs));
  };
  const kept = readOffset(file);
  if (kept !== undefined) Atomics.store(offset, 0, BigInt(kept));
  else set(options.startAt === undefined ? 0 : Math.round(options.startAt - realNow()));

  const now = (): number => realNow() + Number(Atomics.load(offset, 0));
  return {
    now,
    shared: offset.buffer,
    jump(to) {
      const forward = Math.ceil(to - now());
      if (forward <= 0) return;
      set(Number(Atomics.load(offset, 0)) + forward);
      for (const listener of [...listeners]) listener();
    },
    onJump(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readOffset(file: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    return stored.parse(JSON.parse(text)).offsetMs;
  } catch (cause) {
    throw new StartError(`The clock file ${file} is damaged. Move it away, or start with --fresh.`, { cause });
  }
}

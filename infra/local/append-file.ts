import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';

const sync = promisify(fdatasync);

export type AppendFile = {
  /** Adds a line. It is on the disk once `flushed` resolves. */
  append(line: string): void;
  /** Resolves when everything added so far is on the disk; many who wait share one wait for it. */
  flushed(): Promise<void>;
  empty(): void;
  close(): Promise<void>;
};

/** A file that only grows, line by line, without keeping the process waiting for the disk. */
export function openAppendFile(path: string): AppendFile {
  const handle = openSync(path, 'a+', 0o600);
  dropCutLine(handle);
  let isDirty = false;
  let syncing: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function flushed(): Promise<void> {
    if (!isDirty) return syncing ?? Promise.resolve();
    // What was added while the disk was busy with what came before goes with the next turn.
    next ??= (syncing ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        isDirty = false;
        syncing = sync(handle).finally(() => {
          syncing = undefined;
        });
        return syncing;
      });
    return next;
  }

  return {
    append(line) {
      writeSync(handle, `${line}\n`);
      isDirty = true;
    },
    flushed,
    empty() {
      ftruncateSync(handle);
    },
    async close() {
      await flushed().catch(() => undefined);
      closeSync(handle);
    },
  };
}

/** A last line without its end was never acknowledged; what is added would become a part of it, and nobody could read that. */
function dropCutLine(handle: number): void {
  const chunk = Buffer.alloc(65_536);
  const { size } = fstatSync(handle);
  for (let end = size; end > 0; end -= chunk.length) {
    const from = Math.max(0, end - chunk.length);
    const read = readSync(handle, chunk, 0, end - from, from);
    const lineEnd = chunk.subarray(0, read).lastIndexOf(0x0a);
    if (lineEnd < 0) continue;
    if (from + lineEnd + 1 < size) ftruncateSync(handle, from + lineEnd + 1);
    return;
  }
  if (size > 0) ftruncateSync(handle);
}

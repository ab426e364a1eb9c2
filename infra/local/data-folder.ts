import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, StartError } from './start-error.ts';

export type DataFolder = { path: string; release(): void };

/** What lies in a data folder; `--fresh` removes these and nothing else, whatever folder it is pointed at. */
const contents = [
  'clock.json',
  'dynamodb.sqlite',
  'dynamodb.sqlite-shm',
  'dynamodb.sqlite-wal',
  'dynamodb-local',
  'step-functions.sqlite',
  'step-functions.sqlite-shm',
  'step-functions.sqlite-wal',
  'objects',
  'mails.jsonl',
  'master-key.json',
  'schedules.json',
  'seeded.json',
];

/**
 * Makes the folder and takes it for this process. The lock is one of the operating system's on `lock.sqlite`: it ends
 * with the process, however that ends, so a killed run never leaves a stale lock behind.
 */
export function openDataFolder(path: string, options: { fresh: boolean }): DataFolder {
  let lock: DatabaseSync;
  try {
    makeFolder(path);
    lock = new DatabaseSync(join(path, 'lock.sqlite'));
  } catch (cause) {
    throw new StartError(
      `The data folder ${path} cannot be written (${messageOf(cause)}). Choose another with --data.`,
      {
        cause,
      },
    );
  }
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new StartError(
      /locked|busy/.test(messageOf(cause))
        ? `Another Reliefline is running on the data in ${path}. Stop it, or choose another folder with --data.`
        : `The data folder ${path} cannot be used (${messageOf(cause)}). Choose another with --data.`,
      { cause },
    );
  }
  if (options.fresh) for (const name of contents) rmSync(join(path, name), { recursive: true, force: true });
  return { path, release: () => lock.close() };
}

/** Node's own recursive mkdir never comes back from a place like /proc, where a parent exists and refuses. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** Writes a small file so that after a crash there is the old content or the new, never a part. */
export function writeDurably(file: string, text: string, mode = 0o600): void {
  const next = `${file}.next`;
  writeFileSync(next, text, { mode, flush: true });
  renameSync(next, file);
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Appends a line and returns once it is on the disk. */
export function appendDurably(file: string, line: string): void {
  const handle = openSync(file, 'a', 0o600);
  try {
    writeSync(handle, `${line}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, StartError } from './start-error.ts';

export type DataFolder = { path: string; release(): void };

/** What lies in a data folder; `--fresh` removes these and nothing else, whatever folder it is pointed at. */
export const contents = [
  'format.json',
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
  'phone.json',
  'schedules.json',
  'seeded.json',
];

/** In it a running Reliefline says where it answers. */
export const whereaboutsFile = 'running.json';

/** In it a backup stands complete before what is there now goes. */
export const stagingFolder = 'restoring';

/** Takes the folder for this process and checks that what lies in it can be read. */
export function openDataFolder(path: string, options: { fresh: boolean }): DataFolder {
  const folder = lockDataFolder(path);
  rmSync(join(path, whereaboutsFile), { force: true });
  if (options.fresh) {
    emptyDataFolder(path);
    rmSync(join(path, stagingFolder), { recursive: true, force: true });
  }
  try {
    claimFormat(path);
  } catch (error) {
    folder.release();
    throw error;
  }
  return folder;
}

/** Somebody else has the folder: it is running, or being backed up. */
export class FolderInUse extends StartError {}

/**
 * Makes the folder and takes it for this process. The lock is one of the operating system's on `lock.sqlite`: it ends
 * with the process, however that ends, so a killed run never leaves a stale lock behind.
 *
 * @throws FolderInUse when another process has it
 */
export function lockDataFolder(path: string): DataFolder {
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
    if (/locked|busy/.test(messageOf(cause))) {
      throw new FolderInUse(
        `Another Reliefline is running on the data in ${path}. Stop it, or choose another folder with --data.`,
        { cause },
      );
    }
    throw new StartError(`The data folder ${path} cannot be used (${messageOf(cause)}). Choose another with --data.`, {
      cause,
    });
  }
  return { path, release: () => lock.close() };
}

export const holdsData = (path: string): boolean => contents.some((name) => existsSync(join(path, name)));

/** Begins with the format, so that a folder that was emptied in part is refused and never read. */
export function emptyDataFolder(path: string): void {
  for (const name of contents) rmSync(join(path, name), { recursive: true, force: true });
}

/** Rises whenever stored items change in a way that older ones cannot be read. */
export const format = 4;

/**
 * @throws StartError for data that another format has written: reading it would tell that everybody was forgotten; and where a
 * restore was cut short after the old data went, since an empty start would look as if it had brought nothing back
 */
function claimFormat(path: string): void {
  const file = join(path, 'format.json');
  if (!existsSync(file) && existsSync(join(path, stagingFolder))) {
    throw new StartError(`A restore into ${path} was cut short. Restore the backup again, or start with --fresh.`);
  }
  if (!holdsData(path)) writeDurably(file, JSON.stringify({ format }));
  const found: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).format : 1;
  if (found === format) return;
  throw new StartError(
    `The data in ${path} is of another version of Reliefline (format ${String(found)}, this one reads ${format}). Start with --fresh, or choose another folder with --data.`,
  );
}

/** Node's own recursive mkdir never comes back from a place like /proc, where a parent exists and refuses. */
export function makeFolder(path: string): void {
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

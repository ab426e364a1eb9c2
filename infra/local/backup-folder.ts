import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { contents, format, makeFolder, stagingFolder, writeDurably } from './data-folder.ts';
import { messageOf, StartError } from './start-error.ts';

/** What a backup says of itself, in `manifest.json` beside the files. */
const manifestSchema = z.object({
  kind: z.literal('reliefline-backup'),
  format: z.int(),
  /** The moved time at which the copy was taken, and the machine's own. */
  takenAt: z.string(),
  realTime: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

const manifestName = 'manifest.json';
const isSideFile = (name: string): boolean => /-(wal|shm)$/.test(name);

/** @throws StartError where something lies there already: a backup is never written over another */
export function refuseTaken(to: string): void {
  if (!existsSync(to)) return;
  throw new StartError(`${to} is there already. Name a new place with --to.`);
}

/**
 * Copies what a data folder holds, each database by SQLite's own backup, which takes its log along. Nothing may write
 * meanwhile: that all files stand at one instant is the caller's part.
 */
export async function copyData(folder: string, to: string): Promise<void> {
  makeFolder(dirname(to));
  mkdirSync(to, { mode: 0o700 });
  for (const name of contents) {
    const source = join(folder, name);
    if (isSideFile(name) || !existsSync(source)) continue;
    if (name.endsWith('.sqlite')) await copyDatabase(source, join(to, name));
    else copyTree(source, join(to, name));
  }
}

async function copyDatabase(source: string, target: string): Promise<void> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(source);
    database.exec('PRAGMA busy_timeout = 5000');
    await backup(database, target, { rate: 10_000 });
  } catch (cause) {
    throw new StartError(`The database ${source} cannot be copied (${messageOf(cause)}).`, { cause });
  } finally {
    database?.close();
  }
}

function copyTree(source: string, target: string): void {
  if (!statSync(source).isDirectory()) {
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
    return;
  }
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) copyTree(join(source, name), join(target, name));
}

/** Writes everything through to the disk, and the manifest last: a folder without one is no backup. */
export async function sealBackup(folder: string, times: Pick<Manifest, 'takenAt' | 'realTime'>): Promise<Manifest> {
  const files: Manifest['files'] = [];
  for (const path of filesIn(folder)) {
    const handle = await open(join(folder, path), 'r');
    await handle.sync().finally(() => handle.close());
    files.push({ path, bytes: statSync(join(folder, path)).size, sha256: await digestOf(join(folder, path)) });
  }
  const manifest: Manifest = { kind: 'reliefline-backup', format, ...times, files };
  writeDurably(join(folder, manifestName), `${JSON.stringify(manifest, null, 1)}\n`);
  return manifest;
}

/**
 * Reads a backup's manifest and compares every file with it.
 *
 * @throws StartError naming the first file that is damaged, missing or strange, or the format that this version does not read
 */
export async function verifyBackup(folder: string): Promise<Manifest> {
  if (!existsSync(join(folder, manifestName)))
    throw new StartError(`${folder} is no backup of Reliefline: it has no ${manifestName}.`);
  const manifest = readManifest(join(folder, manifestName));
  if (manifest.format !== format) {
    throw new StartError(
      `The backup ${folder} is of another version of Reliefline (format ${manifest.format}, this one reads ${format}).`,
    );
  }
  const named = new Map(manifest.files.map((file) => [file.path, file]));
  for (const path of filesIn(folder)) {
    if (!named.has(path) && path !== manifestName)
      throw new StartError(`The backup ${folder} is damaged: ${path} does not belong to it.`);
  }
  for (const { path, bytes, sha256 } of manifest.files) {
    const file = join(folder, path);
    if (!existsSync(file)) throw new StartError(`The backup ${folder} is damaged: ${path} is missing.`);
    if (statSync(file).size !== bytes || (await digestOf(file)) !== sha256)
      throw new StartError(`The backup ${folder} is damaged: ${path} is not as it was taken.`);
  }
  return manifest;
}

function readManifest(file: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new StartError(`The backup is damaged: ${file} cannot be read.`, { cause });
  }
}

/** Puts a verified backup's files at their places in an emptied data folder; the format, without which nothing is read, last. */
export function placeFiles(staged: string, folder: string): void {
  const names = contents.filter((name) => existsSync(join(staged, name)));
  for (const name of [...names.filter((each) => each !== 'format.json'), 'format.json'])
    renameSync(join(staged, name), join(folder, name));
  rmSync(staged, { recursive: true });
}

/** Copies a backup beside the data, so that what is there now goes only once the whole copy has come. */
export async function stageBackup(from: string, folder: string): Promise<string> {
  const staged = join(folder, stagingFolder);
  rmSync(staged, { recursive: true, force: true });
  copyTree(from, staged);
  await verifyBackup(staged);
  for (const path of filesIn(staged)) {
    const handle = await open(join(staged, path), 'r');
    await handle.sync().finally(() => handle.close());
  }
  return staged;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

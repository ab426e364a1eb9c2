import { existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { copyData, refuseTaken, sealBackup } from './backup-folder.ts';
import { openClock } from './clock.ts';
import { showInstant } from './clock-time.ts';
import { FolderInUse, holdsData, openDataFolder } from './data-folder.ts';
import { messageOf, StartError } from './start-error.ts';
import { whereaboutsOf } from './whereabouts.ts';

/** `npm run backup` copies the data at one instant, of a running Reliefline or of one that is stopped. */
const usage = `npm run backup -- [--data .reliefline] [--to FOLDER]
  --data  the folder that keeps everything; whether a Reliefline runs on it or not
  --to    the new folder for the backup; left out, one named after the time, in DATA-backups
  The folder holds the master key too: who has it can read every personal value.`;

const answered = z.union([
  z.object({ takenAt: z.string(), files: z.number(), bytes: z.number(), pausedMs: z.number() }),
  z.object({ message: z.string() }),
]);

/** Takes a backup and says it in a line. @throws StartError for what a person can put right */
export async function backUp({ data, to }: { data: string; to: string }): Promise<string> {
  if (!existsSync(data) || !holdsData(data))
    throw new StartError(`There is no data in ${data}. Name its folder with --data.`);
  refuseTaken(to);
  try {
    return await copyStopped(data, to);
  } catch (error) {
    if (error instanceof FolderInUse) return askRunning(data, to);
    throw error;
  }
}

async function copyStopped(data: string, to: string): Promise<string> {
  const folder = openDataFolder(data, { fresh: false });
  try {
    if (!['dynamodb.sqlite', 'dynamodb-local'].some((name) => existsSync(join(data, name)))) {
      throw new StartError(
        `The tables of ${data} are not in it but in a DynamoDB elsewhere: a copy at one instant is not possible.`,
      );
    }
    const takenAt = showInstant(openClock({ folder: data }).now());
    const partial = `${to}.partial`;
    rmSync(partial, { recursive: true, force: true });
    await copyData(data, partial);
    const { files } = await sealBackup(partial, { takenAt, realTime: new Date().toISOString() });
    renameSync(partial, to);
    return told(to, { takenAt, files: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0) });
  } finally {
    folder.release();
  }
}

async function askRunning(data: string, to: string): Promise<string> {
  const url = whereaboutsOf(data);
  const response =
    url === undefined
      ? undefined
      : await fetch(`${url}/_local/backup`, { method: 'POST', body: JSON.stringify({ to }) }).catch(() => undefined);
  if (response === undefined)
    throw new StartError(`The Reliefline that runs on ${data} does not answer. Wait until it is ready, or stop it.`);
  const answer = answered.parse(await response.json());
  if ('message' in answer) throw new StartError(answer.message);
  return `${told(to, answer)} Work waited ${(answer.pausedMs / 1_000).toFixed(1)} s.`;
}

const told = (to: string, { takenAt, files, bytes }: { takenAt: string; files: number; bytes: number }): string =>
  `Backup of ${takenAt}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB, in ${to}.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '.reliefline' },
      to: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const data = resolve(values.data);
  const name = new Date().toISOString().slice(0, 19).replaceAll(':', '');
  console.log(await backUp({ data, to: values.to === undefined ? join(`${data}-backups`, name) : resolve(values.to) }));
  return 0;
}

if (import.meta.main) {
  process.exitCode = await main().catch((error: unknown) => {
    console.error(messageOf(error));
    return 1;
  });
}

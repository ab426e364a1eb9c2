import { renameSync, rmSync } from 'node:fs';
import { showInstant } from './clock-time.ts';
import { copyData, refuseTaken, sealBackup } from './backup-folder.ts';
import type { DynamoDb } from './dynamodb.ts';
import type { Gate } from './gate.ts';
import type { Lambdas } from './lambda.ts';
import { StartError } from './start-error.ts';

export type Backup = { to: string; takenAt: string; files: number; bytes: number; pausedMs: number };

/** A function may run so long; longer than that nobody's page should wait for a backup. */
const functionsEndMs = 60_000;
/** What a browser is sending to the evidence bucket may come to its end. */
const uploadsEndMs = 10_000;

/**
 * Copies a running system at one instant. New work waits at the door: pages, tasks of executions, schedules; what runs
 * comes to its end; then uploads and mails wait too. Now nothing writes to the tables, objects and mails, and an
 * execution can only go as far as its next task, which a restored one would reach from the same tables as well. Work
 * waits while the files are copied; digests and the disk are waited for after it goes on.
 *
 * @throws StartError in one sentence when it cannot be done; then nothing is left at `to`
 */
export async function takeBackup(options: {
  folder: string;
  to: string;
  database: Pick<DynamoDb, 'kind' | 'endpoint'>;
  lambdas: Pick<Lambdas, 'pause' | 'goOn'>;
  doors: readonly Gate[];
  now: () => number;
}): Promise<Backup> {
  const { folder, to, lambdas, doors } = options;
  refuseOtherDatabase(options.database);
  refuseTaken(to);
  const partial = `${to}.partial`;
  rmSync(partial, { recursive: true, force: true });
  const began = performance.now();
  try {
    if (!(await lambdas.pause(functionsEndMs))) throw busy('a function');
    const areShut = await Promise.all(doors.map((door) => door.shut(uploadsEndMs)));
    if (areShut.includes(false)) throw busy('an upload');
    const times = { takenAt: showInstant(options.now()), realTime: new Date().toISOString() };
    await copyData(folder, partial);
    const pausedMs = Math.round(performance.now() - began);
    goOn();
    const { files } = await sealBackup(partial, times);
    renameSync(partial, to);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { to, takenAt: times.takenAt, files: files.length, bytes, pausedMs };
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  } finally {
    goOn();
  }

  function goOn(): void {
    for (const door of doors) door.open();
    lambdas.goOn();
  }
}

const busy = (what: string): StartError =>
  new StartError(`There was no still moment: ${what} did not come to its end. Take the backup again later.`);

function refuseOtherDatabase({ kind, endpoint }: Pick<DynamoDb, 'kind' | 'endpoint'>): void {
  if (kind === 'dynoxide') return;
  throw new StartError(
    kind === 'DynamoDB Local'
      ? 'The tables are kept by DynamoDB Local, whose file cannot be copied while it runs. Stop Reliefline and take the backup then.'
      : `The tables are kept by the DynamoDB at ${endpoint}, not in the data folder: a copy at one instant is not possible.`,
  );
}

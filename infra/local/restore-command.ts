import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { placeFiles, stageBackup, verifyBackup } from './backup-folder.ts';
import { emptyDataFolder, holdsData, lockDataFolder } from './data-folder.ts';
import { messageOf, StartError } from './start-error.ts';

/** `npm run restore` brings a backup back into a data folder; `npm start` then goes on from its instant. */
const usage = `npm run restore -- BACKUP [--data .reliefline] [--fresh]
  BACKUP   a folder that npm run backup has written
  --data   where the data go
  --fresh  empty that folder first; without it one that holds data is refused`;

/** Brings a backup back and says it in a line. @throws StartError for what a person can put right; then nothing is changed */
export async function restore({ from, data, fresh }: { from: string; data: string; fresh: boolean }): Promise<string> {
  const { takenAt, files } = await verifyBackup(from);
  const lock = lockDataFolder(data);
  try {
    if (!fresh && holdsData(data))
      throw new StartError(
        `There is data in ${data} already. Choose another folder with --data, or lose it with --fresh.`,
      );
    const staged = await stageBackup(from, data);
    emptyDataFolder(data);
    placeFiles(staged, data);
  } finally {
    lock.release();
  }
  return `Restored ${files.length} files of ${takenAt} into ${data}. Start it with npm start -- --data ${data}`;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', default: '.reliefline' },
      fresh: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [from] = positionals;
  if (values.help || from === undefined || positionals.length > 1) {
    console.log(usage);
    return values.help ? 0 : 1;
  }
  console.log(await restore({ from: resolve(from), data: resolve(values.data), fresh: values.fresh }));
  return 0;
}

if (import.meta.main) {
  process.exitCode = await main().catch((error: unknown) => {
    console.error(messageOf(error));
    return 1;
  });
}

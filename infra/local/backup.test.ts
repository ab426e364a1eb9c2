import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backUp } from './backup-command.ts';
import { stageBackup } from './backup-folder.ts';
import { emptyDataFolder, lockDataFolder, openDataFolder } from './data-folder.ts';
import { restore } from './restore-command.ts';
import { takeBackup } from './take-backup.ts';

let folder: string;
let data: string;
let to: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reliefline-backup-'));
  [data, to] = [join(folder, 'data'), join(folder, 'backup')];
  openDataFolder(data, { fresh: false }).release();
  for (const name of ['dynamodb.sqlite', 'step-functions.sqlite']) {
    const database = new DatabaseSync(join(data, name));
    database.exec(`PRAGMA journal_mode = WAL; CREATE TABLE kept (name TEXT); INSERT INTO kept VALUES ('${name}')`);
    database.close();
  }
  mkdirSync(join(data, 'objects/evidence'), { recursive: true });
  writeFileSync(join(data, 'objects/evidence/paper'), 'a paper');
  writeFileSync(join(data, 'master-key.json'), '{"secret":"kept"}', { mode: 0o600 });
  writeFileSync(join(data, 'mails.jsonl'), '{}\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const files = (of: string) =>
  readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/lock\.sqlite|-(wal|shm)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(of.length + 1))
    .sort();
const everything = [
  'clock.json',
  'dynamodb.sqlite',
  'format.json',
  'mails.jsonl',
  'master-key.json',
  'objects/evidence/paper',
  'step-functions.sqlite',
];
const rowsOf = (file: string) => {
  const database = new DatabaseSync(file);
  const rows = database.prepare('SELECT name FROM kept').all();
  database.close();
  return rows.map(({ name }) => name);
};

describe('a backup of data that nobody runs on', () => {
  test('holds everything and comes back as it was, readable by its owner alone', async () => {
    expect(await backUp({ data, to })).toContain(`7 files`);
    expect(files(to)).toEqual([...everything, 'manifest.json'].sort());
    expect(statSync(to).mode & 0o077).toBe(0);
    const elsewhere = join(folder, 'elsewhere');
    expect(await restore({ from: to, data: elsewhere, fresh: false })).toContain('Restored 7 files');
    expect(files(elsewhere)).toEqual(everything);
    expect(rowsOf(join(elsewhere, 'dynamodb.sqlite'))).toEqual(['dynamodb.sqlite']);
    expect(rowsOf(join(elsewhere, 'step-functions.sqlite'))).toEqual(['step-functions.sqlite']);
    expect(readFileSync(join(elsewhere, 'master-key.json'), 'utf8')).toBe('{"secret":"kept"}');
    expect(statSync(join(elsewhere, 'master-key.json')).mode & 0o077).toBe(0);
    openDataFolder(elsewhere, { fresh: false }).release();
  });

  test('takes along what a killed database has left in its log', async () => {
    const database = new DatabaseSync(join(data, 'dynamodb.sqlite'));
    database.exec("PRAGMA wal_autocheckpoint = 0; INSERT INTO kept VALUES ('in the log')");
    await backUp({ data, to });
    database.close();
    await restore({ from: to, data, fresh: true });
    expect(rowsOf(join(data, 'dynamodb.sqlite'))).toEqual(['dynamodb.sqlite', 'in the log']);
  });

  test('is refused where something lies already, where there is no data, and where the tables are elsewhere', async () => {
    mkdirSync(to);
    await expect(backUp({ data, to })).rejects.toThrow(`${to} is there already. Name a new place with --to.`);
    await expect(backUp({ data: join(folder, 'nowhere'), to })).rejects.toThrow('There is no data in');
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
    rmSync(join(data, 'dynamodb.sqlite'));
    await expect(backUp({ data, to: join(folder, 'b') })).rejects.toThrow('in a DynamoDB elsewhere');
    expect(existsSync(join(folder, 'b'))).toBe(false);
  });

  test('says so where another process has the data and does not answer', async () => {
    const lock = lockDataFolder(data);
    await expect(backUp({ data, to })).rejects.toThrow(`The Reliefline that runs on ${data} does not answer.`);
    lock.release();
  });
});

describe('a restore', () => {
  beforeEach(() => backUp({ data, to }));
  const again = (fresh = true) => restore({ from: to, data, fresh });

  test('never goes over data without --fresh, nor under a running Reliefline', async () => {
    await expect(again(false)).rejects.toThrow(`There is data in ${data} already.`);
    const lock = lockDataFolder(data);
    await expect(again()).rejects.toThrow(`Another Reliefline is running on the data in ${data}.`);
    lock.release();
  });

  test.each<[string, (at: string) => void, string]>([
    [
      'one byte changed',
      (at) => writeFileSync(join(at, 'objects/evidence/paper'), 'a piper'),
      'objects/evidence/paper is not as it was taken',
    ],
    [
      'a file cut short',
      (at) => writeFileSync(join(at, 'dynamodb.sqlite'), ''),
      'dynamodb.sqlite is not as it was taken',
    ],
    ['a file gone', (at) => rmSync(join(at, 'master-key.json')), 'master-key.json is missing'],
    [
      'a file too many',
      (at) => writeFileSync(join(at, 'objects/evidence/more'), ''),
      'objects/evidence/more does not belong to it',
    ],
    ['a manifest cut short', (at) => writeFileSync(join(at, 'manifest.json'), '{'), 'manifest.json cannot be read'],
    ['no manifest', (at) => rmSync(join(at, 'manifest.json')), 'it has no manifest.json'],
    [
      'another format',
      (at) => {
        const file = join(at, 'manifest.json');
        writeFileSync(file, readFileSync(file, 'utf8').replace(/"format": \d+/, '"format": 99'));
      },
      'is of another version of Reliefline (format 99',
    ],
  ])('of a backup with %s says so in a line and leaves the data alone', async (_what, damage, words) => {
    damage(to);
    const error: unknown = await again().catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toContain(words);
    expect(String(error)).not.toContain('\n');
    expect(files(data)).toEqual(everything);
  });

  test('that ended half way is never taken for the data', async () => {
    rmSync(join(data, 'format.json'));
    expect(() => openDataFolder(data, { fresh: false })).toThrow('another version');
    appendFileSync(join(data, 'mails.jsonl'), 'later');
    await again();
    expect(readFileSync(join(data, 'mails.jsonl'), 'utf8')).toBe('{}\n');
  });

  test('that ended when the old data had gone is no empty folder to begin in, until it is done again', async () => {
    await stageBackup(to, data);
    openDataFolder(data, { fresh: false }).release();
    emptyDataFolder(data);
    expect(() => openDataFolder(data, { fresh: false })).toThrow(
      `A restore into ${data} was cut short. Restore the backup again, or start with --fresh.`,
    );
    await again(false);
    openDataFolder(data, { fresh: false }).release();
    expect(files(data)).toEqual(everything);
  });
});

test.each([
  ['DynamoDB Local', 'cannot be copied while it runs'],
  ['elsewhere', 'a copy at one instant is not possible'],
] as const)('a running system whose tables are kept by %s is not copied, and says why', async (kind, words) => {
  const unused = async () => true;
  const lambdas = { pause: unused, goOn: () => undefined };
  const database = { kind, endpoint: 'http://127.0.0.1:1' };
  await expect(takeBackup({ folder: data, to, database, lambdas, doors: [], now: () => 0 })).rejects.toThrow(words);
});

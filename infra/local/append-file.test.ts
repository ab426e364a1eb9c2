import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAppendFile } from './append-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reliefline-append-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a last line that a crash cut short is dropped when the file is opened, so that it does not spoil the next one', async () => {
  const path = join(folder, 'mails.jsonl');
  writeFileSync(path, '{"kept":"第一封"}\n{"cut');
  for (const line of ['{"kept":2}', '{"kept":3}']) {
    const file = openAppendFile(path);
    file.append(line);
    await file.close();
  }
  expect(readFileSync(path, 'utf8')).toBe('{"kept":"第一封"}\n{"kept":2}\n{"kept":3}\n');
});

test('a file of nothing but a cut line begins anew', async () => {
  const path = join(folder, 'mails.jsonl');
  writeFileSync(path, '{"cut');
  const file = openAppendFile(path);
  file.append('{}');
  await file.close();
  expect(readFileSync(path, 'utf8')).toBe('{}\n');
});

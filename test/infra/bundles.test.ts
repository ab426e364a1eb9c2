import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleFunctions } from '../../infra/constructs/bundle-functions.ts';
import { functionEntries, functionNames } from '../../infra/constructs/function-entries.ts';

const step = (mail: 'ses' | 'smtp') => readFileSync(join(bundleFunctions(mail).ClimbRung, 'index.mjs'), 'utf8');

test('nothing is built again while no source changes', () => {
  expect(bundleFunctions('ses')).toEqual(bundleFunctions('ses'));
});

test('a bundle holds the library of its own way of sending mail alone', () => {
  expect(step('ses')).toMatch(/import\("nodemailer"\)/);
  expect(step('ses')).toContain('/v2/email/outbound-emails');
  expect(step('smtp')).not.toMatch(/import\("nodemailer"\)/);
  expect(step('smtp')).not.toContain('/v2/email/outbound-emails');
  expect(step('smtp')).not.toMatch(/from ?"@aws-sdk/);
});

test('every function of the table has a file of its own', () => {
  expect(new Set(Object.values(functionEntries)).size).toBe(Object.keys(functionEntries).length);
});

/** All that Lambda loads: every file of the asset but the source maps, which it reads only to tell where an error was. */
const bytesOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.endsWith('.map'))
    .map((file) => statSync(join(folder, file)))
    .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);

describe('a bundle is small', () => {
  const most = { withElectroDb: 650_000, without: 400_000 };
  const bundles = bundleFunctions('ses');

  test.each(functionNames)('%s', (name) => {
    const holdsElectroDb = /ElectroError/.test(readFileSync(join(bundles[name], 'index.mjs'), 'utf8'));
    expect(bytesOf(bundles[name])).toBeLessThanOrEqual(holdsElectroDb ? most.withElectroDb : most.without);
  });

  test('what sends by SMTP is larger by its library and by nothing else', () => {
    const nodemailer = 250_000;
    const bySmtp = bundleFunctions('smtp');
    for (const name of functionNames) {
      expect(bytesOf(bySmtp[name]) - bytesOf(bundles[name])).toBeLessThanOrEqual(nodemailer);
    }
  });

  test('nothing of the SDK’s own clients is left in it', () => {
    for (const name of functionNames) {
      const { sources } = JSON.parse(readFileSync(join(bundles[name], 'index.mjs.map'), 'utf8'));
      const clients = sources.filter((file: string) => /@aws-sdk\/(client-|nested-clients|credential-)/.test(file));
      expect(clients).toEqual([]);
    }
  });
});

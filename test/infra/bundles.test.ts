import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleFunctions } from '../../infra/constructs/bundle-functions.ts';
import { functionEntries } from '../../infra/constructs/function-entries.ts';

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

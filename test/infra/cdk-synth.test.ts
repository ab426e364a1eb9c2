import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');
const output = mkdtempSync(join(tmpdir(), 'reliefline-synth-'));
afterAll(() => rmSync(output, { recursive: true, force: true }));

test('npx cdk synth makes the stack without a word of warning', { timeout: 180_000 }, async () => {
  const cdk = join(repository, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  // What CDK's makers have to tell, and newer versions, come over the network: a test asks for neither.
  const args = [cdk, 'synth', '--quiet', '--no-notices', '--no-color', '--output', output];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    cwd: repository,
    env: { ...process.env, CDK_DISABLE_VERSION_CHECK: '1' },
  });
  expect({ stdout: stdout.trim(), stderr: stderr.trim() }).toEqual({ stdout: '', stderr: '' });
  expect(readdirSync(output)).toContain('Reliefline.template.json');
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `npm test`: everything that must hold on main, in the order in which it fails fastest. Prints what each step took and, as its last
 * line, how many tests passed and failed.
 */
const reports = join(import.meta.dirname, '../node_modules/.cache/test-reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const vitest = (...projects: string[]): string[] => [
  'vitest',
  'run',
  ...projects.flatMap((name) => ['--project', name]),
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${join(reports, `${projects.join('-')}.json`)}`,
];

const steps: { name: string; command: string; args: string[] }[] = [
  { name: 'browser and Java', command: 'bash', args: ['test/install-browser.sh'] },
  { name: 'types', command: 'npm', args: ['run', '--silent', 'types'] },
  { name: 'lint', command: 'npm', args: ['run', '--silent', 'lint'] },
  { name: 'format', command: 'npm', args: ['run', '--silent', 'format'] },
  { name: 'unit tests', command: 'npx', args: vitest('unit') },
  { name: 'store', command: 'npx', args: vitest('store') },
  { name: 'stack, workflows, runtime', command: 'npx', args: vitest('infra') },
  { name: 'journeys', command: 'npx', args: vitest('journeys') },
  { name: 'the year 2016', command: 'npm', args: ['run', '--silent', 'replay', '--', '--json'] },
];

const wrong: string[] = [];
for (const { name, command, args } of steps) {
  console.log(`\n== ${name}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`== ${name}: ${status === 0 ? 'good' : 'WRONG'} after ${Math.round((Date.now() - started) / 1000)} s`);
  if (status !== 0) wrong.push(name);
}

let passed = 0;
let failed = 0;
for (const name of ['unit', 'store', 'infra', 'journeys']) {
  const file = join(reports, `${name}.json`);
  if (!existsSync(file)) continue;
  const report: { numPassedTests: number; numFailedTests: number } = JSON.parse(readFileSync(file, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
}
if (wrong.length > 0) console.log(`\nWrong: ${wrong.join(', ')}`);
console.log(`\n${passed} passed, ${Math.max(failed, wrong.length)} failed`);
process.exit(wrong.length === 0 ? 0 : 1);

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Outcome, runSteps, type Step, script } from './support/run-steps.ts';

/**
 * `npm test`: everything that must hold on main. First what the others need (browser, Java, the synthesized stack), then the rest two
 * at a time, the longest first. Prints what each step took and, as its last line, how many tests passed and failed.
 */
const reports = join(import.meta.dirname, '../node_modules/.cache/test-reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const projects = {
  unit: 'unit tests',
  store: 'store',
  infra: 'stack, workflows, runtime',
  chaos: 'random histories',
  year: 'the turn of a year',
  journeys: 'journeys',
} as const;
type Project = keyof typeof projects;
const reportOf = (project: Project): string => join(reports, `${project}.json`);
const vitest = (project: Project): Step => ({
  name: projects[project],
  command: 'npx',
  args: [
    ...['vitest', 'run', '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(project)}`],
  ],
});

const before = await runSteps(
  [
    { name: 'browser and Java', command: 'bash', args: ['test/install-browser.sh'] },
    // Once for all: who starts a Reliefline then finds it made.
    { name: 'synthesis', command: 'node', args: ['test/support/synthesize.ts'] },
  ],
  { width: 1 },
);
const rest = await runSteps(
  [
    vitest('journeys'),
    script('lint', 'lint'),
    script('types', 'types'),
    // Random histories run at their full number in a step of their own.
    { ...vitest('unit'), env: { RUNS: '40' } },
    script('the year 2016', 'replay', '--json'),
    vitest('infra'),
    vitest('chaos'),
    vitest('year'),
    script('a sample of changes noticed', 'mutate', '--sample'),
    script('the bench runs', 'bench', '--quick'),
    vitest('store'),
    // The step before has installed Java, or failed by name.
    script('store on DynamoDB Local', 'test:dynamodb-local'),
    script('format', 'format'),
  ],
  { width: 2 },
);

/** A step that is no project of vitest counts as one test. */
const counted = new Set<string>(Object.values(projects));
const isOwnTest = ({ name }: Outcome): boolean => !counted.has(name);
const reportSchema = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const outcomes = [...before, ...rest];
let passed = outcomes.filter((each) => isOwnTest(each) && each.isGood).length;
let failed = outcomes.filter((each) => isOwnTest(each) && !each.isGood).length;
for (const project of ['unit', 'store', 'infra', 'chaos', 'year', 'journeys'] as const) {
  const isGood = outcomes.find(({ name }) => name === projects[project])?.isGood === true;
  const file = reportOf(project);
  const report = existsSync(file) ? reportSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  passed += report?.numPassedTests ?? 0;
  // A project may fail without a failed test: a file that does not load, an error that nobody caught.
  failed += isGood ? 0 : Math.max(1, report?.numFailedTests ?? 0);
}

console.log('\nseconds');
for (const { name, seconds, isGood } of outcomes) {
  console.log(`${seconds.toFixed(1).padStart(7)}  ${isGood ? ' ' : '✗'} ${name}`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

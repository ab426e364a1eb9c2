import { runSteps, script } from './support/run-steps.ts';

/**
 * `npm run check`: what must hold before every commit, two parts at a time, the longest first. Only what is wrong prints more than
 * its time. The unit tests share their modules here, which saves a third of a minute; `npm test` runs each file on its own, and random
 * histories as often as they need.
 */
const started = performance.now();
const outcomes = await runSteps(
  [
    script('lint', 'lint'),
    script('types', 'types'),
    { ...script('unit tests', 'unit', '--no-isolate'), env: { RUNS: '40' } },
    script('format', 'format'),
  ],
  { width: 2, quiet: true },
);
const wrong = outcomes.filter(({ isGood }) => !isGood).map(({ name }) => name);
const seconds = Math.round((performance.now() - started) / 1000);
console.log(wrong.length === 0 ? `All good after ${seconds} s` : `Wrong after ${seconds} s: ${wrong.join(', ')}`);
process.exitCode = wrong.length === 0 ? 0 : 1;

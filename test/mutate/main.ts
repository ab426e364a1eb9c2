import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import * as z from 'zod';
import { lowestScore, scoresOf, showScores } from './scores.ts';

const usage = `npm run mutate [-- --sample] [-- --file shared/kernel/money.ts …] [-- --go-on]
  Changes the rules of money, links, eligibility and audit in small ways, one at a time, and counts how many of the changes some
  unit test notices. Exit code 1 if it is less than ${lowestScore} % in any file.
  --sample  money.ts alone, by the kernel's own tests: part of npm test
  --file    these files only
  --go-on   tries again only what changed since the last run: while writing tests, not as a proof`;

/** What the sample leaves out would change nothing about money.ts: its own tests must notice. */
const sample = { file: 'shared/kernel/money.ts', tests: 'shared/kernel/*.test.ts' } as const;
const cache = join(import.meta.dirname, '../../node_modules/.cache/mutate');
const reportSchema = z.object({
  files: z.record(z.string(), z.object({ mutants: z.array(z.object({ status: z.string() })) })),
});

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      sample: { type: 'boolean' },
      file: { type: 'string', multiple: true },
      'go-on': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  const isSample = values.sample === true;
  if (isSample) process.env.MUTATE_TESTS = sample.tests;
  const files = isSample ? [sample.file] : values.file;
  const report = join(cache, isSample ? 'sample.json' : 'report.json');
  await new Stryker({
    configFile: join(import.meta.dirname, 'stryker.config.mjs'),
    jsonReporter: { fileName: report },
    incremental: !isSample,
    // What is kept of the last run is kept for --go-on alone.
    force: values['go-on'] !== true,
    ...(files === undefined ? {} : { mutate: files }),
  }).runMutationTest();
  const { files: found } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
  const scores = scoresOf(found).filter(({ file }) => files === undefined || files.includes(file));
  console.log(`\n${showScores(scores)}`);
  return scores.length > 0 && scores.every(({ isEnough }) => isEnough) ? 0 : 1;
}

process.exitCode = await main();

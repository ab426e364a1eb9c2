import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a wrong sign or a lost condition would cost money, open a link, let in who may not apply, or hide a change. */
const mutate = [
  'shared/kernel/money.ts',
  'shared/kernel/audit.ts',
  'shared/funds/*.ts',
  'shared/disbursement/decide-batch.ts',
  'shared/proof/*.ts',
  'shared/programmes/evaluate.ts',
  'shared/intake/judge-intake.ts',
  'shared/intake/suggest-amount.ts',
  'shared/cases/batch-payout.ts',
  'shared/cases/make-award.ts',
  'shared/cases/order-payouts.ts',
  'shared/cases/seats.ts',
  'shared/cases/settle-payout.ts',
  'shared/cases/take-back.ts',
  'shared/cases/tally-votes.ts',
  'shared/store/box.ts',
  'shared/store/link-store.ts',
  'shared/store/secret-token.ts',
  '!**/*.test.ts',
];

export default {
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutate/vitest.config.mjs' },
  coverageAnalysis: 'perTest',
  mutate,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  // What survived is what matters; the tests that ran for it are in the report.
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  jsonReporter: { fileName: 'node_modules/.cache/mutate/report.json' },
  incremental: true,
  incrementalFile: 'node_modules/.cache/mutate/incremental.json',
  tempDirName: join(tmpdir(), 'reliefline-mutate'),
  ignorePatterns: ['.ci', '.reliefline', 'cdk.out', 'coverage', 'docs', 'functions/web', 'test/journeys'],
  concurrency: 2,
  // A change is not noticed because the machine was busy: only what would run for ever may end by time.
  timeoutMS: 30_000,
  timeoutFactor: 3,
  thresholds: { high: 90, low: 80, break: 80 },
};

import { defineConfig } from 'vitest/config';

/** The unit tests that stand beside the mutated files, random ones with fewer tries, and the store's test of links. `MUTATE_TESTS` narrows them for a sample. */
export default defineConfig({
  test: {
    include: process.env.MUTATE_TESTS?.split(' ') ?? [
      'shared/{kernel,funds,intake,programmes,cases,disbursement,proof,store}/**/*.test.ts',
      'test/store/links.test.ts',
    ],
    env: { TZ: 'UTC', RUNS: '15' },
  },
});

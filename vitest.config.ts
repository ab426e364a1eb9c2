import { defineConfig } from 'vitest/config';

/** `unit` needs nothing but Node; the other projects start servers on 127.0.0.1, each on a port of its own. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            '{functions,infra,shared,workflows}/**/*.test.{ts,tsx}',
            'test/{architecture,cost,mutate,replay,support}/**/*.test.ts',
          ],
          // For thousands of random cases on a busy machine; what takes so long on a quiet one belongs elsewhere.
          testTimeout: 20_000,
          env: { TZ: 'UTC' },
        },
      },
      {
        extends: true,
        test: {
          name: 'store',
          include: ['test/store/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          env: { TZ: 'UTC' },
        },
      },
      {
        extends: true,
        test: {
          name: 'infra',
          include: ['test/infra/**/*.test.ts', 'test/workflows/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          env: { TZ: 'UTC' },
        },
      },
      {
        extends: true,
        test: {
          name: 'chaos',
          include: ['test/chaos/**/*.test.ts', 'shared/**/*-sequences.test.ts'],
          testTimeout: 6 * 3_600_000,
          hookTimeout: 120_000,
          env: { TZ: 'UTC' },
        },
      },
      {
        extends: true,
        test: {
          name: 'year',
          // Whole years only where their number is given: npm test has the replay.
          include: [process.env['RUNS'] === undefined ? 'test/year/turn-of-*.test.ts' : 'test/year/**/*.test.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          env: { TZ: 'UTC' },
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          env: { TZ: 'UTC' },
        },
      },
    ],
  },
});

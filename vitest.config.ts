import { defineConfig } from 'vitest/config';

/** `unit` needs nothing but Node; the other projects start servers on 127.0.0.1, each on a port of its own. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{functions,infra,shared,workflows,test/architecture,test/replay}/**/*.test.{ts,tsx}'],
          env: { TZ: 'UTC' },
        },
      },
      {
        extends: true,
        test: { name: 'store', include: ['test/store/**/*.test.ts'], testTimeout: 30_000, env: { TZ: 'UTC' } },
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

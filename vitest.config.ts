import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { mjmlVitePlugin } from './emails/mjml-plugin.ts';

export default defineConfig({
  plugins: [mjmlVitePlugin],
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/**/*.long.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Tests of the local stack mostly wait: two cores have room for a third.
    maxWorkers: Math.max(3, availableParallelism()),
    provide: { fuzz: { runs: 200, seed: 1 } },
  },
});

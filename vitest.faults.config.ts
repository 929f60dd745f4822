import { defineConfig } from 'vitest/config';
import { shared } from './vitest.config.ts';

/**
 * Every test of faults, the long ones too: the fault matrix, crashes at every step, safeguards
 * removed. One stack at a time.
 */
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: ['test/faults/**/*.test.ts'],
    exclude: [],
    testTimeout: 20 * 60_000,
    // A quarter passes before its tests begin.
    hookTimeout: 60 * 60_000,
    fileParallelism: false,
  },
});

import { defineConfig } from 'vitest/config';
import everyday from './vitest.config.ts';

/** The same properties, tried ten thousand times from a new seed. */
export default defineConfig({
  ...everyday,
  test: {
    ...everyday.test,
    include: ['test/**/*.fuzz.test.ts'],
    testTimeout: 30 * 60_000,
    provide: { fuzz: { runs: 10_000, seed: 'new' } },
  },
});

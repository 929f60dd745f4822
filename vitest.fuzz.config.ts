import { defineConfig } from 'vitest/config';
import { shared } from './vitest.config.ts';

/** The same properties, tried ten thousand times from a new seed. */
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: ['test/**/*.fuzz.test.ts'],
    testTimeout: 30 * 60_000,
    provide: { ...shared.test.provide, fuzz: { runs: 10_000, seed: 'new' } },
  },
});

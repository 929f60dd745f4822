import { defineConfig } from 'vitest/config';
import { shared } from './vitest.config.ts';

/**
 * The loop to work in: pure code and mails, no engine, no browser, no stack, and nothing that takes
 * seconds.
 */
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: ['test/*.test.ts', 'test/unit/**/*.test.ts'],
    exclude: ['test/**/*.{fuzz,slow}.test.ts'],
    maxWorkers: '100%',
  },
});

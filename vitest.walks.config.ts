import { defineConfig } from 'vitest/config';
import { shared } from './vitest.config.ts';

/** Walks through pages in a browser, each page in light and dark, wide and narrow, with axe. */
export default defineConfig({
  ...shared,
  test: { ...shared.test, include: ['test/stack/**/*.long.test.ts'] },
});

import { defineConfig } from 'vitest/config';
import { shared } from './vitest.config.ts';

/**
 * What takes a browser or a stack for minutes: walks through pages with axe, mails at their widths,
 * hostile postmortems, an account that SES has paused.
 */
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: ['test/stack/**/*.long.test.ts', 'test/stack/readers-in-control.test.ts'],
    provide: { ...shared.test.provide, windows: 'every' },
  },
});

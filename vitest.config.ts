import { availableParallelism } from 'node:os';
import { defineConfig, type Plugin } from 'vitest/config';
import { mjmlVitePlugin } from './emails/mjml-plugin.ts';
import { patienceMs } from './test/support/waited-for.ts';
import { WaitingFirst } from './test/support/waiting-first.ts';

/**
 * Packages are those that the functions have, and not their variants for development: that of
 * micromark checks itself at each character.
 */
const asDeployed: Plugin = {
  name: 'as-deployed',
  configResolved({ ssr }) {
    const conditions = ssr.resolve?.conditions;
    conditions?.splice(0, conditions.length, ...conditions.filter((one) => one !== 'development|production'));
  },
};

/** What every run of tests shares, those of faults and of fuzzing too. */
export const shared = {
  plugins: [mjmlVitePlugin, asDeployed],
  test: {
    // Only what hangs is ended: a machine that is busy with other things needs long for what else
    // takes a second. No test has less time than these.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // As long as any wait, and less than the test, so that it says what it found instead.
    expect: { poll: { timeout: patienceMs, interval: 250 } },
    pool: 'forks' as const,
    // A worker takes one file after the other: each would load the same code again, and bundle the
    // functions again.
    isolate: false,
    globalSetup: 'test/support/temporary-folder.ts',
    // Tests on the running stack mostly wait, so that more run at once than there are processors.
    sequence: { sequencer: WaitingFirst },
    maxWorkers: availableParallelism() + 1,
    provide: { fuzz: { runs: 40, seed: 1 as number | 'new' }, windows: 'narrow' as 'narrow' | 'every' },
  },
};

/** Every test of `npm test`. One project: a worker serves one alone, and would load all code again for each. */
export default defineConfig({
  ...shared,
  test: { ...shared.test, include: ['test/**/*.test.ts'], exclude: ['test/**/*.long.test.ts'] },
});

import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { mjmlVitePlugin } from './emails/mjml-plugin.ts';
import { WaitingFirst } from './test/support/waiting-first.ts';

/** What every run of tests shares, those of faults and of fuzzing too. */
export const shared = {
  plugins: [mjmlVitePlugin],
  test: {
    // Only what hangs is ended: a machine that is busy with other things needs long for what else
    // takes a second.
    testTimeout: 240_000,
    hookTimeout: 600_000,
    pool: 'forks' as const,
    // A worker takes one file after the other: each would load the same code again, and bundle the
    // functions again.
    isolate: false,
    globalSetup: 'test/support/temporary-folder.ts',
    // Tests on the running stack mostly wait, so that more run at once than there are processors.
    sequence: { sequencer: WaitingFirst },
    maxWorkers: availableParallelism() + 1,
    provide: { fuzz: { runs: 80, seed: 1 as number | 'new' } },
  },
};

const project = (name: string, include: string[], exclude: string[] = []): TestProjectConfiguration => ({
  extends: true,
  test: { name, include, exclude: ['test/**/*.long.test.ts', ...exclude] },
});

export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    projects: [
      // The loop to work in: pure code and mails, no engine, no browser, no stack, and nothing that
      // takes seconds.
      project('unit', ['test/*.test.ts', 'test/unit/**/*.test.ts'], ['test/**/*.{fuzz,slow}.test.ts']),
      project('parts', ['test/{adapters,bin,lambdas,lib,local,samples}/**/*.test.ts', 'test/**/*.{fuzz,slow}.test.ts']),
      project('stack', ['test/{stack,faults}/**/*.test.ts']),
    ],
  },
});

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { mjmlVitePlugin } from './emails/mjml-plugin.ts';
import { WaitingFirst } from './test/waiting-first.ts';

export default defineConfig({
  plugins: [mjmlVitePlugin],
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/**/*.long.test.ts'],
    // Only what hangs is ended: a machine that is busy with other things needs long for what else takes a second.
    testTimeout: 240_000,
    hookTimeout: 600_000,
    pool: 'forks',
    // A worker takes one file after the other: each would load the same code again, and bundle the functions again.
    isolate: false,
    globalSetup: 'test/temporary-folder.ts',
    // Tests on the running stack mostly wait, so that more run at once than there are processors.
    sequence: { sequencer: WaitingFirst },
    maxWorkers: availableParallelism() + 1,
    provide: { fuzz: { runs: 80, seed: 1 } },
  },
});

import type { Command } from 'commander';
import { type Api, apiClient } from './api-client.ts';
import type { ExitCode } from './exit-codes.ts';
import { type GlobalOptions, settingsFrom } from './settings.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** What a command works with. */
export interface Session {
  readonly terminal: Terminal;
  readonly api: Api;
  /** Whether an option or the environment says which deployment is meant. */
  readonly isNamed: boolean;
  /** The address of the deployment. Throws UsedWrongly or KeyRefused as a call would. */
  readonly address: () => string;
}

/** Runs a command with a session made from its options. */
export type Run = (command: Command, work: (session: Session) => Promise<ExitCode>) => Promise<void>;

/** Settings are read with the first call, so that a command that needs no API needs no key. */
export function openSession(options: GlobalOptions, env: NodeJS.ProcessEnv): Session {
  let client: Api | undefined;
  return {
    terminal: openTerminal(Boolean(options.json), env),
    isNamed: [options.api, options.profile, env.AFTERWORD_API, env.AFTERWORD_PROFILE].some(Boolean),
    address: () => settingsFrom(options, env).api.href,
    api: async (call, schema) => {
      client ??= apiClient(settingsFrom(options, env));
      return client(call, schema);
    },
  };
}

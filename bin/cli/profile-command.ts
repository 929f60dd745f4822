import type { Command } from 'commander';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { columns } from './printable.ts';
import { filesOf, type KeyFrom, ownFile, readProfiles } from './profiles.ts';
import type { Run, Session } from './session.ts';

const profilesHelp = `
A profile names a deployment and where its key comes from, for example:

  profiles:
    staging:
      api: https://lessons-staging.example.com
      keyFrom: { env: AFTERWORD_STAGING_KEY }
    production:
      api: https://lessons.example.com
      keyFrom: { command: "pass show afterword/production" }

Two files are read: ${ownFile} in this folder, to share with a team, and ~/.config/afterword/profiles.yaml, which is yours and wins.
Neither holds a key. Only your own file may name a command. A profile is used where --profile or AFTERWORD_PROFILE names it.
--api and --key go first, then --profile, then AFTERWORD_API and AFTERWORD_KEY, then AFTERWORD_PROFILE, then the local stack.

Example:
  afterword --profile staging editions`;

export function addProfilesCommand(program: Command, run: Run, env: NodeJS.ProcessEnv): void {
  program
    .command('profiles')
    .description('list the deployments that --profile can name')
    .addHelpText('after', profilesHelp)
    .action((_options: unknown, command: Command) => run(command, async (session) => listProfiles(session, env)));
}

function listProfiles({ terminal }: Session, env: NodeJS.ProcessEnv): ExitCode {
  const { profiles, flawed } = readProfiles(env);
  const rows = profiles.map(({ name, api, keyFrom, files }) => [
    name,
    api ?? '(the local stack)',
    keySource(keyFrom, env),
    files.join(', '),
  ]);
  const { folder, user } = filesOf(env);
  if (flawed) terminal.warn(flawed.message);
  terminal.say(
    ...(rows.length > 0
      ? columns(['PROFILE', 'API', 'KEY', 'FILE'], rows)
      : [`There are no profiles in ${folder} or ${user}. See: afterword profiles --help`]),
  );
  terminal.answer({ profiles });
  return flawed?.exitCode ?? exitCodes.ok;
}

function keySource(keyFrom: KeyFrom | undefined, env: NodeJS.ProcessEnv): string {
  if (keyFrom === undefined) return 'AFTERWORD_KEY or --key';
  if ('command' in keyFrom) return `from: ${keyFrom.command}`;
  return env[keyFrom.env] ? keyFrom.env : `${keyFrom.env} (not set)`;
}

import type { Command } from 'commander';
import type { Run } from '../session.ts';
import { type ApplyOptions, apply, applyHelp } from './apply.ts';
import { type CheckOptions, check, checkHelp } from './check.ts';
import { defaultFile } from './read-distribution.ts';

export function addConfigurationCommands(program: Command, run: Run): void {
  program
    .command('check')
    .description('check a distribution file, without an API, or what drifted from it')
    .argument('[file]', `the distribution file (default: "${defaultFile}")`)
    .option('--drift', 'look for what differs between the file in force and what is so')
    .option('--stack', 'also ask the API which parts are not in force or not deployed')
    .addHelpText('after', checkHelp)
    .action((file: string | undefined, options: CheckOptions, command: Command) =>
      run(command, (session) => check(session, file, options)),
    );
  program
    .command('apply')
    .description('show what a distribution file changes, and put it in force')
    .argument('[file]', 'the distribution file', defaultFile)
    .option('--dry-run', 'only show what would change')
    .option('--yes', 'skip the confirmation')
    .addHelpText('after', applyHelp)
    .action((file: string, options: ApplyOptions, command: Command) => run(command, (session) => apply(session, file, options)));
}

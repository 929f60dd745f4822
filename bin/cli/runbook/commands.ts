import type { Command } from 'commander';
import type { Run } from '../session.ts';
import { type RunbookOptions, runbook, runbookHelp } from './runbook.ts';

export function addRunbookCommand(program: Command, run: Run): void {
  program
    .command('runbook')
    .description('write down where a postmortem goes, when, who sees it, and how it is taken back')
    .option('--distribution <file>', 'of this distribution file, without an API (default: the one in force)')
    .option('--out <file>', 'write it there, and not to the screen')
    .option('--check <file>', 'only say whether this file is up to date')
    .addHelpText('after', runbookHelp)
    .action((options: RunbookOptions, command: Command) => run(command, (session) => runbook(session, options)));
}

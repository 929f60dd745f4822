import { type Command, Option } from 'commander';
import { statuses } from '../../../core/postmortem/postmortem.ts';
import { instantArgument, wholeNumber } from '../arguments.ts';
import type { Run } from '../session.ts';
import { type HoldOptions, hold, holdHelp } from './hold.ts';
import { type ListOptions, listHelp, listPostmortems } from './list.ts';
import { showHelp, showPostmortem } from './show.ts';

export function addPostmortemCommands(program: Command, run: Run): void {
  const postmortems = program.command('postmortems').description('list and show postmortems; restrict, retract or release one');
  postmortems
    .command('list')
    .description('list what changed, latest change first')
    .option('--since <time>', 'from this time on (default: 31 days ago)', instantArgument)
    .option('--text <words>', 'only with these words in the title or the id')
    .addOption(new Option('--status <status>', 'only with this status').choices(statuses))
    .option('--restricted', 'only restricted ones')
    .option('--limit <number>', 'how many (default: all)', wholeNumber)
    .addHelpText('after', listHelp)
    .action((options: ListOptions, command: Command) => run(command, (session) => listPostmortems(session, options)));
  postmortems
    .command('show')
    .description('show one with its revisions, what holds it back, and the editions that told it')
    .argument('<id>', 'its id, as the list shows it')
    .addHelpText('after', showHelp)
    .action((id: string, _options: unknown, command: Command) => run(command, (session) => showPostmortem(session, id)));
  for (const [act, description] of [
    ['restrict', 'take one out of mails, pages and searches until it is released; whoever got an alert is told'],
    ['retract', 'take one back until it is released; whoever got an alert is told'],
    ['release', 'end what an operator decided: what its document says counts again, and whoever missed an alert gets it'],
  ] as const)
    postmortems
      .command(act)
      .description(description)
      .argument('<id>', 'its id, as the list shows it')
      .requiredOption('--reason <text>', 'why, for the audit log; without an address')
      .option('--yes', 'skip the confirmation')
      .addHelpText('after', holdHelp)
      .action((id: string, options: HoldOptions, command: Command) => run(command, (session) => hold(session, act, id, options)));
}

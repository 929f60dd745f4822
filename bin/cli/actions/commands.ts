import { type Command, Option } from 'commander';
import { actionStates } from '../../../core/operator/actions-api.ts';
import { dayArgument, wholeNumber } from '../arguments.ts';
import type { Run } from '../session.ts';
import { type ListOptions, listActions, listHelp } from './list.ts';
import { showAction, showHelp } from './show.ts';

export function addActionCommands(program: Command, run: Run): void {
  const actions = program.command('actions').description('list and show what postmortems promised, and what became of it');
  actions
    .command('list')
    .description('list action items, overdue ones first')
    .addOption(new Option('--state <state>', 'only in this state; open ones with the overdue ones among them').choices(actionStates))
    .option('--team <name>', 'only of this team; of its postmortem’s where the action names none')
    .option('--owner <words>', 'only with these words in the owner’s name')
    .option('--service <name>', 'only of postmortems about this service')
    .option('--due-before <day>', 'only due on an earlier day', dayArgument)
    .option('--postmortem <id>', 'only of this postmortem')
    .option('--since <day>', 'only promised on this day or later (default: see below)', dayArgument)
    .option('--csv <file>', 'write them into a file for a spreadsheet')
    .option('--limit <number>', 'how many (default: all)', wholeNumber)
    .option('--cursor <text>', 'go on where a list with --limit ended')
    .addHelpText('after', listHelp)
    .action((options: ListOptions, command: Command) => run(command, (session) => listActions(session, options)));
  actions
    .command('show')
    .description('show one, and what it perhaps became where a revision lost it')
    .argument('<id>', 'its id, as the list shows it')
    .addHelpText('after', showHelp)
    .action((id: string, _options: unknown, command: Command) => run(command, (session) => showAction(session, id)));
}

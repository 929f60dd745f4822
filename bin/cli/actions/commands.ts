import { type Command, Option } from 'commander';
import { actionStates } from '../../../core/operator/actions-api.ts';
import { dayArgument, wholeNumber } from '../arguments.ts';
import { UsedWrongly } from '../failure.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../session.ts';
import { type ImportOptions, importHelp, importStates, statusArgument } from './import.ts';
import { exportActions, exportHelp, type ListOptions, listActions, listHelp } from './list.ts';
import { actionIn, pressAction, pressHelp } from './press.ts';
import { showAction, showHelp } from './show.ts';

export function addActionCommands(program: Command, run: Run): void {
  const actions = program
    .command('actions')
    .description('what postmortems promised and what became of it: list, show, change, export, import');
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
    .description('show one, its history, and what it perhaps became where a revision lost it')
    .argument('<id>', 'its id, as the list shows it')
    .option('--addresses', 'show the addresses of people who did something; the key needs the scope people as well')
    .addHelpText('after', showHelp)
    .action((id: string, { addresses }: { addresses?: boolean }, command: Command) =>
      run(command, (session) => showAction(session, id, addresses)),
    );
  const press = (name: string, description: string) =>
    actions.command(name).description(description).argument('<id>', 'its id, as the list shows it').addHelpText('after', pressHelp);
  const reason = ['--reason <text>', 'why; it stands in the history of the action, without an address'] as const;
  press('done', 'say that it is done').action((id: string, _options: unknown, command: Command) =>
    run(command, (session) => pressAction(session, id, { kind: 'done' })),
  );
  press('reopen', 'say that it is open again')
    .requiredOption(...reason)
    .action((id: string, options: { reason: string }, command: Command) =>
      run(command, (session) => pressAction(session, id, { kind: 'reopened', ...options })),
    );
  press('reschedule', 'give it another day')
    .requiredOption('--due <day>', 'such as 2027-01-15', dayArgument)
    .requiredOption(...reason)
    .action((id: string, options: { due: string; reason: string }, command: Command) =>
      run(command, (session) => pressAction(session, id, { kind: 'rescheduled', ...options })),
    );
  press('hand-over', 'give it to another team, or a person by name')
    .requiredOption('--to <name>', 'a team of the distribution file, or a name; no address')
    .option('--anyway', 'also to a team or a name of which nobody can be asked')
    .action((id: string, options: { to: string; anyway?: boolean }, command: Command) =>
      run(command, (session) => pressAction(session, id, { kind: 'handed over', ...options })),
    );
  press('reattach', 'say which action one that a revision lost is now; what people did goes there')
    .requiredOption('--to <id>', 'the id of the other action, of the same postmortem')
    .action((id: string, { to }: { to: string }, command: Command) =>
      run(command, (session) => pressAction(session, id, { kind: 'reattached', to: otherOf(id, to) })),
    );
  actions
    .command('export')
    .description('write all of them into a file for a spreadsheet')
    .argument('<file>', 'the CSV file to write')
    .addHelpText('after', exportHelp)
    .action((file: string, _options: unknown, command: Command) => run(command, (session) => exportActions(session, file)));
  actions
    .command('import')
    .description('take over the states of tickets from a tracker’s CSV')
    .argument('<file>', 'the CSV file that the tracker exported')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--from <name>', 'what the tracker is called (default: Jira, Linear or GitHub, by its columns)')
    .option('--status <name=state>', 'what a status of yours means; as often as needed', statusArgument)
    .addHelpText('after', importHelp)
    .action((file: string, options: ImportOptions, command: Command) => run(command, (session) => importStates(session, file, options)));
}

/** The action of the same postmortem. */
function otherOf(id: string, to: string): string {
  const { postmortem, action } = actionIn(to);
  if (postmortem !== actionIn(id).postmortem)
    throw new UsedWrongly(
      `--to names an action of ${printableLine(postmortem)}. Name one of the same postmortem, ${printableLine(actionIn(id).postmortem)}.`,
    );
  return action;
}

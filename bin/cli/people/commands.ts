import { Argument, type Command } from 'commander';
import type { Run } from '../program.ts';
import { wholeNumber } from '../whole-number.ts';
import { type ImportOptions, importHelp, importPeople } from './import-people.ts';
import { type LiftOptions, lift, liftHelp } from './lift.ts';
import { listPeople } from './list-people.ts';
import { setTracking } from './tracking.ts';

export function addPeopleCommands(program: Command, run: Run): void {
  const people = program.command('people').description('import and list the people who get mail, lift a suppression');
  people
    .command('import')
    .description('add people from a CSV file, or change them')
    .argument('<file>', 'people.csv')
    .option('--sync', 'the file names everybody: suspend staff who are not in it')
    .option('--yes', 'suspend them even if they are more than 10 % of the staff')
    .addHelpText('after', importHelp)
    .action((file: string, options: ImportOptions, command: Command) => run(command, (session) => importPeople(session, file, options)));
  people
    .command('list')
    .description('list everybody with their streams')
    .option('--limit <number>', 'how many (default: all)', wholeNumber)
    .action(({ limit }: { limit?: number }, command: Command) => run(command, (session) => listPeople(session, limit)));
  people
    .command('lift')
    .description('mail somebody again who was suppressed by a bounce or a complaint')
    .argument('<person>', 'their address or subscriber id')
    .requiredOption('--reason <text>', 'why, for the audit log; without an address')
    .addHelpText('after', liftHelp)
    .action((person: string, options: LiftOptions, command: Command) => run(command, (session) => lift(session, person, options)));
  people
    .command('tracking')
    .description('switch the estimate of opens off for somebody, or leave it to the streams')
    .argument('<person>', 'their address or subscriber id')
    .addArgument(new Argument('<state>', 'off, or on where the stream asks for it').choices(['on', 'off']))
    .action((person: string, state: string, _options: unknown, command: Command) =>
      run(command, (session) => setTracking(session, person, state === 'on')),
    );
}

import type { Command } from 'commander';
import type { Run } from '../program.ts';
import { importHelp, importPeople } from './import-people.ts';
import { listPeople } from './list-people.ts';

export function addPeopleCommands(program: Command, run: Run): void {
  const people = program.command('people').description('import and list the people who get mail');
  people
    .command('import')
    .description('add people from a CSV file, or change them')
    .argument('<file>', 'people.csv')
    .addHelpText('after', importHelp)
    .action((file: string, _options: unknown, command: Command) => run(command, (session) => importPeople(session, file)));
  people
    .command('list')
    .description('list everybody with their streams')
    .action((_options: unknown, command: Command) => run(command, listPeople));
}

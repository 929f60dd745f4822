import { Argument, type Command } from 'commander';
import { wholeNumber } from '../arguments.ts';
import type { Run } from '../session.ts';
import { type EraseOptions, erase, eraseHelp } from './erase.ts';
import { exportHelp, exportPerson } from './export.ts';
import { type ImportOptions, importHelp, importPeople } from './import-people.ts';
import { type LiftOptions, lift, liftHelp } from './lift.ts';
import { listPeople } from './list-people.ts';
import { move, moveHelp } from './move.ts';
import { setTracking } from './tracking.ts';

export function addPeopleCommands(program: Command, run: Run): void {
  const people = program.command('people').description('import and list the people who get mail; export, erase or move one');
  people
    .command('import')
    .description('add people from a CSV file, or change them')
    .argument('<file>', 'people.csv')
    .option('--sync', 'the file names everybody: suspend staff who are not in it')
    .option('--yes', 'skip the confirmation, also for more than 10 % of the staff')
    .option('--errors <file>', 'write every line that was refused into this file')
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
    .description('stop estimating opens for somebody, or follow their streams again')
    .argument('<person>', 'their address or subscriber id')
    .addArgument(new Argument('<state>', 'off, or on as the streams say').choices(['on', 'off']))
    .action((person: string, state: string, _options: unknown, command: Command) =>
      run(command, (session) => setTracking(session, person, state === 'on')),
    );
  people
    .command('export')
    .description('print everything that is stored about somebody, as JSON')
    .argument('<person>', 'their address or subscriber id')
    .addHelpText('after', exportHelp)
    .action((person: string, _options: unknown, command: Command) => run(command, (session) => exportPerson(session, person)));
  people
    .command('erase')
    .description('erase somebody; cannot be undone')
    .argument('<person>', 'their address or subscriber id')
    .option('--yes', 'skip the confirmation')
    .addHelpText('after', eraseHelp)
    .action((person: string, options: EraseOptions, command: Command) => run(command, (session) => erase(session, person, options)));
  people
    .command('move')
    .description('give somebody another address and keep every setting')
    .argument('<person>', 'their address or subscriber id')
    .argument('<address>', 'their new address')
    .addHelpText('after', moveHelp)
    .action((person: string, address: string, _options: unknown, command: Command) =>
      run(command, (session) => move(session, person, address)),
    );
}

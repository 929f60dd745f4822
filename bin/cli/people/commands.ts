import { Argument, type Command } from 'commander';
import { wholeNumber } from '../arguments.ts';
import type { Run } from '../session.ts';
import { type EraseOptions, erase, eraseHelp } from './erase.ts';
import { exportHelp, exportPerson } from './export.ts';
import { type ImportOptions, importHelp, importPeople } from './import-people.ts';
import { type LiftOptions, lift, liftHelp } from './lift.ts';
import { type ListOptions, listHelp, listPeople } from './list-people.ts';
import { move, moveHelp } from './move.ts';
import { type SetOptions, setHelp, setPerson, streamOption } from './set.ts';
import { showHelp, showPerson } from './show.ts';
import { setSuspension, suspendHelp, unsuspendHelp } from './suspend.ts';
import { setTracking } from './tracking.ts';

export function addPeopleCommands(program: Command, run: Run): void {
  const people = program
    .command('people')
    .description('import and list the people who get mail; show, set, suspend, export, erase or move one');
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
    .description('list people with their streams, by address')
    .option('--team <name>', 'only of this team')
    .option('--role <name>', 'only with this role')
    .option('--stream <name>', 'only who get this stream')
    .option('--suspended', 'only who are suspended')
    .option('--suppressed', 'only who are suppressed by a bounce or a complaint')
    .option('--text <words>', 'only with these words in the address or the name')
    .option('--limit <number>', 'how many (default: all)', wholeNumber)
    .addHelpText('after', listHelp)
    .action((options: ListOptions, command: Command) => run(command, (session) => listPeople(session, options)));
  people
    .command('show')
    .description('show what somebody gets and why, and what became of their last mails')
    .argument('<person>', 'their address or subscriber id')
    .addHelpText('after', showHelp)
    .action((person: string, _options: unknown, command: Command) => run(command, (session) => showPerson(session, person)));
  people
    .command('set')
    .description('change the team, role, zone, name, handles or streams of one person')
    .argument('<person>', 'their address or subscriber id')
    .option('--name <text>', 'their name')
    .option('--team <name>', 'their team')
    .option('--role <name>', 'their role')
    .option('--zone <zone>', 'their time zone, such as Europe/Berlin')
    .option('--handles <names>', 'their names in chats and repositories, by which action items call them')
    .option('--stream <name=value>', 'a stream and on, off or how often; can be repeated', streamOption)
    .option('--add', 'add them if nobody has the address')
    .addHelpText('after', setHelp)
    .action((person: string, options: SetOptions, command: Command) => run(command, (session) => setPerson(session, person, options)));
  people
    .command('suspend')
    .description('stop all mail to somebody until you end it')
    .argument('<person>', 'their address or subscriber id')
    .requiredOption('--reason <text>', 'why, for the audit log; without an address')
    .addHelpText('after', suspendHelp)
    .action((person: string, options: LiftOptions, command: Command) =>
      run(command, (session) => setSuspension(session, person, true, options)),
    );
  people
    .command('unsuspend')
    .description('mail somebody again who was suspended')
    .argument('<person>', 'their address or subscriber id')
    .requiredOption('--reason <text>', 'why, for the audit log; without an address')
    .addHelpText('after', unsuspendHelp)
    .action((person: string, options: LiftOptions, command: Command) =>
      run(command, (session) => setSuspension(session, person, false, options)),
    );
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

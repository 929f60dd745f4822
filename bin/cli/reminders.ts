import type { Command } from 'commander';
import { RemindersAnswer, RemindersRunAnswer } from '../../core/operator/reminders-api.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Run, Session } from './session.ts';

const statusHelp = `
Mails leave by themselves on working days, at the hour of reminders in the distribution file. This says up to which day people were told,
and what a run would do now. The key needs the scope read.`;
const runHelp = `
Does what the schedule does, now: people are mailed about what became due since the last day that was told. The second run of a day does
nothing, and nobody gets two mails a day. A run that would mail more than 200 people and a fifth of the staff mails nobody without --yes.
The key needs the scope send.

Examples:
  afterword reminders run
  afterword reminders run --yes            however many people it mails`;

export function addReminderCommands(program: Command, run: Run): void {
  const reminders = program.command('reminders').description('what people are reminded of on working days: status, run');
  reminders
    .command('status', { isDefault: true })
    .description('show up to which day people were reminded')
    .addHelpText('after', statusHelp)
    .action((_options: unknown, command: Command) => run(command, status));
  reminders
    .command('run')
    .description('remind people now')
    .option('--yes', 'however many people it mails')
    .addHelpText('after', runHelp)
    .action(({ yes }: { yes?: boolean }, command: Command) => run(command, (session) => runNow(session, yes)));
}

async function status({ api, terminal }: Session): Promise<ExitCode> {
  const { body } = await api({ method: 'GET', path: 'operator/reminders' }, RemindersAnswer);
  const { at, since, lastDay, waiting, late, now } = body;
  terminal.say(
    ...(at === undefined ? ['The file in force has no reminders: nobody is reminded.'] : [`Reminders leave at ${at} on working days.`]),
    ...(lastDay === undefined ? [] : [`They began after ${since}. People were told up to ${lastDay}.`]),
    ...(at !== undefined && lastDay === undefined ? ['They have not begun: the first run takes the working day before it as told.'] : []),
    ...(waiting > 0 ? [`${counted(waiting)} ${waiting === 1 ? 'pauses and is' : 'pause and are'} told later.`] : []),
    ...(late === undefined ? [] : [`Late: nobody was told of ${late}. See docs/operations.md, "reminders-late".`]),
    `Now: ${wordsOf(now)}`,
  );
  terminal.answer(body);
  return exitCodes.ok;
}

async function runNow({ api, terminal }: Session, yes = false): Promise<ExitCode> {
  const call = {
    method: 'POST',
    path: 'operator/reminders/run',
    body: JSON.stringify({ yes }),
    type: 'application/json',
    mayRepeat: true,
  } as const;
  const { body } = await api(call, RemindersRunAnswer);
  terminal.say(wordsOf(body));
  terminal.answer(body);
  return body.outcome === 'too many' ? exitCodes.refused : exitCodes.ok;
}

const counted = (people: number): string => `${people} ${people === 1 ? 'person' : 'people'}`;

function wordsOf({ outcome, day, people = 0, entries = 0, staff = 0 }: RemindersRunAnswer): string {
  const asked = `${counted(people)} about ${entries} ${entries === 1 ? 'thing' : 'things'}`;
  switch (outcome) {
    case 'off':
      return 'The file in force has no reminders, so nobody is mailed.';
    case 'no working day':
      return `${day} is no working day, so nobody is mailed.`;
    case 'told already':
      return `${day} is told already, so nobody is mailed.`;
    case 'told':
      return `Mailed ${asked}.`;
    case 'would tell':
      return people === 0 ? `Nothing is due on ${day}.` : `A run would mail ${asked}.`;
    case 'too many':
      return `Nobody was mailed: it would be ${asked}, of ${staff}. If that is right: afterword reminders run --yes`;
  }
}

import { Argument, type Command, Option } from 'commander';
import { frequencies, offeredStreams, type StreamName } from '../../../core/stream/stream.ts';
import { instantArgument, wholeNumber } from '../arguments.ts';
import type { Run } from '../session.ts';
import { type BrakeOptions, brake, pauseHelp, recall, recallHelp, resumeHelp } from './brakes.ts';
import { type ListOptions, listEditions } from './list-editions.ts';
import { listUpdates, updatesHelp } from './list-updates.ts';
import { type PreviewOptions, preview, previewHelp } from './preview.ts';
import { type ResendOptions, resend, resendHelp } from './resend.ts';
import { type SendOptions, send, sendHelp } from './send.ts';
import { type SettleOptions, settle, settleHelp } from './settle.ts';
import { type ShowOptions, showEdition } from './show-edition.ts';

const usualLimit = 25;

export function addEditionCommands(program: Command, run: Run): void {
  const stream = () => new Argument('<stream>', 'the stream').choices(offeredStreams);
  const frequency = () =>
    new Option('--frequency <name>', 'how often the reader of the preview or the test gets the stream').choices(frequencies);
  program
    .command('preview')
    .description('show the mail that would be sent, or mail it to yourself')
    .addArgument(stream())
    .option('--as <address>', 'as this person would get it')
    .option('--to <address>', 'mail it to this person, as a test')
    .option('--at <date>', 'the edition due then (default: the next)', instantArgument)
    .option(
      '--postmortem <id>',
      'the postmortem of the mail: for sev1-alerts and customer-impact, and for the digest with --frequency published',
    )
    .addOption(frequency())
    .option('--distribution <file>', 'with this distribution file in place of the one in force')
    .option('--draft <file>', 'show it with this file as if it were published now; nothing is stored')
    .option('--out <folder>', 'write mail.html, mail.txt and headers.txt there')
    .addHelpText('after', previewHelp)
    .action((name: StreamName, options: PreviewOptions, command: Command) => run(command, (session) => preview(session, name, options)));
  program
    .command('send')
    .description('send the edition that is due now, or was due at a time')
    .addArgument(stream())
    .option('--at <date>', 'when it was due (default: now)', instantArgument)
    .option('--yes', 'skip the confirmation for a period that ended more than five weeks ago')
    .option('--test-to <address>', 'mail it to this person only, as a test')
    .option('--postmortem <id>', 'with --test-to: the postmortem of the mail')
    .addOption(frequency())
    .addHelpText('after', sendHelp)
    .action((name: StreamName, options: SendOptions, command: Command) => run(command, (session) => send(session, name, options)));
  program
    .command('editions')
    .description('list what was sent, the latest first')
    .option('--limit <number>', 'how many', wholeNumber, usualLimit)
    .option('--service', 'the mails to one person: confirmations, new links, tests and the like')
    .action((options: ListOptions, command: Command) => run(command, (session) => listEditions(session, options)));
  program
    .command('updates')
    .description('show the mails about an incident, one after the other, and what waits')
    .argument('[postmortem]', 'the id of the postmortem (default: everything that waits)')
    .addHelpText('after', updatesHelp)
    .action((postmortem: string | undefined, _options: object, command: Command) =>
      run(command, (session) => listUpdates(session, postmortem)),
    );
  program
    .command('edition')
    .description('show one edition: what it carries and what became of each delivery')
    .argument('<id>', 'for example engineering-digest_2026-W47')
    .option('--unconfirmed', 'only the subscriber ids of people whose mail is unconfirmed: nobody knows whether they got it')
    .option('--refused', 'only the subscriber ids of people whose mail SES refused, with its code; it is not tried again')
    .option('--addresses', 'show the addresses as well; the key needs the scope people')
    .action((id: string, options: ShowOptions, command: Command) => run(command, (session) => showEdition(session, id, options)));
}

/** Commands that hold mail back, recall it or send it once more. */
export function addBrakeCommands(program: Command, run: Run): void {
  for (const [how, description, help] of [
    ['pause', 'pause an edition, a lane or all mail', pauseHelp],
    ['resume', 'continue what was paused, or what SES stopped', resumeHelp],
  ] as const) {
    program
      .command(how)
      .description(description)
      .argument('[what]', how === 'pause' ? 'an edition or a lane' : 'an edition or a lane (default: all lanes)')
      .option('--all', 'all lanes, alerts too')
      .addHelpText('after', help)
      .action((what: string | undefined, options: BrakeOptions, command: Command) =>
        run(command, (session) => brake(session, how, what, options)),
      );
  }
  program
    .command('recall')
    .description('stop an edition for everyone who has not got it; cannot be undone')
    .argument('<edition>', 'for example engineering-digest_2026-W47')
    .option('--yes', 'skip the confirmation')
    .addHelpText('after', recallHelp)
    .action((id: string, options: { yes?: boolean }, command: Command) => run(command, (session) => recall(session, id, options)));
  program
    .command('settle')
    .description('start sending again after the table was restored from a backup')
    .requiredOption('--since <time>', 'the point in time that the table was restored to', instantArgument)
    .option('--until <time>', 'when the old table may have sent its last mail (default: now)', instantArgument)
    .option('--keep <edition...>', 'send these anyway')
    .option('--yes', 'skip the confirmation')
    .addHelpText('after', settleHelp)
    .action((options: SettleOptions, command: Command) => run(command, (session) => settle(session, options)));
  program
    .command('resend')
    .description('send an edition again to people whose mail is unconfirmed')
    .argument('<edition>', 'for example engineering-digest_2026-W47')
    .option('--subscriber <sid...>', 'to these')
    .option('--unconfirmed', 'to everybody whose mail is unconfirmed')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .option('--yes', 'skip the confirmation')
    .addHelpText('after', resendHelp)
    .action((id: string, options: ResendOptions, command: Command) => run(command, (session) => resend(session, id, options)));
}

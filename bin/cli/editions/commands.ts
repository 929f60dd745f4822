import { Argument, type Command } from 'commander';
import type { Instant } from '../../../core/shared/instant.ts';
import { type StreamName, streams } from '../../../core/subscriber/subscriber.ts';
import { instantArgument } from '../instant-argument.ts';
import type { Run } from '../program.ts';
import { wholeNumber } from '../whole-number.ts';
import { listEditions } from './list-editions.ts';
import { type PreviewOptions, preview, previewHelp } from './preview.ts';
import { send, sendHelp } from './send.ts';
import { showEdition } from './show-edition.ts';

const usualLimit = 25;

export function addEditionCommands(program: Command, run: Run): void {
  const stream = () => new Argument('<stream>', 'the stream').choices(streams);
  program
    .command('preview')
    .description('show the mail that would be sent')
    .addArgument(stream())
    .option('--as <address>', 'as this person would get it')
    .option('--at <date>', 'the edition due then (default: the next)', instantArgument)
    .option('--postmortem <id>', 'the postmortem that sev1-alerts is about')
    .option('--out <folder>', 'write mail.html, mail.txt and headers.txt there')
    .addHelpText('after', previewHelp)
    .action((name: StreamName, options: PreviewOptions, command: Command) => run(command, (session) => preview(session, name, options)));
  program
    .command('send')
    .description('have the edition sent that is due at an instant')
    .addArgument(stream())
    .requiredOption('--at <date>', 'when it is due', instantArgument)
    .addHelpText('after', sendHelp)
    .action((name: StreamName, { at }: { at: Instant }, command: Command) => run(command, (session) => send(session, name, at)));
  program
    .command('editions')
    .description('list what was sent, the latest first')
    .option('--limit <number>', 'how many', wholeNumber, usualLimit)
    .action(({ limit }: { limit: number }, command: Command) => run(command, (session) => listEditions(session, limit)));
  program
    .command('edition')
    .description('show one edition: what it carries and what became of each delivery')
    .argument('<id>', 'for example engineering-digest_2026-W47')
    .action((id: string, _options: unknown, command: Command) => run(command, (session) => showEdition(session, id)));
}

import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import type { Run } from '../session.ts';
import { newDocument } from './new-document.ts';
import type { PublishOptions } from './options.ts';
import { publish, publishHelp } from './publish.ts';

export function addPublishCommand(program: Command, run: Run): void {
  program
    .command('publish')
    .description('publish postmortems')
    .argument('[files...]', 'files, folders, zips and exports of tools; "-" is stdin')
    .option('--published-at <day or instant>', 'when they were published, for each document that does not say it')
    .option('--history', 'they are an archive: each counts as published on the day of its incident, and no mail tells of it')
    .option('--changed <base..head>', 'the documents that changed between two commits of git, below files and folders if there are any')
    .option('--severities <pairs>', 'what the words of an export mean: P1=sev1,P2=sev2')
    .option('--resume <file>', 'keep in this file what was stored, and go on from there')
    .option('--check', 'only say what is recognised, what is missing and who would be told; store nothing')
    .option('--distribution <file>', 'with --check: let this machine read them alone, by this distribution file')
    .addHelpText('after', publishHelp)
    .action((files: string[], options: PublishOptions, command: Command) => run(command, (session) => publish(session, files, options)));
  program
    .command('new')
    .description('write a blank postmortem with the headings that are read best')
    .argument('[file]', 'a new file; without one it is printed')
    .action((file: string | undefined, _options: unknown, command: Command) =>
      run(command, async ({ terminal }) => {
        await newDocument(file, terminal);
        return exitCodes.ok;
      }),
    );
}

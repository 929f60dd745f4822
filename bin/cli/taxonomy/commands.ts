import type { Command } from 'commander';
import type { Run } from '../session.ts';
import { showTerms } from './show.ts';
import { type TaxonomyOptions, tryFile } from './try-file.ts';

const taxonomyHelp = `
The taxonomy is the list of technologies and failure modes that Afterword finds in postmortems, and of the words that show them. A
distribution file adds its own (docs/taxonomy.md). Needs no API and no key.

Examples:
  afterword taxonomy show
  afterword taxonomy show failover-failed
  afterword taxonomy try samples/postmortems/forty-three-seconds-apart.md
  afterword taxonomy try draft.md --distribution distribution.yaml`;

export function addTaxonomyCommands(program: Command, run: Run): void {
  const taxonomy = program
    .command('taxonomy')
    .description('technologies and failure modes that are found in postmortems')
    .addHelpText('after', taxonomyHelp);
  taxonomy
    .command('show')
    .description('list the terms, or show one with the words that show it in a text')
    .argument('[id]', 'the id of a term')
    .option('--distribution <file>', 'with the terms of this distribution file')
    .action((id: string | undefined, options: TaxonomyOptions, command: Command) =>
      run(command, (session) => showTerms(session, id, options)),
    );
  taxonomy
    .command('try')
    .description('print the terms that a postmortem shows, and the words that show them')
    .argument('<file>', 'a postmortem in Markdown or JSON')
    .option('--distribution <file>', 'with the terms of this distribution file')
    .action((file: string, options: TaxonomyOptions, command: Command) => run(command, (session) => tryFile(session, file, options)));
}

import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { readingClub } from '../../core/authoring/reading-club.ts';
import { PostmortemAnswer } from '../../core/intake/api.ts';
import { isTellable, Postmortem } from '../../core/postmortem/postmortem.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { UsedWrongly } from './failure.ts';
import { printable, printableLine } from './printable.ts';
import { readRelevance } from './read-relevance.ts';
import type { Run, Session } from './session.ts';

const help = `
For a group that reads one postmortem together: the story in two halves, the causes, what was promised, and questions about your own
services. Authors and owners are left out, because such a sheet is passed around. What may not be told makes no sheet. The key needs the
scope read.

Examples:
  afterword reading-club redis-failover
  afterword reading-club redis-failover --out wednesday.md`;

export function addReadingClubCommand(program: Command, run: Run): void {
  program
    .command('reading-club')
    .description('write a sheet for a group that reads one postmortem together')
    .argument('<id>', 'its id, as "afterword postmortems list" shows it')
    .option('--out <file>', 'write it there, and not to the screen')
    .addHelpText('after', help)
    .action((id: string, { out }: { out?: string }, command: Command) => run(command, (session) => writeSheet(session, id, out)));
}

async function writeSheet({ api, terminal }: Session, id: string, out: string | undefined): Promise<ExitCode> {
  const { body } = await api({ method: 'GET', path: `postmortems/${encodeURIComponent(id)}` }, PostmortemAnswer);
  const postmortem = Postmortem.parse(body);
  if (!isTellable(postmortem))
    throw new UsedWrongly(
      `${id} may not be told: it is ${postmortem.restricted ? 'restricted' : `a ${postmortem.status} one`}. Choose another.`,
    );
  const { relevance } = await readRelevance(api, id);
  const { severityLabel = postmortem.severity } = body;
  const text = readingClub({ postmortem, severityLabel, teams: relevance?.teams ?? [], zone: 'UTC' });
  if (out === undefined) terminal.say(printable(text).trimEnd());
  else {
    await writeFile(out, text).catch((error: unknown) => {
      throw new UsedWrongly(`Cannot write "${out}": ${error instanceof Error ? error.message : error}`);
    });
    terminal.say(`Wrote ${printableLine(out)}.`);
  }
  terminal.answer({ id, ...(out === undefined ? { markdown: text } : { file: out }) });
  return exitCodes.ok;
}

import type { Command } from 'commander';
import type { RelevanceAnswer } from '../../core/intake/api.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { printableLine } from './printable.ts';
import { readRelevance } from './read-relevance.ts';
import type { Run, Session } from './session.ts';

const help = `
It compares failure mode, technology, service and words with what was published before, within seconds of publishing. Each is shown with
what it promised and was not kept. "Looks like" until an author or a reviewer confirms it on a page. The key needs the scope read.

Example:
  afterword similar checkout-outage`;

export function addSimilarCommand(program: Command, run: Run): void {
  program
    .command('similar')
    .description('show earlier postmortems of the same failure, and what they promised')
    .argument('<id>', 'its id, as "afterword postmortems list" shows it')
    .addHelpText('after', help)
    .action((id: string, _options: unknown, command: Command) => run(command, (session) => showSimilar(session, id)));
}

async function showSimilar({ api, terminal }: Session, id: string): Promise<ExitCode> {
  const answer = await readRelevance(api, id);
  const lines = similarLines(answer);
  if (!answer.relevance) terminal.say('Nothing is known yet: nobody looked, or nobody may be told of it.');
  else terminal.say(...(lines.length > 0 ? lines : ['No earlier postmortem tells of the same failure.']));
  terminal.answer({ revision: answer.revision, similar: answer.similar });
  return exitCodes.ok;
}

/** Each with its promises, for people. */
export const similarLines = ({ similar }: RelevanceAnswer): string[] =>
  similar.flatMap(({ id, says, promises }) => [printableLine(`${says} (${id})`), ...promises.map((one) => `  ${printableLine(one)}`)]);

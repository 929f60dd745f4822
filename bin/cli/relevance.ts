import type { Command } from 'commander';
import type { RelevanceAnswer } from '../../core/intake/api.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { printableLine, toTheMinute } from './printable.ts';
import { readRelevance } from './read-relevance.ts';
import type { Run, Session } from './session.ts';
import { similarLines } from './similar.ts';

const help = `
It is found within seconds of publishing, by the service catalogue, the distribution file and the archive of that moment, and shown first
in the digest to people of these teams. What came as history, or more than ten weeks ago, matters to nobody by name. The key needs the
scope read.

Example:
  afterword relevance checkout-outage`;

export function addRelevanceCommand(program: Command, run: Run): void {
  program
    .command('relevance')
    .description('show to which teams a postmortem matters beside its own, and why')
    .argument('<id>', 'its id, as "afterword postmortems list" shows it')
    .addHelpText('after', help)
    .action((id: string, _options: unknown, command: Command) => run(command, (session) => showRelevance(session, id)));
}

async function showRelevance({ api, terminal }: Session, id: string): Promise<ExitCode> {
  const answer = await readRelevance(api, id);
  const { relevance, revision } = answer;
  if (!relevance) terminal.say('Nothing is known yet: nobody looked, or nobody may be told of it.');
  else {
    const isBefore = relevance.revision < revision ? `, revision ${relevance.revision} of ${revision}` : '';
    terminal.say(`Found at ${toTheMinute(relevance.at)} UTC${isBefore}.`, ...teamLines(relevance), ...similarLines(answer));
  }
  terminal.answer(answer);
  return exitCodes.ok;
}

/** Each team with its reasons, for people. */
export const teamLines = ({ teams }: NonNullable<RelevanceAnswer['relevance']>): string[] =>
  teams.length === 0
    ? ['It matters to no other team by name.']
    : teams.flatMap(({ name, reasons }) => [printableLine(`Relevant to ${name}:`), ...reasons.map((one) => `  ${printableLine(one)}`)]);

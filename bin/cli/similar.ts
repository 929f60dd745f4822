import { type Command, Option } from 'commander';
import { type RelevanceAnswer, SimilarAnswer } from '../../core/intake/api.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { UsedWrongly } from './failure.ts';
import { printableLine } from './printable.ts';
import { readRelevance } from './read-relevance.ts';
import type { Run, Session } from './session.ts';

const help = `
It compares failure mode, technology, service and words with what was published before, within seconds of publishing. Each is shown with
what it promised and was not kept. "Looks like" until an author or a reviewer confirms it. Whoever publishes says what is so: --confirm for
the same failure, --dismiss for another one, with the reason. Once dismissed it is told nowhere, also not in later revisions; --confirm
takes that back. The second time nothing changes. To show takes the scope read, to say something the scope publish; the audit log keeps it.

Examples:
  afterword similar checkout-outage
  afterword similar checkout-outage --confirm checkout-2025
  afterword similar checkout-outage --dismiss search-2024 --reason "another index"`;

interface SimilarOptions {
  readonly confirm?: string;
  readonly dismiss?: string;
  readonly reason?: string;
}

export function addSimilarCommand(program: Command, run: Run): void {
  program
    .command('similar')
    .description('show earlier postmortems of the same failure, and what they promised; confirm or dismiss one')
    .argument('<id>', 'its id, as "afterword postmortems list" shows it')
    .addOption(new Option('--confirm <other>', 'say that this earlier one tells of the same failure').conflicts('dismiss'))
    .option('--dismiss <other>', 'say that this earlier one tells of another failure')
    .option('--reason <text>', 'why it is another one; needed to dismiss, in one line without an address')
    .addHelpText('after', help)
    .action((id: string, options: SimilarOptions, command: Command) => run(command, (session) => similar(session, id, options)));
}

function similar(session: Session, id: string, { confirm, dismiss, reason }: SimilarOptions): Promise<ExitCode> {
  if (dismiss === undefined && reason !== undefined) throw new UsedWrongly('--reason goes with --dismiss. Nothing was sent.');
  if (confirm !== undefined) return sayOf(session, id, confirm, { says: 'confirm' });
  if (dismiss === undefined) return showSimilar(session, id);
  if (reason === undefined) throw new UsedWrongly('Say why it is another failure: --reason TEXT. Nothing was sent.');
  return sayOf(session, id, dismiss, { says: 'dismiss', reason });
}

async function showSimilar({ api, terminal }: Session, id: string): Promise<ExitCode> {
  const answer = await readRelevance(api, id);
  const lines = similarLines(answer);
  if (!answer.relevance) terminal.say('Nothing is known yet: nobody looked, or nobody may be told of it.');
  else terminal.say(...(lines.length > 0 ? lines : ['No earlier postmortem tells of the same failure.']));
  terminal.answer({ revision: answer.revision, similar: answer.similar });
  return exitCodes.ok;
}

type Said = { readonly says: 'confirm' } | { readonly says: 'dismiss'; readonly reason: string };

async function sayOf({ api, terminal }: Session, id: string, other: string, said: Said): Promise<ExitCode> {
  const path = `postmortems/${encodeURIComponent(id)}/similar/${encodeURIComponent(other)}`;
  const body = JSON.stringify(said);
  const { body: answer } = await api({ method: 'POST', path, body, type: 'application/json', mayRepeat: true }, SimilarAnswer);
  const words =
    said.says === 'confirm' ? `${answer.id} is told as the same failure as` : `${answer.id} is another failure. It is told nowhere beside`;
  terminal.say(`${words} ${answer.earlier}${answer.outcome === 'same' ? ', as before' : ''}.`);
  terminal.answer(answer);
  return exitCodes.ok;
}

/** Each with its promises, for people. */
export const similarLines = ({ similar }: RelevanceAnswer): string[] =>
  similar.flatMap(({ id, says, promises }) => [printableLine(`${says} (${id})`), ...promises.map((one) => `  ${printableLine(one)}`)]);

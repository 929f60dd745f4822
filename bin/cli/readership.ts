import type { Command } from 'commander';
import { ReadershipAnswer } from '../../core/operator/readership-api.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { printableLine, toTheMinute } from './printable.ts';
import type { Run, Session } from './session.ts';

const help = `
Teams of five people and more are told in words: nobody yet, a few, about half, most, nearly all. Small teams stand together below the
department that the distribution file names (partOf), or not at all. Never by person, and never as a number: a number that is seen on two
days tells who. Who reads without tracking is not known, and today's readers count from tomorrow on. The key needs the scope read.

Example:
  afterword readership checkout-outage`;

export function addReadershipCommand(program: Command, run: Run): void {
  program
    .command('readership')
    .description('show how far a postmortem was read, in words and by team')
    .argument('<id>', 'its id, as "afterword postmortems list" shows it')
    .addHelpText('after', help)
    .action((id: string, _options: unknown, command: Command) => run(command, (session) => showReadership(session, id)));
}

async function showReadership({ api, terminal }: Session, id: string): Promise<ExitCode> {
  const path = `operator/postmortems/${encodeURIComponent(id)}/readership`;
  const { body: answer } = await api({ method: 'GET', path }, ReadershipAnswer);
  terminal.say(...linesOf(answer));
  terminal.answer(answer);
  return exitCodes.ok;
}

function linesOf({ editions, readership }: ReadershipAnswer): string[] {
  const sent = editions.map(({ edition, mails, notReached, skipped }) => {
    const others = skipped.map(({ outcome, count }) => `${count} ${outcome}`);
    return `  ${printableLine([`${edition}: ${mails} sent`, `${notReached} not reached`, ...others].join(', '))}`;
  });
  const told = editions.length === 0 ? ['No mail has told of it yet.'] : ['Mails that told of it:', ...sent];
  if (!readership) return [...told, 'Nobody may be told of it now, so nothing is said of its readers.'];
  const { until, countedAt, readers, teams, others } = readership;
  const words = teams.map(({ name, word }) => `  ${printableLine(name)}: ${word}`);
  return [
    ...told,
    `Until the end of ${until}${readers === undefined ? ':' : `, at least ${readers} people are known to have read it.`}`,
    ...words,
    ...(others > 0 ? [`  ${others} other team${others === 1 ? '' : 's'}: nobody yet`] : []),
    countedAt === undefined
      ? 'Nothing is said by team yet: teams are counted once a week, and on working days where the file has reminders.'
      : `Teams were counted at ${toTheMinute(countedAt)} UTC. Teams below five are not shown.`,
  ];
}

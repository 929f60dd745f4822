import type { Command } from 'commander';
import { DeadLettersAnswer, RedriveAnswer } from '../../core/operator/api.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { counted, printableLine, toTheMinute } from './printable.ts';
import type { Run, Session } from './session.ts';

const listHelp = `
A message that was received five times without being finished lies with the dead letters of its queue, and an alarm rings. It is kept
for 14 days from when it was sent. Of each queue at most ten are shown. SQS needs up to a minute to count them exactly.`;

const redriveHelp = `
QUEUE is a name that the list shows: bulk, prompt, urgent, customers, compose or events. Fix the cause first: a letter that fails again
comes back after five attempts. Nothing can be sent twice by this. SQS moves the letters in the background, one redrive of a queue at a
time; the list says how far it is. The key needs the scope send.

Example:
  afterword dead-letters redrive bulk`;

export function addDeadLetterCommands(program: Command, run: Run): void {
  const letters = program.command('dead-letters').description('show messages that could not be handled, and move them back');
  letters
    .command('list')
    .description('show each queue with dead letters, and what the first of them are')
    .addHelpText('after', listHelp)
    .action((_options: unknown, command: Command) => run(command, listDeadLetters));
  letters
    .command('redrive')
    .description('move the dead letters of a queue back to where they came from')
    .argument('<queue>', 'the queue')
    .addHelpText('after', redriveHelp)
    .action((queue: string, _options: unknown, command: Command) => run(command, (session) => redrive(session, queue)));
}

type Queue = DeadLettersAnswer['queues'][number];

async function listDeadLetters({ api, terminal }: Session): Promise<ExitCode> {
  const { body } = await api({ method: 'GET', path: 'operator/dead-letters' }, DeadLettersAnswer);
  const { queues } = body;
  const lines = queues.flatMap((queue, n) => [...(n > 0 ? [''] : []), ...queueLines(queue)]);
  terminal.say(...(lines.length > 0 ? lines : ['There are no dead letters.']));
  terminal.answer(body);
  return exitCodes.ok;
}

function queueLines({ queue, letters, oldest, first, canRedrive, redrive: move }: Queue): string[] {
  const since = oldest === undefined ? '' : `, the oldest shown sent ${toTheMinute(oldest)} UTC`;
  const more = letters - first.length;
  return [
    `${printableLine(queue)}: ${counted(letters, 'letter')}${since}`,
    ...first.map(({ sentAt, what }) => `  ${toTheMinute(sentAt)}  ${printableLine(what)}`),
    ...(first.length > 0 && more > 0 ? [`  and about ${more} more`] : []),
    ...(move ? [moveLine(move)] : []),
    ...(canRedrive && move?.state !== 'under way'
      ? [`  When the cause is fixed: afterword dead-letters redrive ${printableLine(queue)}`]
      : []),
  ];
}

const stateWords: Readonly<Record<string, string>> = {
  'under way': 'is under way',
  done: 'is done',
  cancelled: 'was cancelled',
  failed: 'failed',
};

function moveLine({ state, startedAt, moved, failure }: NonNullable<Queue['redrive']>): string {
  const because = failure === undefined ? '' : ` (${printableLine(failure)})`;
  return `  The redrive of ${toTheMinute(startedAt)} UTC ${stateWords[state] ?? printableLine(state)}${because}: ${counted(moved, 'letter')} moved`;
}

async function redrive({ api, terminal }: Session, queue: string): Promise<ExitCode> {
  const body = JSON.stringify({ queue });
  const call = { method: 'POST', path: 'operator/dead-letters/redrive', body, type: 'application/json', mayRepeat: true } as const;
  const { body: answer } = await api(call, RedriveAnswer);
  const name = printableLine(answer.queue);
  const said = {
    started: `About ${counted(answer.letters, 'letter')} of ${name} ${answer.letters === 1 ? 'is' : 'are'} being moved back.`,
    'under way': `An earlier redrive of ${name} is still under way. Nothing was started.`,
    empty: `${name} has no dead letters. Nothing was moved.`,
  };
  terminal.say(said[answer.state], ...(answer.state === 'empty' ? [] : ['See how far it is: afterword dead-letters list']));
  terminal.answer(answer);
  return exitCodes.ok;
}

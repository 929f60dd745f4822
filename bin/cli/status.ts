import type { Command } from 'commander';
import { DeadLettersAnswer, type ListedEdition, StatusAnswer } from '../../core/operator/api.ts';
import { countsLine, laneLines } from './editions/lines.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { counted, printableLine, toTheMinute } from './printable.ts';
import type { Run, Session } from './session.ts';
import { heldLine, waitingPost } from './slack/lines.ts';

const statusHelp = `
Says what an alarm would say, what somebody paused, which mails are unconfirmed, which queues have dead letters, which posts in
Slack wait for somebody, which incidents of incident tools are held, which reviews are overdue, whether people are reminded, what
the organisation's directory was not let do, whom
the distribution file names without a mail reaching them, whether the file in force needs a deploy, and how much the last check
for drift found.`;

export function addStatusCommand(program: Command, run: Run): void {
  program
    .command('status')
    .description('show what waits for somebody')
    .addHelpText('after', statusHelp)
    .action((_options: object, command: Command) => run(command, showStatus));
}

/** One line for each thing that waits for somebody. */
async function showStatus({ api, terminal }: Session): Promise<ExitCode> {
  const [{ body: status }, { body: deadLetters }] = await Promise.all([
    api({ method: 'GET', path: 'operator/status' }, StatusAnswer),
    api({ method: 'GET', path: 'operator/dead-letters' }, DeadLettersAnswer),
  ]);
  const lines = [...statusLines(status), ...deadLetters.queues.map(queueLine)];
  terminal.say(...(lines.length > 0 ? lines : ['Nothing waits for you.']), ...remindersLine(status));
  terminal.answer({ ...status, deadLetters: deadLetters.queues });
  return exitCodes.ok;
}

const statusLines = ({
  unsent,
  missing,
  late,
  paused,
  unconfirmed,
  lanes,
  unheard,
  braked,
  needsDeploy,
  slack,
  drift,
  held,
  overdue,
  reminders,
}: StatusAnswer): string[] => [
  ...urgent(slack?.posts).map(waitingPost),
  ...unsent.map(
    ({ postmortem, why, since }) => `An alert about ${printableLine(postmortem)} is unsent since ${toTheMinute(since)} UTC: ${why}.`,
  ),
  ...missing.map(({ edition, due }) => `${edition} was due ${toTheMinute(due)} UTC and is not there.`),
  ...late.map(
    ({ stream, postmortem, dueAt }) => `An update of ${stream} about ${printableLine(postmortem)} is late since ${toTheMinute(dueAt)} UTC.`,
  ),
  ...(reminders?.late === undefined ? [] : [lateLine(reminders)]),
  ...lanes.flatMap(laneLines),
  ...paused.map(({ edition, counts }) => `${edition} is paused, ${countsLine(counts, edition)}. Continue: afterword resume ${edition}`),
  ...unconfirmed.map(unconfirmedLine),
  ...(slack?.held ? [heldLine(slack.held)] : []),
  ...(slack?.posts ?? []).filter(({ mustGo }) => !mustGo).map(waitingPost),
  ...(held ? heldLines(held) : []),
  ...(overdue ? [overdueLine(overdue)] : []),
  ...(braked ?? []).map(({ at, what, remedy }) => `${printableLine(what)} Since ${toTheMinute(at)} UTC. ${printableLine(remedy)}`),
  ...unheard.map(unheardLine),
  ...(needsDeploy.length > 0 ? [`The distribution file in force needs a deploy: ${needsDeploy.map(printableLine).join(', ')}.`] : []),
  ...(drift ? [driftLine(drift)] : []),
];

/** What stands in Slack and must not: nothing is more urgent. */
const urgent = (posts: NonNullable<StatusAnswer['slack']>['posts'] = []) => posts.filter(({ mustGo }) => mustGo);

type Reminded = NonNullable<StatusAnswer['reminders']>;
const lateLine = ({ late, held }: Reminded) =>
  held
    ? `Nobody was reminded of ${late}: it would be ${counted(held.people, 'mail')} for a staff of ${held.staff}. If that is right: afterword reminders run --yes`
    : `Nobody was reminded of ${late}. What a run would do: afterword reminders`;
/** Waits for nobody, and says that it goes on. */
const remindersLine = ({ reminders }: StatusAnswer): string[] =>
  reminders === undefined
    ? []
    : [
        `Reminders leave at ${printableLine(reminders.at)} on working days.${reminders.lastDay === undefined ? ' Nobody was reminded yet.' : ` People were told up to ${reminders.lastDay}.`}`,
      ];

const overdueLine = ({ reviews, postmortems, days }: NonNullable<StatusAnswer['overdue']>) =>
  `Overdue: ${[...(reviews ? [counted(reviews, 'review')] : []), ...(postmortems ? [`${counted(postmortems, 'postmortem')} not there yet`] : [])].join(' and ')}, up to ${counted(days, 'working day')}. See which: afterword reviews --overdue`;

/** With their commands. */
const heldLines = ({ first, more }: NonNullable<StatusAnswer['held']>) => [
  ...first.map(
    ({ id, since, why, words, urgent, alike }) =>
      `${urgent ? 'Urgent: ' : ''}${printableLine(alike ? `${alike.name},` : id)} ${alike ? 'are' : 'is'} held since ${toTheMinute(since)} UTC: ${printableLine(words ? `${words.why}. ${words.remedy}` : why)}`,
  ),
  ...(more ? ['More is held of incident tools, for other reasons. All of it: afterword held list'] : []),
];

const driftLine = ({ at, findings }: NonNullable<StatusAnswer['drift']>) =>
  `${counted(findings, 'finding')} of drift from the distribution file, as of ${toTheMinute(at)} UTC. See what: afterword check --drift`;

const unheardLine = ({ post, why, address }: StatusAnswer['unheard'][number]) =>
  `${address ? `${printableLine(address)}, ${printableLine(post)},` : `${capital(printableLine(post))}`} gets no mail: ${printableLine(why)}. The distribution file names them.`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const unconfirmedLine = ({ edition, counts }: ListedEdition) =>
  `${counted(counts.unconfirmed ?? 0, 'mail')} of ${edition} unconfirmed. See whose: afterword edition ${edition} --unconfirmed --addresses`;

const queueLine = ({ queue, letters, redrive }: DeadLettersAnswer['queues'][number]) =>
  redrive?.state === 'under way'
    ? `The dead letters of ${printableLine(queue)} are being moved back, about ${letters} left. How far: afterword dead-letters list`
    : `${counted(letters, 'dead letter')} of ${printableLine(queue)}. See them: afterword dead-letters list`;

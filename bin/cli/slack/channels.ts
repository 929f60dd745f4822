import { setTimeout as sleep } from 'node:timers/promises';
import { type NamedChannel, RefreshAnswer, SlackChannelsAnswer } from '../../../core/operator/slack-api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { columns, printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';
import { heldLine } from './lines.ts';

export const channelsHelp = `
The channels are those of the distribution file in force, under slack.channels and teams.*.channels.slack. Slack's list of channels is
read when a postmortem is posted, at most hourly, and with --refresh, for which the key needs the scope send.

  ready        gets posts
  not joined   invite the app: /invite @Afterword in the channel
  archived     unarchive it in Slack, or take it out of the file
  shared       another company reads it, so nothing is posted there
  missing      Slack has no such channel, or it is private and the app was not invited
  not known    Slack's list was not read yet, does not have this id, or has not every channel

Examples:
  afterword slack channels
  afterword slack channels --refresh --json`;

const waits = { everyMs: 1000, times: 30 };

/** Shows each channel that the file names. With `refresh`, waits until the list is a new one. */
export async function listChannels({ api, terminal }: Session, { refresh }: { readonly refresh?: boolean }): Promise<ExitCode> {
  const read = async () => (await api({ method: 'GET', path: 'operator/slack/channels' }, SlackChannelsAnswer)).body;
  const asked = refresh
    ? (await api({ method: 'POST', path: 'operator/slack/channels/refresh', mayRepeat: true }, RefreshAnswer)).body
    : undefined;
  let answer = await read();
  for (let n = 0; asked && answer.listedAt === asked.listedAt && n < waits.times; n += 1) {
    await sleep(waits.everyMs);
    answer = await read();
  }
  const { channels, listedAt, held } = answer;
  if (channels.length > 0) terminal.say(...columns(['CHANNEL', 'STATE', 'AUDIENCE', 'GETS', 'MEMBERS', 'ID'], channels.map(rowOf)), '');
  else terminal.say('The distribution file names no channel, so nothing is posted. Add slack: to it, then: afterword apply');
  terminal.say(listedAt === undefined ? 'Slack was not asked for its channels yet: add --refresh.' : `As of ${toTheMinute(listedAt)} UTC.`);
  if (held) terminal.say(heldLine(held));
  const isStale = asked !== undefined && listedAt === asked.listedAt;
  if (isStale) terminal.warn('Slack has not answered yet. Look again in a minute; if it stays so: afterword status');
  terminal.answer(answer);
  return isStale ? exitCodes.refused : exitCodes.ok;
}

const rowOf = ({ named, channel = '', name, standing, audience, isListed, severities, teams, members }: NamedChannel): string[] => [
  name === undefined ? named : `#${name}`,
  standing,
  audience,
  [...(isListed ? [severities ? severities.join(', ') : 'all'] : []), ...teams.map(printableLine)].join('; '),
  members === undefined ? '-' : String(members),
  channel,
];

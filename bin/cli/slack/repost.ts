import { RepostAnswer } from '../../../core/operator/slack-api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { channelOf } from './lines.ts';

export const repostHelp = `
For a post that somebody deleted, that Slack refused, or of which nobody knows whether it arrived, and for a channel that has none: of a
postmortem that is older than slack.withinDays, for example. Look into the channel first where it is unconfirmed, because it may stand
there already. It is posted within seconds, as the channel's audience sees it now. A post that stands is looked at again, and an edit that
Slack refused is tried again. The key needs the scope send.

A shell takes what follows # for a comment: write the name without it.

Examples:
  afterword slack repost checkout-outage incident-pms
  afterword slack repost checkout-outage C0123456789`;

/** Has one postmortem posted in one channel. Until it is posted, a second time changes nothing. */
export async function repost({ api, terminal }: Session, postmortem: string, channel: string): Promise<ExitCode> {
  const path = `operator/slack/${encodeURIComponent(postmortem)}/repost`;
  const body = JSON.stringify({ channel });
  const { body: answer } = await api({ method: 'POST', path, body, type: 'application/json', mayRepeat: true }, RepostAnswer);
  const id = printableLine(answer.postmortem);
  terminal.say(
    `${id} is being posted in ${channelOf(answer)}${answer.audience === undefined ? '' : `, as ${printableLine(answer.audience)} sees it`}.`,
    `See how far it is: afterword slack posts ${id}`,
  );
  terminal.answer(answer);
  return exitCodes.ok;
}

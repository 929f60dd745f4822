import { toInstant } from '../shared/instant.ts';
import type { Slack, SlackPace } from './ports.ts';
import { stoppedMs } from './post-step.ts';

/**
 * Reads the channels, unless every call waits. Has every call wait where Slack wants to be left
 * alone, or takes nothing of us: no post is under way whose worker would do so.
 */
export const brakedChannels = ({
  slack,
  pace,
  now,
}: {
  readonly slack: Pick<Slack, 'channels'>;
  readonly pace: Pick<SlackPace, 'holdUntil' | 'heldUntil'>;
  readonly now: () => Date;
}): Slack['channels'] => {
  const inMs = (ms: number) => toInstant(new Date(now().getTime() + ms));
  return async () => {
    const held = await pace.heldUntil();
    if (held) return { kind: 'later', seconds: Math.ceil((Date.parse(held.until) - now().getTime()) / 1000), code: held.why };
    const answer = await slack.channels();
    if (answer.kind === 'later') await pace.holdUntil(inMs(answer.seconds * 1000), answer.code);
    if (answer.kind === 'stopped') await pace.holdUntil(inMs(stoppedMs), answer.code);
    return answer;
  };
};

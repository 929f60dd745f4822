import { minuteMs } from '../shared/duration.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { FoundMessage } from './ports.ts';
import type { SlackPost } from './slack-post.ts';

type Doubtful = Extract<SlackPost, { state: 'doubtful' }>;

/**
 * Between the looks into a channel's history: 30 seconds, two and ten minutes after the call. A
 * message that Slack took is there at once as a rule.
 */
export const lookAfterMs = [30_000, 1.5 * minuteMs, 8 * minuteMs] as const;
/**
 * How long after a second call another message is still looked for. It is longer than Slack has to
 * carry out a call, and its history to show that.
 */
export const twiceMs = 11 * minuteMs;

export const inMs = (now: number, ms: number): Instant => toInstant(new Date(now + ms));

/** Nobody knows whether a call posted it. */
export const inDoubt = ({ since, attempt }: Pick<Doubtful, 'since' | 'attempt'>, now: number): Doubtful => ({
  state: 'doubtful',
  since,
  attempt,
  looks: 0,
  lookAt: inMs(now, lookAfterMs[0]),
});

/**
 * What is known once the history was read. `found`: our messages with the post's key, oldest first.
 * The third look without one makes it absent, and after a second call unconfirmed.
 */
export function afterLook({ state, since, attempt, looks }: Doubtful, found: readonly FoundMessage[], now: number): SlackPost {
  const [first, second] = found;
  if (first) {
    // Of two messages the older stays: people may have answered it.
    const twice = { since, lookAt: inMs(now, twiceMs), ...(second && { other: second.ts }) };
    return { state: 'posted', ts: first.ts, shown: unknown, ...((attempt === 2 || second) && { twice }) };
  }
  const gap = lookAfterMs[looks + 1];
  if (gap !== undefined) return { state, since, attempt, looks: looks === 0 ? 1 : 2, lookAt: inMs(now, gap) };
  return attempt === 1 ? { state: 'absent', since, doubts: 1 } : { state: 'unconfirmed', since };
}

/** A message that was found shows what somebody meant to post, and nobody knows what that was. */
export const unknown = { revision: 0, view: 'full', hash: '' } as const;

import { expect, it } from 'vitest';
import { brakedChannels } from '../../../core/slack/braked-channels.ts';
import type { SlackAnswer } from '../../../core/slack/ports.ts';
import type { SlackChannel } from '../../../core/slack/slack-post.ts';

type Answer = SlackAnswer<readonly SlackChannel[]>;
const now = () => new Date('2026-11-17T14:31:00Z');

/** Reads the channels once. Answers what was said, how often Slack was asked, and who waits now. */
async function reading(answer: Answer, held?: { readonly until: string; readonly why: string }) {
  const holds: string[] = [];
  let calls = 0;
  const slack = {
    channels: async () => {
      calls += 1;
      return answer;
    },
  };
  const pace = {
    heldUntil: async () => held,
    holdUntil: async (until: string, why: string, channel?: string) => void holds.push(`${channel ?? 'all'} until ${until}: ${why}`),
  };
  return { answer: await brakedChannels({ slack, pace, now })(), calls, holds };
}

it('asks nothing of a Slack that wants to be left alone', async () => {
  const held = { until: '2026-11-17T14:31:20.500Z', why: 'ratelimited' };
  expect(await reading({ kind: 'ok', value: [] }, held)).toEqual({
    answer: { kind: 'later', seconds: 21, code: 'ratelimited' },
    calls: 0,
    holds: [],
  });
});

it.each<[Answer, string[]]>([
  [{ kind: 'ok', value: [] }, []],
  [{ kind: 'refused', code: 'not_allowed_token_type' }, []],
  [{ kind: 'later', seconds: 30, code: 'ratelimited' }, ['all until 2026-11-17T14:31:30Z: ratelimited']],
  [{ kind: 'stopped', code: 'invalid_auth' }, ['all until 2026-11-17T14:41:00Z: invalid_auth']],
])('has every call wait as Slack wants it: %o', async (answer, holds) => {
  expect(await reading(answer)).toEqual({ answer, calls: 1, holds });
});

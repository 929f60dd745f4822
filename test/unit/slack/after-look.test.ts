import { expect, test } from 'vitest';
import { afterLook, inDoubt } from '../../../core/slack/after-look.ts';
import { after, begin, nextStep } from '../../../core/slack/post-step.ts';
import type { SlackPost } from '../../../core/slack/slack-post.ts';

const now = Date.UTC(2026, 10, 17, 14, 30);
const doubtful = inDoubt({ since: '2026-11-17T14:20:00Z', attempt: 2 }, now);
const facts = { now, remainingMs: 25_000 };

const target = { view: 'nothing', audience: 'engineering', channelName: 'c', isLinkOpen: true } as const;

/** The step for a post that shows what it should, once its worker has a place. */
function stepFor(post: SlackPost) {
  const row = { postmortem: 'pm-1', channel: 'C1', audience: 'engineering', key: 'k', post, version: 3 } as const;
  const reading = after(begin('w'), { kind: 'wanted read', revision: 1 }, facts);
  const read = after(reading, { kind: 'row read', row, target }, facts);
  return nextStep(after(read, { kind: 'place asked for' }, facts), facts);
}

test('of two messages the older stays, and the other is removed by name, whatever a later look shows', () => {
  const post = afterLook(doubtful, [{ ts: '10.1' }, { ts: '11.1' }], now);

  expect(post).toMatchObject({ state: 'posted', ts: '10.1', twice: { other: '11.1' } });
  expect(stepFor(post)).toEqual({ do: 'remove second', ts: '11.1' });
});

test('after a second call the other message is looked for until Slack has had its time to post it, and to show it', () => {
  expect(afterLook(doubtful, [{ ts: '10.1' }], now)).toMatchObject({ twice: { lookAt: '2026-11-17T14:41:00Z' } });
  expect(afterLook({ ...doubtful, attempt: 1 }, [{ ts: '10.1' }], now)).not.toHaveProperty('twice');
});

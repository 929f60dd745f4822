import { describe, expect, it } from 'vitest';
import type { Change } from '../../local/slack/call-log.ts';
import { type BelievedPost, slackViolations, type WantedMessage } from './slack/violations.ts';

const wanted: WantedMessage = { postmortem: 'pm-1', channel: 'C1', word: 'Incident 1,', last: 'account 2' };
const row: BelievedPost = { postmortem: 'pm-1', channel: 'C1', state: 'posted', ts: '1.000001' };
const change = (what: Change['what'], text: string, ts = '1.000001'): Change => {
  return { at: '2026-12-08T10:00:00.000Z', what, channel: 'C1', ts, key: 'k', text, blocks: [], metadata: null };
};
const posted = change('chat.postMessage', 'Incident 1, account 1');
const edited = change('chat.update', 'Incident 1, account 2');
const revisionOf = (text: string) => Number(/account (\d+)/.exec(text)?.[1]) || undefined;
const rulesOf = (changes: readonly Change[], also: { wanted?: Partial<WantedMessage>; rows?: readonly BelievedPost[] } = {}) =>
  slackViolations({ wanted: [{ ...wanted, ...also.wanted }], changes, rows: also.rows ?? [row], revisionOf }).map(({ rule }) => rule);

describe('what stands in Slack', () => {
  it('is right if each post shows its last revision', () => {
    expect(rulesOf([posted, edited])).toEqual([]);
    expect(rulesOf([posted, change('chat.update', 'Withdrawn')], { wanted: { last: undefined } })).toEqual([]);
    expect(rulesOf([posted, edited, change('chat.postMessage', 'Incident 1, account 1', '2.0'), change('chat.delete', '', '2.0')])).toEqual(
      [],
    );
  });

  it.each([
    ['doubled', [posted, edited, change('chat.postMessage', 'Incident 1, account 2', '2.000001')], {}],
    ['missing', [], { rows: [] }],
    ['missing', [posted, edited, change('by hand', '')], { rows: [] }],
    ['not the last', [posted], {}],
    ['readable though hidden', [posted, edited], { wanted: { last: undefined } }],
    ['an older one later', [edited, change('chat.update', 'Incident 1, account 1'), edited], {}],
    ['another belief', [posted, edited], { rows: [{ ...row, ts: '2.000001' }] }],
    ['of nothing', [posted, edited, change('chat.postMessage', 'Lunch', '2.000001')], {}],
  ] as const)('is wrong: %s', (rule, changes, also) => {
    expect(rulesOf(changes, also)).toEqual([rule]);
  });
});

import { describe, expect, it } from 'vitest';
import { exploreNotice, type NoticeStory } from '../support/notice-world.ts';

const approved = (more: Partial<NoticeStory>): NoticeStory => ({ revisions: ['text A'], pressers: [], isApproved: true, ...more });

/** Everything that can happen, in every order: docs/adr/074-approvals.md says what is promised. */
const stories: readonly (readonly [string, NoticeStory])[] = [
  ['an approver and the same person by another address', { revisions: ['text A'], pressers: ['ruth', 'tagged ruth'] }],
  ['an approver and a writer', { revisions: ['text A'], pressers: ['ruth', 'writer'] }],
  ['a revision at any time', { revisions: ['text A', 'text B'], pressers: ['ruth', 'tom'] }],
  ['a retraction at any time, and a death', { revisions: ['text A', 'retracted'], pressers: ['ruth', 'tom'], crashes: 1 }],
  [
    'three approvers, a stop and a change of the file',
    { revisions: ['text A'], pressers: ['ruth', 'tom', 'legal'], stops: 1, fileChanges: true },
  ],
  ['two looks, a retraction and a death', approved({ revisions: ['text A', 'retracted'], workers: 2, crashes: 1 })],
  ['two looks and somebody who takes it back', approved({ workers: 2, withdrawals: 1, crashes: 1 })],
  ['an approver is named as a writer at any time, and not any more', approved({ pressers: ['ruth', 'tom'], writersChange: 2 })],
  ['a writer more, two looks and a death', approved({ writersChange: 1, workers: 2, crashes: 1 })],
  [
    'a text that is taken back and returns, and a death',
    approved({ revisions: ['text A', 'text B', 'text A'], withdrawals: 1, crashes: 1 }),
  ],
  ['a retraction that is lifted, and a death', approved({ revisions: ['text A', 'retracted', 'text A'], pressers: ['ruth', 'tom'] })],
];

describe('a notice, whatever happens in whatever order', () => {
  it.each(stories)('%s', (_what, story) => {
    expect(exploreNotice(story)).toEqual({ states: expect.any(Number), reached: expect.any(Array) });
  });

  it('breaks a promise without what a press is bound to', () => {
    const story: NoticeStory = { revisions: ['text A', 'text B'], pressers: ['ruth', 'tom'], without: 'what a press is bound to' };

    expect(exploreNotice(story).broken?.promise).toContain('N1');
  });
});

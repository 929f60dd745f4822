import { describe, expect, it } from 'vitest';
import { exploreNotice, type NoticeSafeguard, type NoticeStory } from '../../support/notice-world.ts';

const approved = (more: Partial<NoticeStory>): NoticeStory => ({ revisions: ['text A'], pressers: [], isApproved: true, ...more });

/** Small ones, in which each promise is at stake, with every end that they have. */
const stories: readonly (readonly [string, NoticeStory, readonly string[]])[] = [
  ['two approvers at once', { revisions: ['text A'], pressers: ['ruth', 'tom'] }, ['nothing', 'text A']],
  ['a revision at a release', approved({ revisions: ['text A', 'text B'] }), ['nothing', 'text A', 'unseen']],
  ['a retraction at a release', approved({ revisions: ['text A', 'retracted'] }), ['nothing', 'unseen', 'withdrawn']],
  [
    'a restriction at a release, and a death',
    approved({ revisions: ['text A', 'hidden'], crashes: 1 }),
    ['nothing', 'text A', 'unseen', 'withdrawn'],
  ],
  ['a death at any step of a release', approved({ crashes: 1 }), ['text A']],
  ['somebody stops it, or takes it back', approved({ stops: 1, withdrawals: 1 }), ['nothing', 'unseen', 'withdrawn']],
  [
    'somebody takes it back, and its postmortem returns to that text',
    approved({ revisions: ['text A', 'text B', 'text A'], withdrawals: 1 }),
    ['nothing', 'unseen', 'withdrawn'],
  ],
  ['an approver is named as a writer, and not any more', approved({ writersChange: 2 }), ['nothing', 'text A']],
  ['an approver leaves the file', approved({ fileChanges: true }), ['nothing', 'text A']],
  ['an artefact is written over', approved({ forges: 1 }), ['nothing', 'text A']],
];

describe('a notice, whatever happens in whatever order', () => {
  it.each(stories)('%s', (_what, story, ends) => {
    expect(exploreNotice(story)).toEqual({ states: expect.any(Number), reached: ends });
  });
});

/**
 * The smallest story in which each safeguard is needed, and the promise that is broken without.
 * What a press is bound to takes a request after another: see test/faults.
 */
const needed: Readonly<Record<Exclude<NoticeSafeguard, 'what a press is bound to'>, readonly [NoticeStory, string]>> = {
  "comparing the text at the release with the postmortem's": [approved({ revisions: ['text A', 'text B'] }), 'N4'],
  'comparing the artefact at the release': [approved({ forges: 1 }), 'N1'],
  'the version of the row': [approved({ withdrawals: 1 }), 'N3'],
  'the version of the public notice': [approved({ revisions: ['text A', 'retracted'], workers: 2 }), 'N2'],
  'the same person once': [{ revisions: ['text A'], pressers: ['ruth', 'tagged ruth'] }, 'N1'],
  'the writer never': [{ revisions: ['text A'], pressers: ['ruth', 'writer'] }, 'N7'],
  'the writers as they are named now': [approved({ writersChange: 1 }), 'N7'],
  'who was once named for it': [approved({ pressers: ['ruth', 'tom'], writersChange: 2 }), 'N7'],
  'the file at the release': [approved({ fileChanges: true }), 'N1'],
  'a withdrawal before anything else': [approved({ revisions: ['text A', 'retracted'] }), 'N4'],
  'the row before the postmortem': [approved({ revisions: ['text A', 'retracted'] }), 'N4'],
};

describe('without a safeguard', () => {
  it.each(Object.entries(needed))('%s, a promise is broken', (without, [story, promise]) => {
    const { broken } = exploreNotice({ ...story, without: without as NoticeSafeguard });

    expect(broken?.promise ?? 'nothing is broken').toContain(promise);
  });
});

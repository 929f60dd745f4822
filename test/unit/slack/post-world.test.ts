import { describe, expect, it } from 'vitest';
import { explore, noFaults, type Safeguard, type Story } from '../../support/post-world.ts';

const aStory = (revisions: Story['revisions'], faults: Partial<Story['faults']> = {}, workers: Story['workers'] = 1): Story => ({
  revisions,
  workers,
  faults: { ...noFaults, ...faults },
});

/** Small ones, in which each promise is at stake. The large ones are in test/faults. */
const stories: readonly (readonly [string, Story])[] = [
  ['two workers meet a hiding', aStory(['text A', 'hidden'], {}, 2)],
  ['a worker dies while a text is hidden', aStory(['text A', 'hidden'], { crashes: 1 })],
  ['an answer is lost, and the history is late', aStory(['text A'], { doubts: 2, isHistoryLate: true })],
  ['Slack refuses to edit and to delete', aStory(['text A', 'hidden'], { refusals: 2 })],
  ['an operator has refused edits tried again', aStory(['text A', 'text B', 'text A'], { refusals: 1, asks: 1 })],
  ['somebody deletes the post', aStory(['text A', 'text B'], { deletions: 1 })],
  ['the channel is shared before a revision', aStory(['text A', 'text B'], { isShared: true })],
  ['the channel is shared before a retraction', aStory(['text A', 'retracted'], { isShared: true })],
  ['the list lacks the name of the channel', { ...aStory(['text A', 'text B', 'retracted'], {}, 2), isNameUnknown: true }],
  ['what was hidden is retracted', aStory(['text A', 'hidden', 'retracted'])],
  ['a message that came late is deleted', aStory(['text A'], { crashes: 1, doubts: 1, deletions: 1 })],
  ['what was hidden is told again', aStory(['text A', 'hidden', 'text B'], { throttles: 1 })],
];

describe('a post, whatever happens in whatever order', () => {
  it.each(stories)('%s', (_what, story) => {
    expect(explore(story)).toEqual({ states: expect.any(Number) });
  });
});

/**
 * The smallest story in which each safeguard is needed, and the promise that is broken without.
 * Those of leases take more revisions: see test/faults.
 */
const needed: Readonly<
  Record<Exclude<Safeguard, 'the lease of an edit' | 'a lease that outlives the function'>, readonly [Story, string]>
> = {
  'the mark before the call': [aStory(['text A'], { crashes: 1 }), 'P1'],
  'the version of the row': [aStory(['text A', 'text B'], {}, 2), 'P1'],
  'looking into the history': [aStory(['text A'], { doubts: 1 }), 'P1'],
  'the look for a second message': [aStory(['text A'], { doubts: 2, isHistoryLate: true }), 'P1'],
  'one attempt for each call': [aStory(['text A'], { doubts: 1 }), 'P1'],
  'reading what is wanted after the mark': [aStory(['text A', 'hidden'], {}, 2), 'P3'],
  'reading what is wanted before the row': [aStory(['text A', 'hidden'], {}, 2), 'P2'],
  'what is shown is unknown while it is edited': [aStory(['text A', 'text B', 'text A'], { doubts: 1 }), 'P2'],
  'deleting what cannot be edited': [aStory(['text A', 'hidden'], { refusals: 1 }), 'P3'],
  'asking whether the channel is shared': [aStory(['text A', 'text B'], { isShared: true }), 'P5'],
  'asking for the name of the channel': [{ ...aStory(['text A']), isNameUnknown: true }, 'P7'],
};

describe('without a safeguard', () => {
  it.each(Object.entries(needed))('%s, a promise is broken', (without, [story, promise]) => {
    const { broken } = explore({ ...story, without: without as Safeguard });

    expect(broken?.promise ?? 'nothing is broken').toContain(promise);
  });
});

import { describe, expect, it } from 'vitest';
import { explore, type Faults, noFaults, type Story } from '../support/post-world.ts';

const aStory = (workers: Story['workers'], revisions: Story['revisions'], faults: Partial<Faults> = {}): Story => ({
  workers,
  revisions,
  faults: { ...noFaults, ...faults },
});

/** Everything that can happen, in every order: docs/adr/059-posts.md says what P1 to P6 promise. */
const stories: readonly (readonly [string, Story])[] = [
  ['two workers, one of whom dies, and three revisions', aStory(2, ['text A', 'text B', 'hidden'], { crashes: 1 })],
  ['two workers, a death and a lost answer around a hiding', aStory(2, ['text A', 'hidden'], { crashes: 1, doubts: 1 })],
  ['two workers, and a text that comes back', aStory(2, ['text A', 'text B', 'text A'], { crashes: 1 })],
  [
    'two lost answers, a death and a late history',
    aStory(1, ['text A', 'text B', 'hidden'], { crashes: 1, doubts: 2, isHistoryLate: true }),
  ],
  ['a hiding that is lifted, and a deletion', aStory(1, ['text A', 'hidden', 'text B'], { crashes: 1, doubts: 1, deletions: 1 })],
  ['two workers, two lost answers, a death and a deletion', aStory(2, ['text A'], { crashes: 1, doubts: 2, deletions: 1 })],
  ['two workers whom Slack refuses, and a title that was hidden', aStory(2, ['text A', 'hidden', 'retracted'], { refusals: 2 })],
  ['two workers, and an operator has refused edits tried again', aStory(2, ['text A', 'text B', 'text A'], { refusals: 1, asks: 1 })],
  ['two workers, a shared channel and a retraction', aStory(2, ['text A', 'retracted'], { doubts: 1, isShared: true })],
];

describe('a post, whatever happens in whatever order', () => {
  it.each(stories)('%s', (_what, story) => {
    expect(explore(story)).toEqual({ states: expect.any(Number) });
  });

  it.each([
    ['the lease of an edit', aStory(2, ['text A', 'text B', 'hidden']), 'P6'],
    // Two workers take the post from each other again and again.
    ['a lease that outlives the function', aStory(2, ['text A', 'text B']), 'P4'],
  ] as const)('breaks a promise without %s', (without, story, promise) => {
    expect(explore({ ...story, without }).broken?.promise ?? 'nothing is broken').toContain(promise);
  });
});

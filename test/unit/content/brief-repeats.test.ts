import { expect, it } from 'vitest';
import { confirmedOf, namedByRepeats, repeatsContent } from '../../../core/content/brief-repeats-content.ts';
import { actionsAsOf } from '../../support/actions-as-of.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { aSimilar } from '../../support/similar-in-memory.ts';

const telling = { now: new Date('2026-11-30T10:00:00Z'), zone: 'Europe/Berlin' };
const [row] = actionsAsOf(aPostmortem({ id: 'old', publishedAt: '2025-11-30T10:00:00Z', actionItems: [{ title: 'Limit the queue' }] }), []);
const repeated = (id: string, state: 'found' | 'confirmed') => ({
  postmortem: id,
  title: `About ${id}`,
  earlier: [
    {
      similar: aSimilar({ state }),
      other: { id: `before-${id}`, title: `Before ${id}`, publishedAt: '2025-11-30T10:00:00Z' },
      promises: row ? [{ row, is: 'open' as const, caught: false }] : [],
    },
  ],
});
const both = [repeated('a', 'found'), repeated('b', 'confirmed')];

it('lists what somebody confirmed first, with the promise and since when it waits', () => {
  expect(repeatsContent(both, telling)?.rows).toEqual([
    {
      postmortem: 'b',
      title: 'About b',
      meta: [
        'The same failure as “Before b” of November 2025.',
        '“Limit the queue” is still open, 365 days after it was promised. It was promised there.',
      ],
      age: '365 days',
      late: true,
    },
    expect.objectContaining({ postmortem: 'a', late: false, meta: [expect.stringContaining('Looks like “Before a”'), expect.anything()] }),
  ]);
  expect(repeatsContent([], telling)).toBeUndefined();
});

it('counts for the headline what was confirmed alone, and names both of each pair', () => {
  expect(confirmedOf(both).map(({ postmortem }) => postmortem)).toEqual(['b']);
  expect(namedByRepeats(both)).toEqual(['a', 'before-a', 'b', 'before-b']);
});

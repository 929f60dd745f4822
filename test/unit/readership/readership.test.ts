import { describe, expect, it } from 'vitest';
import { readershipOf } from '../../../core/readership/readership.ts';
import type { Reading } from '../../../core/readership/reading.ts';
import { countedTeams } from '../../../core/readership/team-sizes.ts';
import { topicOf } from '../../../core/subscriber/topic.ts';

const at = '2026-11-30T08:00:00Z';
const today = '2026-11-30';
let n = 0;
const reading = (team: string | undefined, change: Partial<Reading> = {}): Reading => {
  n += 1;
  const key = team === undefined ? undefined : topicOf('team', team);
  return { postmortem: 'pm-1', blinded: String(n).padStart(32, '0'), ...(key && { team: key }), on: '2026-11-24', how: 'page', ...change };
};
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
const people = (sizes: Readonly<Record<string, number>>) => Object.entries(sizes).flatMap(([team, size]) => Array<string>(size).fill(team));
const sizesOf = (sizes: Readonly<Record<string, number>>, above: Readonly<Record<string, string>> = {}) =>
  countedTeams(
    people(sizes),
    Object.entries(above).map(([name, partOf]) => ({ name, partOf })),
    at,
  );
const wordsOf = (...given: Parameters<typeof readershipOf>) => readershipOf(...given).teams.map(({ name, word }) => `${name}: ${word}`);

describe('how far a postmortem was read', () => {
  it('is told of teams of five and more, in words', () => {
    const read = [...times(4, () => reading('Search')), reading('Payments'), ...times(4, () => reading('Night'))];
    expect(wordsOf(read, sizesOf({ Search: 8, Payments: 5, Night: 4, Mobile: 6 }), today)).toEqual([
      'Mobile: nobody yet',
      'Payments: a few',
      'Search: about half',
    ]);
  });

  it('is told of small teams together, if their department is large enough', () => {
    const sizes = sizesOf(
      { Cart: 3, Tax: 2, Ads: 4, Payments: 6 },
      { Cart: 'Commerce', Tax: 'commerce', Ads: 'Growth', Payments: 'Commerce' },
    );
    const read = [reading('Cart'), ...times(2, () => reading('Tax')), ...times(3, () => reading('Ads'))];
    expect(wordsOf(read, sizes, today)).toEqual(['Payments: nobody yet', 'Small teams of Commerce: most']);
  });

  it('counts each reader once, and nobody of today', () => {
    const twice = reading('Search');
    const read = [twice, twice, reading('Search', { on: today }), reading('Search', { on: '2026-12-01' })];
    expect(readershipOf(read, sizesOf({ Search: 8 }), today).teams[0]?.word).toBe('a few');
    expect(
      wordsOf(
        times(8, () => reading('Search', { on: today })),
        sizesOf({ Search: 8 }),
        today,
      ),
    ).toEqual(['Search: nobody yet']);
  });

  it('says nothing before teams were counted', () => {
    expect(
      readershipOf(
        times(9, () => reading('Search')),
        undefined,
        today,
      ),
    ).toEqual({ teams: [] });
  });

  it('tells what somebody of a team pressed', () => {
    const read = [
      reading('Search', { how: 'discussed' }),
      reading('Search', { how: 'not relevant' }),
      reading('Mobile', { how: 'useful' }),
    ];
    expect(readershipOf(read, sizesOf({ Search: 8, Mobile: 5 }), today).teams.map(({ said }) => said)).toEqual([['useful'], ['discussed']]);
  });
});

describe('the number of readers', () => {
  const totalOf = (read: readonly Reading[], sizes: Readonly<Record<string, number>>) => readershipOf(read, sizesOf(sizes), today).readers;

  it('is rounded down', () => {
    const read = [...times(8, () => reading('Search')), ...times(7, () => reading(undefined)), ...times(3, () => reading('Night'))];
    expect(totalOf(read, { Search: 30, Night: 4, '': 40 })).toBe(10);
  });

  it('is not told where it would say more of a team than its word', () => {
    // Who did not read would know that the other five did.
    expect(
      totalOf(
        times(5, () => reading('Search')),
        { Search: 6 },
      ),
    ).toBeUndefined();
    expect(
      totalOf(
        times(5, () => reading('Search')),
        { Search: 6, Mobile: 6 },
      ),
    ).toBeUndefined();
    // All who are in no team that is shown.
    expect(
      totalOf(
        times(5, () => reading('Night')),
        { Night: 4, Ads: 1 },
      ),
    ).toBeUndefined();
  });
});

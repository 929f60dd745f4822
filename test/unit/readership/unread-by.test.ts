import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../core/readership/reading.ts';
import { type ToldBefore, unreadBy } from '../../../core/readership/unread-by.ts';

const today = '2026-11-30';
const size = (name: string, people: number) => ({ team: `team:${name}`, name, size: people });
const sizes = { staff: 30, teams: [size('payments', 5), size('search', 8), size('night', 4)] };
const relevant = (name: string, score: number) => ({
  team: `team:${name}`,
  name,
  score,
  reasons: [{ reason: { kind: 'runs' as const, service: name }, key: `runs ${name}`, sentence: 'You run it.' }],
});
const reading = (name: string, on = '2026-11-25'): Reading => ({
  postmortem: 'a',
  blinded: '0'.repeat(32),
  team: `team:${name}`,
  on,
  how: 'page',
});
const told = (id: string, teams: ToldBefore['teams'], change: Partial<ToldBefore> = {}): ToldBefore => ({
  id,
  severity: 'sev2',
  teams,
  readings: [],
  ...change,
});

describe('what nobody in a team read', () => {
  it('is told of a team of five and more to which it matters much, and of no other', () => {
    const all = [told('a', [relevant('payments', 5), relevant('search', 4.99), relevant('night', 9), relevant('uncounted', 9)])];
    expect(unreadBy(all, sizes, today)).toEqual([
      { team: 'team:payments', postmortem: 'a', key: 'runs payments', score: 5, severity: 'sev2' },
    ]);
    expect(unreadBy(all, undefined, today)).toEqual([]);
  });

  it('is nothing once one of them read it, whoever else did, from the next day on', () => {
    const of = (...readings: Reading[]) => unreadBy([told('a', [relevant('payments', 5)], { readings })], sizes, today);
    expect(of(reading('payments'))).toEqual([]);
    expect(of(reading('search'))).toHaveLength(1);
    expect(of(reading('payments', today))).toHaveLength(1);
  });

  it('is one postmortem for each team: what matters most, then the gravest', () => {
    const all = [
      told('a', [relevant('payments', 6), relevant('search', 6)]),
      told('b', [relevant('payments', 7), relevant('search', 6)]),
      told('c', [relevant('search', 6)], { severity: 'sev1' }),
    ];
    const names = (unread: ReturnType<typeof unreadBy>) => unread.map(({ team, postmortem }) => [team, postmortem]);
    // The same in one go or one after the other.
    const inTurn = all.toReversed().reduce((others, one) => unreadBy([one], sizes, today, others), unreadBy([], sizes, today));
    expect(names(inTurn)).toEqual(names(unreadBy(all, sizes, today)));
    expect(names(unreadBy(all, sizes, today))).toEqual([
      ['team:payments', 'b'],
      ['team:search', 'c'],
    ]);
  });
});

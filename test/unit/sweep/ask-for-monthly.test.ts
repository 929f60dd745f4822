import { describe, expect, it } from 'vitest';
import { lastMonthlyMade, nextMonthlyMade } from '../../../core/edition/occurrence.ts';
import { askForMonthly, type MonthlyDeps, type MonthlyNotes } from '../../../core/sweep/ask-for-monthly.ts';
import { aDistribution } from '../../support/distribution.ts';

/** Readers of the digest since these instants, by slot, and what was asked for. */
function aMonth(held: Record<string, string>, change: Partial<MonthlyDeps> = {}) {
  const wanted: string[] = [];
  const world = { now: new Date('2026-12-01T08:00:30Z'), wanted, notes: {} as MonthlyNotes };
  const deps: MonthlyDeps = {
    distribution: async () => aDistribution(),
    isThere: async () => false,
    registry: { slots: async () => Object.entries(held).map(([slot, since]) => ({ slot, since })) },
    ask: async (_stream, scheduledFor) => void wanted.push(scheduledFor),
    now: () => world.now,
    ...change,
  };
  const run = async (at: string) => {
    world.now = new Date(at);
    world.notes = await askForMonthly(world.notes, deps);
  };
  return { wanted, run, world };
}

describe('the digest of a month', () => {
  const held = { 'm2-0900-Europe--Berlin': '2026-11-10T10:00:00Z' };

  it('is asked for at the digest’s hour on the first of the next month, and again only after half an hour without it', async () => {
    const { wanted, run } = aMonth(held);
    await run('2026-12-01T07:59:59Z');
    expect(wanted).toEqual([]);
    await run('2026-12-01T08:00:30Z');
    await run('2026-12-01T08:01:30Z');
    await run('2026-12-01T08:29:30Z');
    expect(wanted).toEqual(['2026-12-01T08:00:00Z']);
    await run('2026-12-01T08:31:00Z');
    expect(wanted).toHaveLength(2);
  });

  it('is not asked for again because another stream was asked for since', async () => {
    const { wanted, run, world } = aMonth(held);
    const other = { 'a-later-stream': { edition: 'a-later-stream_2026-11', at: Date.parse('2026-12-01T08:00:45Z') } };
    await run('2026-12-01T08:00:30Z');
    world.notes = { ...world.notes, ...other };
    await run('2026-12-01T08:01:30Z');
    expect(wanted).toHaveLength(1);
    expect(world.notes).toEqual({
      'engineering-digest': { edition: 'engineering-digest_2026-11', at: Date.parse('2026-12-01T08:00:30Z') },
      ...other,
    });
  });

  it('is asked for late where nothing ran when it was due', async () => {
    const { wanted, run } = aMonth(held);
    await run('2026-12-04T12:00:00Z');
    expect(wanted).toEqual(['2026-12-01T08:00:00Z']);
  });

  it('is not asked for where it is there', async () => {
    const { wanted, run } = aMonth(held, { isThere: async (edition) => edition === 'engineering-digest_2026-11' });
    await run('2026-12-01T08:00:30Z');
    expect(wanted).toEqual([]);
  });

  it.each([
    ['nobody has it monthly', { 'w2-0900-Europe--Berlin': '2026-11-10T10:00:00Z', published: '2026-11-10T10:00:00Z' }],
    ['the first who has it monthly took it after it was due', { monthly: '2026-12-01T08:00:01Z' }],
  ])('is not asked for where %s', async (_what, slots) => {
    const { wanted, run } = aMonth(slots);
    await run('2026-12-01T08:31:00Z');
    await run('2026-12-05T09:00:00Z');
    expect(wanted).toEqual([]);
  });

  it('is asked for in nobody’s name where no file is applied, or no digest is in it', async () => {
    const without = { distribution: async () => aDistribution({ streams: {} }) };
    for (const change of [{ distribution: async () => undefined }, without]) {
      const { wanted, run } = aMonth(held, change);
      await run('2026-12-01T08:00:30Z');
      expect(wanted).toEqual([]);
    }
  });
});

describe('when a monthly digest is made', () => {
  const at = (zone: string, time: string) =>
    aDistribution({
      organisation: { name: 'Example Ltd', zone, domains: ['example.com'] },
      streams: { 'engineering-digest': { schedule: { every: 'week', on: 'monday', at: time, zone: 'Asia/Tokyo' } } },
    });

  it('is told in the organisation’s zone, across changes of the clocks', () => {
    const berlin = at('Europe/Berlin', '09:00');
    expect(lastMonthlyMade('engineering-digest', berlin, new Date('2026-11-30T12:00:00Z'))).toEqual(new Date('2026-11-01T08:00:00Z'));
    expect(nextMonthlyMade('engineering-digest', berlin, new Date('2026-11-30T12:00:00Z'))).toEqual(new Date('2026-12-01T08:00:00Z'));
    expect(lastMonthlyMade('engineering-digest', berlin, new Date('2026-10-01T07:00:00Z'))).toEqual(new Date('2026-10-01T07:00:00Z'));
    expect(nextMonthlyMade('engineering-digest', berlin, new Date('2026-10-01T07:00:00Z'))).toEqual(new Date('2026-11-01T08:00:00Z'));
  });

  it('is an hour later where the clocks leave that hour out', () => {
    // In Asuncion the clocks went forward on 1 October 2023 at midnight.
    expect(lastMonthlyMade('engineering-digest', at('America/Asuncion', '00:30'), new Date('2023-10-02T00:00:00Z'))).toEqual(
      new Date('2023-10-01T04:30:00Z'),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { missingEditions } from '../../../core/sweep/missing-editions.ts';
import { aDistribution } from '../../support/distribution.ts';

const weekly = { schedule: { every: 'week', on: 'monday', at: '09:00' }, quietWeek: 'notice', subscribe: [] } as const;
const applied = (appliedAt: string) => ({ distribution: aDistribution({ streams: { 'engineering-digest': weekly } }), appliedAt });

const registry = { slots: async () => [] };

/**
 * What is missing at an instant, where these editions are there. Nine o'clock in Berlin is 08:00Z
 * in November.
 */
const missingAt = (now: string, there: readonly string[], appliedAt = '2026-11-01T00:00:00Z') => {
  const asked: string[] = [];
  const isThere = async (edition: string) => {
    asked.push(edition);
    return there.includes(edition);
  };
  return missingEditions(applied(appliedAt), { isThere, registry, now: () => new Date(now) }).then((missing) => ({ missing, asked }));
};

describe('an edition that was due', () => {
  it('is missing half an hour later, by the name that composing would give it', async () => {
    const { missing } = await missingAt('2026-11-23T08:30:00Z', []);

    expect(missing).toEqual([{ edition: 'engineering-digest_2026-W47', due: '2026-11-23T08:00:00Z' }]);
  });

  it('is not missing before, where the one of last week is there', async () => {
    const { missing } = await missingAt('2026-11-23T08:29:59Z', ['engineering-digest_2026-W46']);

    expect(missing).toEqual([]);
  });

  it('is not missing once it is there, with one question a stream', async () => {
    const { missing, asked } = await missingAt('2026-11-25T12:00:00Z', ['engineering-digest_2026-W47']);

    expect(missing).toEqual([]);
    expect(asked).toEqual(['engineering-digest_2026-W47']);
  });

  it('was nobody’s promise before the distribution file was applied', async () => {
    const { missing, asked } = await missingAt('2026-11-23T12:00:00Z', [], '2026-11-23T08:00:01Z');

    expect([missing, asked]).toEqual([[], []]);
  });
});

it('a distribution file without a schedule misses nothing', async () => {
  const without = { distribution: aDistribution({ streams: {} }), appliedAt: '2026-11-01T00:00:00Z' };

  expect(await missingEditions(without, { isThere: async () => false, registry, now: () => new Date('2026-11-25T12:00:00Z') })).toEqual([]);
});

it('asks for a monthly brief by the month that had ended', async () => {
  const brief = { schedule: { every: 'month', on: 1, at: '08:00' } };
  const distribution = aDistribution({ streams: { 'leadership-brief': brief } });
  const missing = await missingEditions(
    { distribution, appliedAt: '2026-10-01T00:00:00Z' },
    { isThere: async () => false, registry, now: () => new Date('2026-11-23T12:00:00Z') },
  );
  expect(missing).toEqual([{ edition: 'leadership-brief_2026-10', due: '2026-11-01T07:00:00Z' }]);
});

describe('a summary that nobody gets unless they choose it', () => {
  const impact = { schedule: { every: 'week', on: 'friday', at: '14:00' }, severities: ['sev1'], contact: '#desk' };
  const distribution = aDistribution({ streams: { 'customer-impact': impact } });
  const missing = (slot: string, since: string) =>
    missingEditions(
      { distribution, appliedAt: '2026-11-01T00:00:00Z' },
      { isThere: async () => false, registry: { slots: async () => [{ slot, since }] }, now: () => new Date('2026-11-23T12:00:00Z') },
    );

  it.each(['weekly', 'w3-0700-Europe--Berlin'])('is missing where a reader had chosen it: %s', async (slot) => {
    expect(await missing(slot, '2026-11-19T00:00:00Z')).toMatchObject([{ edition: 'customer-impact_2026-W46' }]);
  });

  it('is not missing where all have it at once, or chose it only after it was due', async () => {
    expect(await missing('default', '2026-11-19T00:00:00Z')).toEqual([]);
    expect(await missing('weekly', '2026-11-20T13:00:01Z')).toEqual([]);
  });
});

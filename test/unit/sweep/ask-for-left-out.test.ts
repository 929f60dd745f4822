import { expect, it } from 'vitest';
import { askForLeftOut } from '../../../core/sweep/ask-for-left-out.ts';
import { missingEditions } from '../../../core/sweep/missing-editions.ts';
import { aDistribution } from '../../support/distribution.ts';

const distribution = aDistribution({ streams: { 'engineering-digest': { schedule: { every: 'week', on: 'sunday', at: '02:30' } } } });

/**
 * On 29 March 2026 the clocks in Berlin go from two to three, so that half past two is half past
 * three, 01:30Z.
 */
function aNight({ there = [] as string[], appliedAt = '2026-01-01T00:00:00Z' } = {}) {
  const asked: string[] = [];
  const isThere = async (edition: string) => there.includes(edition);
  const ask = async (stream: string, at: string) => void asked.push(`${stream} ${at}`);
  const run = (now: string) =>
    askForLeftOut({ applied: async () => ({ distribution, appliedAt }), isThere, ask, now: () => new Date(now) });
  const missing = (now: string) =>
    missingEditions({ distribution, appliedAt }, { isThere, registry: { slots: async () => [] }, now: () => new Date(now) });
  return { asked, run, missing };
}

it('asks for an edition whose time the clocks leave out, once they are past it', async () => {
  const { asked, run } = aNight();
  await run('2026-03-29T01:29:59Z');
  expect(asked).toEqual([]);
  await run('2026-03-29T01:30:20Z');
  expect(asked).toEqual(['engineering-digest 2026-03-29T01:30:00Z']);
});

it.each([
  ['it is there', { there: ['engineering-digest_2026-W12'] }, '2026-03-29T01:31:00Z'],
  ['nothing of it was in force yet', { appliedAt: '2026-03-29T01:30:01Z' }, '2026-03-29T01:31:00Z'],
  ['ten runs asked already', {}, '2026-03-29T01:40:00Z'],
  ['the clocks left nothing out', {}, '2026-03-22T01:31:00Z'],
  ['they repeat its time, which the scheduler runs once', {}, '2026-10-25T01:31:00Z'],
])('asks for nothing where %s', async (_, world, now) => {
  const { asked, run } = aNight(world);
  await run(now);
  expect(asked).toEqual([]);
});

it('is missing like any other edition where asking did not help', async () => {
  expect(await aNight().missing('2026-03-29T01:59:00Z')).toMatchObject([{ edition: 'engineering-digest_2026-W11' }]);
  expect(await aNight().missing('2026-03-29T02:00:00Z')).toEqual([{ edition: 'engineering-digest_2026-W12', due: '2026-03-29T01:30:00Z' }]);
});

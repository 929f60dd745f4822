import { describe, expect, it } from 'vitest';
import { recordAndCheck } from '../../../core/compose/record-and-check.ts';
import { startEdition } from '../../../core/compose/start-edition.ts';
import { outdatedIn } from '../../../core/edition/corrections.ts';
import { aComposing } from '../../support/composing.ts';
import { aDistribution } from '../../support/distribution.ts';

/** The digest of the week of 16 November 2026. */
const digest = { kind: 'scheduled', stream: 'engineering-digest', at: new Date('2026-11-23T08:00:00Z') } as const;
const quiet = { schedule: { every: 'week', on: 'monday', at: '09:00' }, quietWeek: 'nothing' };

async function composed(publish: (world: ReturnType<typeof aComposing>) => void, streams?: object) {
  const world = aComposing();
  publish(world);
  const deps = streams
    ? { ...world.deps, distribution: async () => aDistribution({ streams: { 'engineering-digest': streams } }) }
    : world.deps;
  await startEdition(digest, deps);
  const told = world.rendered[0]?.sections.map(({ name, cards }) => [name, ...cards.map(({ postmortem }) => postmortem)]);
  return { ...world, told };
}

describe('the digest of a quiet week', () => {
  it('tells the most severe of the same week a year ago, under its own heading', async () => {
    const { told, editions } = await composed(({ publish }) => {
      publish({ id: 'small', severity: 'sev3', publishedAt: '2025-11-19T12:00:00Z' });
      publish({ id: 'grave', severity: 'sev1', publishedAt: '2025-11-17T00:00:00Z' });
      publish({ id: 'sunday-before', severity: 'sev1', publishedAt: '2025-11-16T22:59:59Z' });
      publish({ id: 'monday-after', severity: 'sev1', publishedAt: '2025-11-23T23:00:00Z' });
    });
    expect(told).toEqual([['memory', 'grave']]);
    // It is named, so that a restriction reaches it, and not carried: it is no news.
    expect(editions.get('engineering-digest_2026-W47')).toMatchObject({ carries: [] });
  });

  it('keeps which text it told, so that mails to come say when that is corrected', async () => {
    const { editions, world, deps } = await composed(({ publish }) => publish({ id: 'grave', publishedAt: '2025-11-19T12:00:00Z' }));
    const [edition] = [...editions.values()];
    if (!edition) throw new Error('no edition');
    expect(edition.remembers).toEqual([{ id: 'grave', revision: 1 }]);
    expect([...outdatedIn(edition, new Set(['grave:2']))]).toEqual(['grave']);
    const stored = world.stored.get('grave');
    if (stored)
      world.stored.set('grave', { ...stored, revision: 2, material: { engineering: { revision: 2, at: '2026-11-24T00:00:00Z' } } });
    await recordAndCheck({ ...edition, names: ['grave'] }, deps);
    expect(editions.get(edition.id)?.corrected).toEqual(['grave:2']);
  });

  it('tells none that may not be told any more', async () => {
    const { told } = await composed(({ publish }) => {
      publish({ id: 'restricted', restricted: true, publishedAt: '2025-11-19T12:00:00Z' });
      publish({ id: 'retracted', status: 'retracted', publishedAt: '2025-11-19T12:00:00Z' });
    });
    expect(told).toEqual([]);
  });

  it('tells none where there is news, and none where the week is silent', async () => {
    const aYearAgo = ({ publish }: ReturnType<typeof aComposing>) => publish({ id: 'grave', publishedAt: '2025-11-19T12:00:00Z' });
    const busy = await composed((world) => {
      aYearAgo(world);
      world.publish({ id: 'new', publishedAt: '2026-11-18T12:00:00Z' });
    });
    expect(busy.told).toEqual([['fresh', 'new']]);
    expect((await composed(aYearAgo, quiet)).editions.get('engineering-digest_2026-W47')).toMatchObject({ names: [] });
  });
});

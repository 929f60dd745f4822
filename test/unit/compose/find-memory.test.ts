import { describe, expect, it } from 'vitest';
import { recordAndCheck } from '../../../core/compose/record-and-check.ts';
import { startEdition } from '../../../core/compose/start-edition.ts';
import { outdatedIn } from '../../../core/edition/corrections.ts';
import { aComposing } from '../../support/composing.ts';
import { aDistribution } from '../../support/distribution.ts';

/** The digest of the week of 16 November 2026. */
const digest = { kind: 'scheduled', stream: 'engineering-digest', at: new Date('2026-11-23T08:00:00Z') } as const;
const quiet = { schedule: { every: 'week', on: 'monday', at: '09:00' }, quietWeek: 'nothing' };

type World = ReturnType<typeof aComposing>;
type Said = readonly [how: 'useful' | 'discussed' | 'page', people: number, on?: string];

/** The same where readers said something of some postmortems. */
async function composedWith(
  said: Readonly<Record<string, Said>>,
  publish: (world: World) => void,
  change: (world: World) => void = () => {},
) {
  const world = aComposing();
  publish(world);
  change(world);
  const of = async (postmortem: string) => {
    const [how, people, on = '2026-06-01'] = said[postmortem] ?? ['page', 0];
    return Array.from({ length: people }, (_, n) => ({ postmortem, blinded: String(n).padStart(32, '0'), on, how }));
  };
  await startEdition(digest, { ...world.deps, readership: { ...world.deps.readership, readings: { of } } });
  const [content] = world.rendered;
  return content?.sections.map(({ heading, cards }) => [heading, ...cards.map(({ postmortem }) => postmortem)]);
}

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

describe('what readers found useful', () => {
  const again = (id: string) => [['Worth reading again', id]];
  const aYearAgo = [['A year ago this week', 'grave']];
  const publish = ({ publish: put }: World) => {
    put({ id: 'grave', severity: 'sev1', publishedAt: '2025-11-19T12:00:00Z' });
    put({ id: 'spring', severity: 'sev3', publishedAt: '2026-04-01T12:00:00Z' });
    put({ id: 'may', severity: 'sev2', publishedAt: '2026-05-01T12:00:00Z' });
    put({ id: 'lately', severity: 'sev1', publishedAt: '2026-08-17T12:00:00Z' });
  };
  const told = (said: Parameters<typeof composedWith>[0], change?: (world: World) => void) => composedWith(said, publish, change);

  it('comes before what was a year ago, what most found useful first, then the gravest', async () => {
    expect(await told({ spring: ['useful', 4], may: ['discussed', 3] })).toEqual(again('spring'));
    expect(await told({ spring: ['useful', 3], may: ['discussed', 3] })).toEqual(again('may'));
  });

  it.each<[string, Record<string, Said>]>([
    ['fewer than three readers', { spring: ['useful', 2] }],
    ['readers who said nothing', { spring: ['page', 9] }],
    ['readers of today', { spring: ['useful', 9, '2026-11-23'] }],
    ['what was published in the last quarter', { lately: ['useful', 9] }],
  ])('does not count %s', async (_what, said) => {
    expect(await told(said)).toEqual(aYearAgo);
  });

  it.each([
    ['told again in the last quarter', { namedIn: ['engineering-digest_2026-W34'] }, 'may'],
    ['told again before', { namedIn: ['engineering-digest_2026-W33'] }, 'spring'],
    ['told by another stream', { namedIn: ['leadership-brief_2026-10'] }, 'spring'],
  ])('and was %s gives way as it should', async (_when, change, id) => {
    const said = { spring: ['useful', 9], may: ['useful', 3] } as const;
    const change_ = ({ world }: World) => {
      const one = world.stored.get('spring');
      if (one) world.stored.set('spring', { ...one, ...change });
    };
    expect(await told(said, change_)).toEqual(again(id));
  });
});

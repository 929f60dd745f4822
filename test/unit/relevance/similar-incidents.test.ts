import { describe, expect, it } from 'vitest';
import { similarIncidents } from '../../../core/relevance/similar-incidents.ts';
import { judgedPairs } from '../../eval/relevance/similar-pairs.ts';
import { aComparison, anEntry, aService, refOf } from '../../support/relevance-world.ts';

const later = {
  id: 'later',
  title: 'Orders were refused',
  tags: ['expired-certificate'],
  services: ['web'],
  summary: 'Buyers saw warnings in their browsers from breakfast until lunch, and support answered two hundred calls.',
  publishedAt: '2026-06-01T10:00:00Z',
};
const certificate = (change: Record<string, unknown>) =>
  anEntry({
    id: 'earlier',
    title: 'Parcels stood still',
    tags: ['expired-certificate'],
    services: ['mail'],
    summary: 'Scanners stopped.',
    ...change,
  });
const found = (earlier: ReturnType<typeof anEntry>[], postmortem: Record<string, unknown> = later, services = [aService('web', 'Web')]) =>
  similarIncidents(aComparison(postmortem, { services, earlier })).map((one) => one.earlier);

describe('earlier incidents of the same failure', () => {
  it('share the failure mode and the service', () => {
    expect(found([certificate({ services: ['web'] })])).toEqual(['earlier']);
    expect(found([certificate({ services: ['mail'] })])).toEqual([]);
  });

  it('are more alike, the less telling the failure mode is', () => {
    const text = { ...later, tags: ['overload'] };
    expect(found([certificate({ tags: ['overload'], services: ['web'] })], text)).toEqual([]);
    expect(found([certificate({ tags: ['overload'], services: ['web'], summary: later.summary })], text)).toEqual(['earlier']);
  });

  it('share the failure mode and a resource that few use, and not one that everybody uses', () => {
    const using = (name: string, team: string) => aService(name, team, { dependsOn: [refOf('resource:vault')] });
    const vault = aService('resource:vault', 'A');
    const few = [vault, using('web', 'A'), using('mail', 'B')];
    expect(found([certificate({ services: ['mail'] })], later, few)).toEqual(['earlier']);
    const many = [...few, using('c', 'C'), using('d', 'D')];
    expect(found([certificate({ services: ['mail'] })], later, many)).toEqual([]);
  });

  it('are published earlier, and never the postmortem itself', () => {
    expect(found([certificate({ services: ['web'], publishedAt: '2026-07-01T10:00:00Z' })])).toEqual([]);
    expect(found([certificate({ services: ['web'], publishedAt: later.publishedAt })])).toEqual([]);
  });

  it('are at most three, in the same order whatever the order of the archive', () => {
    const four = ['a', 'b', 'c', 'd'].map((id) => certificate({ id, services: ['web'] }));
    expect(found(four)).toEqual(['a', 'b', 'c']);
    expect(found(four.toReversed())).toEqual(['a', 'b', 'c']);
  });

  it('may have no failure mode that the taxonomy knows, if the texts are very alike and of one service', () => {
    const same = {
      title: 'Lorries parked across the loading dock',
      summary: 'Lorries parked across the loading dock until noon.',
      tags: [],
    };
    const text = { ...later, ...same };
    expect(found([certificate({ ...same, services: ['web'] })], text)).toEqual(['earlier']);
    expect(found([certificate({ ...same, services: ['mail'] })], text)).toEqual([]);
  });
});

describe('the pairs that were judged by hand', () => {
  const { judged } = judgedPairs();
  const foundOf = (kind: string) => judged.filter(({ pair, isFound }) => pair.kind === kind && isFound).length;

  it('are found where a failure repeats, and seldom where it only looks so', () => {
    expect(foundOf('repeat')).toBeGreaterThanOrEqual(16);
    expect(foundOf('near miss')).toBeLessThanOrEqual(2);
  });

  it('are never said to have been caught by what would not have caught them', () => {
    const said = judged.flatMap(({ pair, caught }) => caught.map((title) => ({ title, true: pair.wouldHaveCaught })));
    expect(said.length).toBeGreaterThan(0);
    for (const one of said) expect(one.title).toBe(one.true);
  });
});

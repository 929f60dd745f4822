import { expect, it } from 'vitest';
import { readApplied } from '../../../core/distribution/read-applied.ts';
import { aDistribution } from '../../support/distribution.ts';

it('leaves out what a later release added, at any depth, and changes nothing else', () => {
  const applied = aDistribution({ teams: [{ name: 'Payments', services: ['checkout'] }] });
  const later = {
    ...applied,
    moon: { phase: 'full' },
    organisation: { ...applied.organisation, motto: 'Never twice' },
    streams: { ...applied.streams, 'lunar-digest': { schedule: { every: 'moon' } } },
    teams: applied.teams.map((team) => ({ ...team, mascot: 'an owl' })),
  };

  expect(readApplied(later)).toEqual(applied);
  expect(later.moon).toEqual({ phase: 'full' });
});

it('refuses what lacks something that this release needs', () => {
  expect(() => readApplied({ ...aDistribution(), organisation: { name: 'Northwind' } })).toThrow(/zone/);
});

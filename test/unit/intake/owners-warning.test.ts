import { expect, it } from 'vitest';
import { namesWarnings } from '../../../core/intake/names-warnings.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const teams = [{ name: 'Payments' }];
const reminding = aDistribution({ teams, reminders: { at: '08:00' } });
const actionItems = [
  { title: 'A', owner: 'Jo' },
  { title: 'B', owner: 'Jo' },
  { title: 'C', owner: 'the platform folks' },
  { title: 'D', owner: 'Rosa Lind' },
  { title: 'E', owner: 'Payments' },
  { title: 'F', owner: 'Ann', status: 'done' },
  { title: 'G', owner: 'Ana', team: 'Payments' },
  { title: 'H' },
];
const warned = (distribution = reminding, items: readonly object[] = actionItems) => {
  const postmortem = aPostmortem({ actionItems: items, services: [] });
  return namesWarnings(postmortem, postmortem, distribution).filter((text) => text.startsWith('actionItems.owner'));
};

it('tells who publishes which owners nobody can be sure of, each once', () => {
  expect(warned()).toEqual([
    'actionItems.owner: nobody can be sure who "Jo" and "the platform folks" are, so nobody is reminded. Write a whole name, an address, a handle or a team of the distribution file.',
  ]);
});

it('says nothing where all may be found, or where nobody is reminded', () => {
  expect(warned(reminding, [{ title: 'D', owner: 'Rosa Lind' }])).toEqual([]);
  expect(warned(aDistribution({ teams }))).toEqual([]);
});

import { expect, it } from 'vitest';
import { importPeople } from '../../../core/people/import-people.ts';
import { giveToNamed } from '../../../core/people/subscribe-named-people.ts';
import { subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import { aDistribution } from '../../support/distribution.ts';
import { peopleInMemory } from '../../support/people-in-memory.ts';

const named = aDistribution({ teams: [{ name: 'Payments', leads: ['Ada@example.com', 'nobody@example.com'] }] });

it('gives Sev-1 alerts to whom a new file names, row first, and twice is once', async () => {
  const world = peopleInMemory();
  await importPeople([{ line: 2, address: 'ada@example.com', role: 'engineer' }], aDistribution(), world.deps);
  const deps = { ...world.deps, sidOf: (address: { normalised: string }) => subscriberId('staff', address, 'identity') };
  world.log.length = 0;

  await giveToNamed(named, deps);
  await giveToNamed(named, deps);

  expect(world.log).toEqual(['row sev1-alerts', 'profile']);
  expect(world.only()).toMatchObject({ revision: 2, streams: { 'engineering-digest': { on: true }, 'sev1-alerts': { on: true } } });
});

it('leaves alone who switched it off: their alerts come anyway', async () => {
  const world = peopleInMemory();
  await importPeople([{ line: 2, address: 'ada@example.com', streams: 'sev1-alerts' }], aDistribution(), world.deps);
  const ada = world.only();
  const settings = ada?.streams['sev1-alerts'];
  if (!ada || !settings) throw new Error('not imported');
  world.profiles.set(ada.sid, { ...ada, streams: { 'sev1-alerts': { ...settings, on: false } } });

  await giveToNamed(named, { ...world.deps, sidOf: (address) => subscriberId('staff', address, 'identity') });

  expect(world.only()?.streams['sev1-alerts']).toEqual({ ...settings, on: false });
});

import { expect, it } from 'vitest';
import { deployedHash, deployedParts } from '../../../core/distribution/deployed-parts.ts';
import { deployedValues, distributionChanges, pathsToDeploy } from '../../../core/distribution/distribution-changes.ts';
import { aDistribution } from '../../support/distribution.ts';

const before = aDistribution({ teams: [{ name: 'Payments', services: ['checkout'] }, { name: 'Search' }] });
const tuesday = aDistribution({
  streams: { 'engineering-digest': { schedule: { every: 'week', on: 'tuesday', at: '09:00' }, subscribe: ['engineer'] } },
});

it('finds nothing between equals, whatever the order of teams', () => {
  expect(distributionChanges(before, { ...before, teams: before.teams.toReversed() })).toEqual([]);
});

it('tells what was, what is, what is new and what is gone', () => {
  const after = aDistribution({ teams: [{ name: 'Payments', services: ['checkout', 'ledger'] }, { name: 'Identity' }] });
  expect(distributionChanges(before, after)).toEqual([
    { path: 'teams.Payments.services', before: 'checkout', after: 'checkout, ledger' },
    { path: 'teams.Identity.name', after: 'Identity' },
    { path: 'teams.Search.name', before: 'Search' },
  ]);
});

it('tells channels and products apart by name, wherever they stand', () => {
  const channels = [{ channel: '#pms' }, { channel: '#priv-security', audience: 'leadership' }];
  const products = [{ name: 'Shop', services: ['cart'] }];
  const one = aDistribution({ slack: { channels }, products });
  const more = aDistribution({
    slack: { channels: [{ channel: '#rampe', severities: ['sev1'] }, ...channels.toReversed()] },
    products: [{ name: 'Yard', services: ['gate'] }, ...products],
  });
  expect(distributionChanges(one, more)).toEqual([
    { path: 'slack.channels.#rampe.channel', after: '#rampe' },
    { path: 'slack.channels.#rampe.audience', after: 'engineering' },
    { path: 'slack.channels.#rampe.severities', after: 'sev1' },
    { path: 'products.Yard.name', after: 'Yard' },
    { path: 'products.Yard.services', after: 'gate' },
  ]);
});

it('shows which usual corrections a file switches off, and none where it says the usual', () => {
  const changes = (corrections: object) => distributionChanges(before, aDistribution({ teams: before.teams, corrections }));
  expect(changes({ tell: ['times'] })).toEqual([{ path: 'corrections.tell', before: 'severity, impact, cause, support', after: 'times' }]);
  expect(changes({ tell: [] })).toEqual([{ path: 'corrections.tell', before: 'severity, impact, cause, support' }]);
  expect(changes({ withinDays: 30 })).toEqual([]);
});

it('lists everything as new where nothing was applied yet', () => {
  expect(distributionChanges(undefined, before)).toContainEqual({ path: 'organisation.domains', after: 'example.com' });
});

it('needs a deploy for a new stream with a schedule, in the organisation’s zone unless it names one', () => {
  const brief = { schedule: { every: 'month', on: 1, at: '08:00' } };
  const after = aDistribution({ streams: { ...before.streams, 'leadership-brief': brief } });
  expect(pathsToDeploy(before, after, { hash: deployedHash(before) })).toEqual([
    'streams.leadership-brief.schedule.every',
    'streams.leadership-brief.schedule.on',
    'streams.leadership-brief.schedule.at',
  ]);
  expect(deployedParts(after).schedules['leadership-brief']).toEqual({ ...brief.schedule, zone: 'Europe/Berlin' });
});

it('needs no deploy for teams, nor for another order of domains', () => {
  const twoDomains = aDistribution({
    organisation: { name: 'Example Ltd', zone: 'Europe/Berlin', domains: ['example.com', 'example.org'] },
  });
  const turned = aDistribution({
    organisation: { name: 'Example', zone: 'Europe/Berlin', domains: ['example.org', 'example.com'] },
    teams: [{ name: 'New' }],
  });
  expect(pathsToDeploy(twoDomains, turned, { hash: deployedHash(twoDomains) })).toEqual([]);
});

it('names the changed paths that need a deploy', () => {
  expect(pathsToDeploy(before, { ...tuesday, teams: [] }, { hash: deployedHash(before) })).toEqual([
    'streams.engineering-digest.schedule.on',
  ]);
});

it('names every such path when the stack is of an older file', () => {
  expect(pathsToDeploy(tuesday, tuesday, { hash: deployedHash(before) })).toEqual([
    'organisation.zone',
    'organisation.domains',
    'senders.internal.name',
    'senders.internal.address',
    'streams.engineering-digest.schedule.every',
    'streams.engineering-digest.schedule.on',
    'streams.engineering-digest.schedule.at',
  ]);
});

it('names what differs from the values that the stack was made from, whatever was applied since', () => {
  const made = { hash: deployedHash(before), values: deployedValues(before) };
  expect(pathsToDeploy(tuesday, tuesday, made)).toEqual(['streams.engineering-digest.schedule.on']);
  expect(pathsToDeploy(tuesday, before, made)).toEqual([]);
  expect(pathsToDeploy(tuesday, aDistribution({ streams: {} }), made)).toEqual([
    'streams.engineering-digest.schedule.every',
    'streams.engineering-digest.schedule.on',
    'streams.engineering-digest.schedule.at',
  ]);
});

it('runs a schedule in the zone of the organisation unless it has its own', () => {
  expect(deployedParts(before).schedules).toEqual({
    'engineering-digest': { every: 'week', on: 'monday', at: '09:00', zone: 'Europe/Berlin' },
  });
});

import { expect, it } from 'vitest';
import { wouldTell } from '../../../core/intake/would-tell.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const now = new Date('2026-11-19T12:00:00Z');
const distribution = aDistribution();
const grave = { id: 'pool', severity: 'sev1', publishedAt: '2026-11-19T10:00:00Z' } as const;
const stored = (more: Partial<StoredPostmortem>, postmortem: Record<string, unknown> = {}): StoredPostmortem => ({
  ...{ postmortem: aPostmortem({ ...grave, ...postmortem }), hash: 'h', revision: 1, updatedAt: '2026-11-19T12:00:00Z' },
  ...{ owed: [], editions: [], namedIn: [], ...more },
});
const tells = (more: Partial<StoredPostmortem>, postmortem: Record<string, unknown> = {}, given = distribution) =>
  wouldTell(stored(more, postmortem), given, now);
const alerts = (more: Partial<StoredPostmortem>, postmortem: Record<string, unknown> = {}, given = distribution) =>
  tells({ owed: ['projections', 'alert'], ...more }, postmortem, given).filter((one) => one.startsWith('Sev-1 alerts'));

it('names each stream that tells of a new one, and when', () => {
  const streams = { ...distribution.streams, 'leadership-brief': { schedule: { every: 'month', on: 1, at: '08:00' }, subscribe: [] } };
  expect(tells({ owed: ['projections', 'alert', 'published'] }, {}, aDistribution({ streams }))).toEqual([
    'Sev-1 alerts, at once',
    'Engineering digest, at once, to those who want each as it is published',
    'Engineering digest, in its next edition',
    'Leadership brief, in its next edition',
  ]);
});

const told = { editions: ['sev1-alerts_pool_r1'] };
it.each<[string, Partial<StoredPostmortem>, Record<string, unknown>, string[]]>([
  ['is told for the first time', {}, {}, ['Sev-1 alerts, at once']],
  ['was told to nobody, because it could not leave', { namedIn: ['sev1-alerts_pool_r1'] }, {}, ['Sev-1 alerts, at once']],
  ['is not severe enough', {}, { severity: 'sev2' }, []],
  ['is too old', {}, { publishedAt: '2026-10-01T10:00:00Z' }, []],
  ['was told before', told, {}, ['Sev-1 alerts, as an update, if it changes what they were told']],
  ['was told before, and is less severe', told, { severity: 'sev2' }, ['Sev-1 alerts, that it no longer counts as one of theirs']],
  ['was told before, and is restricted', told, { restricted: true }, ['Sev-1 alerts, that it was taken back']],
  ['is restricted and was never told', {}, { restricted: true }, []],
  ['owes no mail', { ...told, owed: ['projections'] }, {}, []],
])('says of an alert that %s what its readers get', (_, more, postmortem, expected) => {
  expect(alerts(more, postmortem)).toEqual(expected);
});

it('promises no update where the distribution file wants none', () => {
  const streams = { ...distribution.streams, 'sev1-alerts': { severities: ['sev1'], updates: false } };
  expect(alerts(told, {}, aDistribution({ streams }))).toEqual([]);
});

it.each([
  [['engineering-digest_2026-W46'], ['Engineering digest, in its next monthly edition']],
  [['engineering-digest_2026-W46', 'engineering-digest_2026-10'], []],
  [['service_test_0123456789abcdef0123456789abcdef_engineering-digest_2026-W46'], ['Engineering digest, in its next edition']],
])('leaves out the readers who have it from %j', (editions, expected) => {
  expect(tells({ editions })).toEqual(expected);
});

it('says where a corrected revision stands, once an edition carried the one before', () => {
  const material = { engineering: { revision: 2, at: '2026-11-19T12:00:00Z' } };
  const editions = ['engineering-digest_2026-W46', 'engineering-digest_2026-10'];
  expect(tells({ revision: 2, material, editions })).toEqual([
    'Engineering digest, in its next edition, as a correction, if it differs from what they were told',
  ]);
  expect(tells({ revision: 3, material, editions })).toEqual([]);
});

it('names the stream that told of customers who felt it, once they did not', () => {
  const streams = {
    'customer-impact': { schedule: { every: 'week', on: 'monday', at: '08:00' }, severities: ['sev1', 'sev2', 'sev3'], contact: '#desk' },
  };
  const given = aDistribution({ streams });
  const material = { 'cross-functional': { revision: 2, at: '2026-11-19T12:00:00Z' } };
  const unfelt = { customerImpact: { regions: [], customersAffected: 0 } };
  expect(tells({ revision: 2, material, editions: ['customer-impact_2026-W46'] }, unfelt, given)).toEqual([
    'Customer impact, in its next edition, as a correction, if it differs from what they were told',
  ]);
  expect(tells({ revision: 2, material }, unfelt, given)).toEqual([]);
});

const toTeams = { 'relevant-incidents': { severities: ['sev1'], withinDays: 7 } };
const byRelevance = 'Incidents relevant to your team, at once, to the teams to which it matters much, if there are any';
it.each<[string, Partial<StoredPostmortem>, Record<string, unknown>, string[]]>([
  ['a new one', {}, {}, [byRelevance]],
  ['one that could not leave', { namedIn: ['relevant-incidents_pool_r1'] }, {}, [byRelevance]],
  ['one that was told', { editions: ['relevant-incidents_pool_r1'] }, {}, []],
  ['one of another severity', {}, { severity: 'sev2' }, []],
  ['an old one', {}, { publishedAt: '2026-11-10T10:00:00Z' }, []],
  ['history', { publication: 'history' }, {}, []],
  ['a restricted one', {}, { restricted: true }, []],
  ['one of which nothing is owed', { owed: [] }, {}, []],
])('says of %s what teams get to which it matters', (_, more, postmortem, expected) => {
  expect(tells({ owed: ['projections'], ...more }, postmortem, aDistribution({ streams: toTeams }))).toEqual(expected);
});

it('names nobody for history, for what is very old, and before a distribution file is applied', () => {
  expect(tells({ publication: 'history' })).toEqual([]);
  expect(tells({}, { publishedAt: '2026-01-19T10:00:00Z' })).toEqual([]);
  expect(wouldTell(stored({ owed: ['alert'] }), undefined, now)).toEqual([]);
});

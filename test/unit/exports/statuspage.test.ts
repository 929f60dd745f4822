import { expect, it } from 'vitest';
import { checkedRecord, onlyMapped, onlyRecord, postmortemOf } from '../../support/exports/checked.ts';
import { statuspageIncident, statuspagePage } from '../../support/exports/records.ts';

it('reads the text, the updates as a timeline, and the date of publication', () => {
  expect(postmortemOf([statuspageIncident()])).toMatchObject({
    id: 'statuspage-p31zjtct2jer',
    title: 'Sign-in answered slowly',
    severity: 'sev2',
    status: 'published',
    restricted: false,
    startedAt: '2024-09-17T08:05:00Z',
    resolvedAt: '2024-09-17T09:45:00Z',
    publishedAt: '2024-09-20T08:20:00Z',
    services: ['Sign-in'],
    rootCauses: ['A pool had no room.'],
    timeline: [{ event: 'It is slow.' }, { event: 'It answers again.' }],
    links: [{ url: 'https://stspg.io/abc' }],
  });
});

const update = { id: 'u3', status: 'postmortem', body: '## Root cause\n\nTold as an update.', display_at: '2024-09-20T08:20:00.000Z' };
it.each([
  ['a page of the public address', statuspagePage(statuspageIncident()), { title: 'Sign-in answered slowly' }],
  ['one incident alone', statuspageIncident(), { title: 'Sign-in answered slowly' }],
  [
    'a postmortem that stands among the updates',
    statuspagePage(statuspageIncident({ incident_updates: [update], postmortem_body: undefined, postmortem_published_at: undefined })),
    { rootCauses: ['Told as an update.'], timeline: [], publishedAt: '2024-09-20T08:20:00Z' },
  ],
  [
    'a text that is not published there yet',
    statuspageIncident({ status: 'resolved', postmortem_published_at: null, incident_updates: [] }),
    { status: 'draft' },
  ],
  ['no start', statuspageIncident({ started_at: null }), { startedAt: undefined, resolvedAt: '2024-09-17T09:45:00Z' }],
  ['no impact', statuspageIncident({ impact: null }), { severity: 'unclassified' }],
  ['HTML in the text', statuspageIncident({ postmortem_body: '<h2>Root cause</h2><p>A pool.</p>' }), { rootCauses: ['A pool.'] }],
  ['a link that is none', statuspageIncident({ shortlink: 'javascript:alert(1)' }), { links: [] }],
  ['parts named twice', statuspageIncident({ components: [{ name: 'A' }, { name: 'A' }, { name: null }] }), { services: ['A'] }],
  ['a private incident', statuspageIncident({ private: true }), { restricted: true }],
  ['a notice that was not mapped', statuspageIncident({ metadata: { note: { visibility: 'confidential' } } }), { restricted: true }],
])('%s', (_, value, expected) => {
  expect({ startedAt: undefined, ...postmortemOf(value) }).toMatchObject(expected);
});

it.each([
  ['it has no postmortem', { postmortem_body: null, incident_updates: [] }],
  ['it has no postmortem', { postmortem_body: ' ', incident_updates: [] }],
  ['somebody said that it needs no postmortem', { postmortem_ignored: true }],
])('leaves out what has nothing to tell: %s', (why, change) => {
  expect(onlyRecord(statuspageIncident(change))).toMatchObject({ outcome: 'left out', ref: 'p31zjtct2jer', why });
});

it('refuses one without an id, and a severity that nobody knows', async () => {
  expect(onlyRecord(statuspageIncident({ id: '' }))).toMatchObject({ outcome: 'refused', ref: '1', field: 'id' });
  await expect(checkedRecord(statuspageIncident({ impact: 'maintenance' }))).rejects.toThrow('severity');
  expect(postmortemOf(statuspageIncident({ impact: 'Maintenance' }), new Map([['maintenance', 'sev4']])).severity).toBe('sev4');
});

it('alerts nobody of an old one, and has the digest tell a new one alone', async () => {
  const told = async (change: object) => (await checkedRecord(statuspageIncident({ impact: 'critical', ...change }))).tells;

  expect(await told({})).toEqual([]);
  expect(await told({ postmortem_published_at: '2026-11-28T08:00:00Z' })).toContain('Engineering digest, in its next edition');
});

it('counts as history what has a day of the incident alone, and is dated by its record where nothing else dates it', async () => {
  const undated = { postmortem_published_at: null, incident_updates: [] };
  expect(onlyMapped(statuspageIncident(undated))).toMatchObject({ isHistory: true, date: 'started_at' });
  expect((await checkedRecord(statuspageIncident(undated))).tells).toEqual([]);
  const opened = statuspageIncident({ ...undated, started_at: null, resolved_at: null });
  expect(onlyMapped(opened)).toMatchObject({ isHistory: true, date: 'created_at', document: { publishedAt: '2024-09-17T08:25:00.000Z' } });
  await expect(checkedRecord({ ...opened, created_at: null })).rejects.toThrow('publishedAt: is missing');
});

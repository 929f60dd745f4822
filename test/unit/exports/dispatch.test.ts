import { expect, it } from 'vitest';
import { checkedRecord, onlyMapped, onlyRecord, postmortemOf } from '../../support/exports/checked.ts';
import { dispatchIncident } from '../../support/exports/records.ts';

it('reads what an incident has, with the link to its review', () => {
  expect(postmortemOf({ items: [dispatchIncident()], itemsPerPage: 5, page: 1, total: 1 })).toMatchObject({
    id: 'dispatch-dispatch-default-payments-7',
    title: 'Orders waited',
    severity: 'sev1',
    status: 'published',
    restricted: false,
    detectedAt: '2023-05-01T10:00:00.123Z',
    mitigatedAt: '2023-05-01T12:00:00Z',
    authors: ['Kim Sato'],
    services: ['orders'],
    tags: ['kafka'],
    summary: 'Orders waited for two hours.',
    resolution: 'The consumer was restarted.',
    actionItems: [
      { title: 'Restart stuck consumers', owner: 'Ona Ruiz', due: '2023-05-08', status: 'done', link: 'https://example.com/task/1' },
      { title: 'Watch lag', owner: 'Tim Orr', status: 'open' },
    ],
    links: [{ url: 'https://docs.example.com/review' }, { url: 'https://example.com/ticket/7' }],
  });
});

it.each([
  ['a stable incident', { status: 'Stable' }, { status: 'preliminary' }],
  ['a restricted one', { visibility: 'Restricted' }, { restricted: true }],
  ['one that does not say who may see it', { visibility: undefined }, { restricted: true }],
  ['a restricted type', { incident_type: { name: 'Security', visibility: 'Restricted' } }, { restricted: true }],
  ['a priority alone', { incident_severity: undefined }, { severity: 'sev2' }],
  ['no name', { name: '' }, { id: 'dispatch-7' }],
  ['a name of other signs', { name: 'Zahlung/7' }, { id: expect.stringMatching(/^dispatch-[0-9a-f]{32}$/) }],
  ['tasks without words', { tasks: [{ description: ' ' }, null, 'x'] }, { actionItems: [] }],
  ['a commander without a name', { commander: { email: 'kim@example.com' } }, { authors: [expect.any(String)] }],
  ['no resolution', { resolution: null }, { summary: 'Orders waited for two hours.' }],
])('%s', (_, change, expected) => {
  expect(postmortemOf(dispatchIncident(change))).toMatchObject(expected);
});

it('leaves out what is not over, and refuses a severity that nobody knows', async () => {
  expect(onlyRecord(dispatchIncident({ status: 'Active' }))).toMatchObject({ outcome: 'left out', why: 'it is not over' });
  await expect(checkedRecord(dispatchIncident({ incident_severity: { name: 'Undetermined' } }))).rejects.toThrow('severity');
});

it('is history by the day on which it was reported', async () => {
  expect(onlyMapped(dispatchIncident())).toMatchObject({ isHistory: true, date: 'reported_at' });
  expect(await checkedRecord(dispatchIncident({ reported_at: '2026-11-29T08:00:00Z', stable_at: null }))).toMatchObject({ tells: [] });
});

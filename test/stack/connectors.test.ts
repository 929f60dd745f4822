import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

const settings = `connectors:
  incident-io: { severities: { Serious: sev1 }, services: Affected service }
  rootly: { severities: { SEV2: sev2 } }
  firehydrant: { severities: { SEV1: sev1 }, keySees: public }
  pagerduty: { severities: { P1: sev1 }, keySees: public, declares: true }
  statuspage: { severities: { critical: sev1 }, page: p1 }
`;
const inc = '01FDAG4SAP5TYPT98WGR7N7W91';
const rootlyId = '7a3a6aa6-7e38-4b4c-9ad9-8a6ab0c4d1c2';

let stack: TestStack;
beforeAll(async () => {
  stack = await aRunningStack({ connectors: true });
  const file = readFileSync('samples/distribution.yaml', 'utf8') + settings;
  await stack.call('PUT', '/operator/configuration', file, { 'content-type': 'text/yaml' });
  await stack.importPeople([
    { address: 'ada@example.com', name: 'Ada', team: 'Payments', role: 'engineering' },
    { address: 'lea@example.com', name: 'Lea', role: 'leadership' },
  ]);
});
/** Rejects where a role denied a function anything. */
afterAll(() => stack.stop());

const inbox = async (query: string) => (await stack.call('GET', `/_local/inbox?${query}`)).body;
const answers = (source: string, all: unknown) => stack.call('PUT', `/_local/vendors/${source}`, all);
async function happens(source: string, event: unknown) {
  expect((await stack.call('POST', `/_local/hooks/${source}`, event)).body).toEqual({ status: 202 });
  await stack.drain();
}

const incident = (change: Record<string, unknown> = {}) => ({
  id: inc,
  reference: 'INC-123',
  name: 'Cards were refused in all shops',
  mode: 'standard',
  visibility: 'public',
  severity: { name: 'Serious', rank: 3 },
  permalink: 'https://app.incident.io/example/incidents/123',
  custom_field_entries: [{ custom_field: { name: 'Affected service' }, values: [{ value_catalog_entry: { name: 'payments' } }] }],
  incident_timestamp_values: [{ incident_timestamp: { name: 'Impact started' }, value: { value: '2026-12-07T08:00:00Z' } }],
  updated_at: '2026-12-08T09:00:00Z',
  ...change,
});
const incidentIo = (change?: Record<string, unknown>) => ({
  [`/v2/incidents/${inc}`]: { incident: incident(change) },
  '/v2/incidents': { incidents: [incident(change)], pagination_meta: { page_size: 100 } },
  '/v1/postmortem_documents': {
    postmortem_documents: [{ id: 'D1', incident_id: inc, status: 'completed', updated_at: '2026-12-08T09:30:00Z' }],
  },
  '/v1/postmortem_documents/D1/content': {
    markdown:
      '## Summary\n\nA certificate had run out.\n\n## Root cause\n\nNobody renewed it.\n\n## Action items\n\n- [ ] Renew certificates by themselves. Cost: a week\n- [ ] Watch the age of certificates (Network)',
  },
  '/v2/follow_ups': { follow_ups: [{ id: 'F1', title: 'Renew certificates by themselves', status: 'outstanding' }] },
});
const completed = 'public_incident.postmortem_document_status_updated_v1';

it('of the most severe kind goes from an event of incident.io to a leader', async () => {
  await answers('incident-io', incidentIo());
  const document = { id: 'D1', incident_id: inc, status: 'completed', updated_at: '2026-12-08T09:30:00Z' };
  await happens('incident-io', { event_type: completed, [completed]: { new_status: 'complete', postmortem_document: document } });

  const [mail] = await inbox('to=lea@example.com');
  expect(mail.subject).toContain('Cards were refused in all shops');
  expect(mail.text).toContain('A certificate had run out.');
  const { body } = await stack.call('GET', `/postmortems/incident-io-${inc.toLowerCase()}`);
  expect(body).toMatchObject({ severity: 'sev1', services: ['payments'], startedAt: '2026-12-07T08:00:00Z', revision: 1 });
  expect(body.actionItems).toMatchObject([
    { id: 'F1', title: 'Renew certificates by themselves', status: 'open', cost: 'a week' },
    { title: 'Watch the age of certificates', owner: 'Network' },
  ]);
});

it('warns whoever publishes the same from Git, before anything leaves', async () => {
  const links = [{ label: 'The incident', url: 'https://app.incident.io/example/incidents/123' }];
  const document = { title: 'Cards were refused', startedAt: '2026-12-07T08:00:00Z', severity: 'sev1', links };
  const { body } = await stack.call('PUT', '/postmortems/cards?check=true', document);
  expect(body.warnings).toContainEqual(
    expect.stringContaining(`incident.io told of this incident already, as incident-io-${inc.toLowerCase()}`),
  );
});

/** The mails to the leader that name it in their subject. */
async function toldAtOnce(title: string) {
  const mails = await inbox('to=lea@example.com');
  return mails.filter(({ subject }: { subject: string }) => subject.includes(title));
}
const reviewOf = async (id: string) => (await stack.call('GET', `/operator/reviews/${id}`)).body.state;

it('of the most severe kind goes from an event of FireHydrant to a leader', async () => {
  const at = '2026-12-08T09:30:00.000Z';
  const found = {
    id: 'fh-1',
    name: 'Search found nothing',
    severity: 'SEV1',
    current_milestone: 'retrospective_completed',
    milestones: [
      { type: 'started', occurred_at: '2026-12-07T08:00:00.000Z' },
      { type: 'retrospective_completed', occurred_at: at, updated_at: at },
    ],
    services: [{ id: 's', name: 'search' }],
    incident_tickets: [{ id: 'T1', type: 'follow_up', summary: 'Keep two indexes', state: 'open' }],
  };
  const report = {
    id: 'R1',
    incident_id: 'fh-1',
    summary: 'The index was lost.',
    questions: [{ title: 'Lessons learned', body: 'Copies.' }],
  };
  await answers('firehydrant', {
    '/v1/incidents/fh-1': found,
    '/v1/post_mortems/reports': { data: [report] },
    '/v1/post_mortems/reports/R1/reasons': { data: [{ id: 'X', summary: 'A script deleted it.' }] },
  });
  await happens('firehydrant', { data: { incident: { id: 'fh-1', current_milestone: 'retrospective_completed' } } });
  const [mail] = await toldAtOnce('Search found nothing');
  expect(mail.text).toContain('The index was lost.');
  expect((await stack.call('GET', '/postmortems/firehydrant-fh-1')).body).toMatchObject({
    severity: 'sev1',
    services: ['search'],
    startedAt: '2026-12-07T08:00:00Z',
    rootCauses: ['A script deleted it.'],
    actionItems: [{ title: 'Keep two indexes' }],
  });
});

it('of the most severe kind goes from a hint of Statuspage to a leader, by the word of the API alone', async () => {
  const found = {
    id: 'sp1',
    name: 'Mails came late',
    impact: 'critical',
    created_at: '2026-12-07T08:00:00.000Z',
    updated_at: '2026-12-08T09:30:00.000Z',
    postmortem_published_at: '2026-12-08T09:30:00.000Z',
  };
  await answers('statuspage', {
    '/v1/pages/p1': { id: 'p1', viewers_must_be_team_members: false },
    '/v1/pages/p1/incidents/sp1': found,
    '/v1/pages/p1/incidents/sp1/postmortem': { body: '## Summary\n\nThe queue was full.', body_draft: 'Not yet.' },
  });
  await happens('statuspage', { incident: { id: 'sp1', name: 'Send money', postmortem_body: 'Send money.' } });
  const [mail] = await toldAtOnce('Mails came late');
  expect(mail.text).toContain('The queue was full.');
  expect(mail.text).not.toMatch(/Send money|Not yet/);
});

it('is declared by PagerDuty, awaited, and joined by whoever publishes it under that id', async () => {
  const page = (change: Record<string, unknown> = {}) => ({
    '/incidents/PD1': {
      incident: {
        id: 'PD1',
        title: 'Orders were refused',
        priority: { summary: 'P1' },
        status: 'triggered',
        created_at: '2026-12-08T08:00:00Z',
        updated_at: '2026-12-08T08:00:00Z',
        ...change,
      },
    },
  });
  const event = { event: { event_type: 'incident.triggered', data: { id: 'PD1', type: 'incident' } } };
  await answers('pagerduty', page());
  await happens('pagerduty', event);
  const declared = await stack.call('GET', '/postmortems/pagerduty-pd1');
  expect(declared.body).toMatchObject({ status: 'draft', severity: 'sev1', startedAt: '2026-12-08T08:00:00Z', revision: 1 });
  expect(await reviewOf('pagerduty-pd1')).toBe('awaiting postmortem');

  const postmortem = { title: 'Orders were refused', severity: 'sev1', summary: 'A lock was held for ever.' };
  const sent = await stack.call('POST', '/postmortems', { id: 'pagerduty-pd1', ...postmortem });
  expect(sent.status).toBe(200);
  await answers('pagerduty', page({ status: 'resolved', title: 'Renamed', updated_at: '2026-12-08T09:00:00Z' }));
  await happens('pagerduty', event);
  const joined = await stack.call('GET', '/postmortems/pagerduty-pd1');
  expect(joined.body).toMatchObject({ status: 'published', revision: 2, ...postmortem });
  expect(await reviewOf('pagerduty-pd1')).not.toBe('awaiting postmortem');
  expect(await toldAtOnce('Orders were refused')).not.toEqual([]);
});

it('goes from an event of Rootly to the digest, with what became private left out', async () => {
  const attributes = { incident_id: rootlyId, status: 'published', updated_at: '2026-12-08T01:30:00.000-08:00' };
  const content = '<h2>Summary</h2><p>The pool of connections was <b>empty</b>.{{ incident.title }}</p>';
  await answers('rootly', {
    [`/v1/incidents/${rootlyId}`]: {
      data: {
        id: rootlyId,
        attributes: {
          title: 'Logins were slow',
          kind: 'normal',
          private: false,
          severity: 'SEV2',
          updated_at: '2026-12-08T01:00:00.000-08:00',
        },
      },
    },
    '/v1/post_mortems': { data: [{ id: 'P1', attributes: { ...attributes, content } }] },
    [`/v1/incidents/${rootlyId}/action_items`]: { data: [] },
  });
  await happens('rootly', {
    event: { type: 'incident_post_mortem.published', issued_at: '2026-12-08T01:30:00.000-08:00' },
    data: attributes,
  });
  const hidden = 'private_incident.incident_updated_v2';
  await happens('incident-io', { event_type: hidden, [hidden]: { id: inc } });
  expect((await stack.call('GET', `/postmortems/incident-io-${inc.toLowerCase()}`)).body).toMatchObject({ restricted: true });

  await stack.runDigest('2026-12-14T08:00:00Z');
  await stack.drain();
  const [digest] = (await inbox('to=ada@example.com')).filter(({ tags }: { tags: Record<string, string> }) =>
    String(tags.edition).startsWith('engineering-digest'),
  );
  for (const title of ['Logins were slow', 'Search found nothing', 'Mails came late', 'Orders were refused'])
    expect(digest.text).toContain(title);
  expect(digest.text).not.toContain('Cards were refused');
});

it('comes by the hourly poll where the event was lost, is held, and is told as soon as an operator says what it counts as', async () => {
  const oddities = ['first', 'second', 'third'].map((id) =>
    incident({ id, name: `The ${id} oddity`, severity: { name: `Odd ${id}` }, updated_at: '2026-12-08T10:00:00Z' }),
  );
  await answers('incident-io', {
    ...incidentIo({ visibility: 'private' }),
    '/v2/incidents': { incidents: oddities },
    '/v1/postmortem_documents': {
      postmortem_documents: oddities.map(({ id }) => ({
        id: 'D1',
        incident_id: id,
        status: 'completed',
        updated_at: '2026-12-08T10:30:00Z',
      })),
    },
    ...Object.fromEntries(oddities.map((one) => [`/v2/incidents/${one.id}`, { incident: one }])),
  });
  await stack.call('POST', '/_local/schedules/collect/run');
  await stack.drain();
  const read = async (id: string) => (await stack.call('GET', `/postmortems/incident-io-${id}`)).body;
  expect([(await read('first')).status, (await read('second')).status]).toEqual([404, 404]);

  const { body } = await stack.call('POST', '/operator/held/incident-io/first/release', { severity: 'sev1' });
  expect(body).toMatchObject({ state: 'held', asked: true });
  await stack.drain();
  expect(await read('first')).toMatchObject({ severity: 'sev1', title: 'The first oddity' });
  expect(await toldAtOnce('The first oddity')).toHaveLength(1);
  expect((await read('second')).status).toBe(404);

  const file = (readFileSync('samples/distribution.yaml', 'utf8') + settings).replace('Serious: sev1', 'Serious: sev1, Odd second: sev3');
  await stack.call('PUT', '/operator/configuration', file, { 'content-type': 'text/yaml' });
  await stack.drain();
  expect(await read('second')).toMatchObject({ severity: 'sev3', title: 'The second oddity' });
  expect((await read('third')).status).toBe(404);
});

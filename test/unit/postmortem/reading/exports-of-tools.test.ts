import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fromJson, refusal } from '../../../support/reading.ts';

const folder = new URL('../../../support/fixtures/exports/', import.meta.url);

/** What a person of the trade reads in each export. */
const right: Readonly<Record<string, object>> = {
  'datadog.json': {
    title: 'Images do not load',
    severity: 'sev2',
    startedAt: '2026-09-17T10:05:00Z',
    detectedAt: '2026-09-17T10:12:00Z',
    resolvedAt: '2026-09-17T11:10:00Z',
    services: ['images', 'cdn'],
    owningTeam: 'Media',
    summary: 'Images were missing for an hour.',
    customerImpact: { text: 'One in five images was missing.' },
    rootCauses: ['A purge took too much out of the cache.'],
  },
  'firehydrant.json': {
    title: 'Search answered slowly',
    severity: 'sev2',
    startedAt: '2026-09-17T10:05:00Z',
    mitigatedAt: '2026-09-17T11:00:00Z',
    resolvedAt: '2026-09-17T11:20:00Z',
    services: ['search'],
    customerImpact: { text: 'Searches in the EU were slow.' },
    actionItems: [{ title: 'Rebuild at night', owner: 'Kim Sato', due: '2026-12-01', status: 'open' }],
  },
  'github-issue.json': {
    title: 'Postmortem: builds hung for a morning',
    severity: 'sev2',
    startedAt: '2026-09-17T06:00:00Z',
    resolvedAt: '2026-09-17T09:30:00Z',
    services: ['ci'],
    authors: ['asha-vale'],
    summary: 'Builds hung, because the cache had no room.',
    actionItems: [{ title: 'Clean the cache each night', owner: 'Asha Vale', due: '2026-09-30', status: 'done' }],
    links: [{ url: 'https://github.com/example/postmortems/issues/17' }],
  },
  'gitlab-incident.json': {
    title: 'Deploys fail since the runner was updated',
    severity: 'sev2',
    startedAt: undefined,
    services: ['runner'],
    authors: ['Lea Koch'],
    summary: 'No deploy finished for three hours.',
    rootCauses: ['The runner lost its certificate.'],
  },
  'google-status.json': {
    id: 'ow5i3ppk96rdumcb1ssw',
    title: 'Multiple products had errors with external requests.',
    severity: 'sev2',
    startedAt: '2026-09-12T17:51:00Z',
    resolvedAt: '2026-09-13T01:18:00Z',
    services: ['Identity', 'Cloud Storage'],
    summary: 'Products answered with 503 for seven hours.',
    rootCauses: ['A policy with blank fields was stored.'],
    timeline: [{ event: 'We look into errors of several products.' }, { event: 'Incident Report' }],
  },
  'grafana-incident.json': {
    title: 'Metrics arrive late',
    severity: 'sev2',
    startedAt: '2026-09-17T10:05:00Z',
    resolvedAt: '2026-09-17T11:55:00Z',
    services: ['ingest'],
    owningTeam: 'metrics',
    actionItems: [{ title: 'Add partitions', owner: 'Ona Ruiz', status: 'open' }],
  },
  'incident-io.json': {
    id: 'inc-123',
    title: 'Postmortem: sessions were lost in a failover',
    severity: 'sev2',
    startedAt: '2026-09-17T12:05:00Z',
    detectedAt: '2026-09-17T12:07:00Z',
    resolvedAt: '2026-09-17T12:31:00Z',
    services: ['sessions', 'cart'],
    rootCauses: ['Nobody watched replication lag.'],
    actionItems: [{ title: 'Refuse a replica that is behind', owner: 'Tim Orr', due: '2026-12-04' }],
  },
  'jira.json': {
    title: 'Checkout could not be reached',
    severity: 'sev1',
    startedAt: undefined,
    services: ['checkout'],
    authors: ['Mia Krystof'],
    customerImpact: { text: 'Nobody could pay for an hour.' },
    timeline: [{ at: '13:05', event: 'A route is withdrawn' }],
  },
  'opsgenie.json': {
    id: '70413a06-38d6-4c85-92b8-5ebc900d42e2',
    title: 'Postmortem for payments',
    severity: 'sev1',
    startedAt: '2026-09-17T13:05:00Z',
    resolvedAt: '2026-09-17T13:31:00Z',
    services: [],
    summary: 'No card could be **charged**.',
    rootCauses: ['A certificate ran out. See [the runbook](https://example.com/runbook).'],
    actionItems: [{ title: 'Watch certificates', owner: 'Jo', due: '2026-12-04', status: 'open' }],
  },
  'pagerduty.json': {
    id: 'pt4khlk',
    title: 'The server is on fire.',
    severity: 'sev2',
    startedAt: undefined,
    resolvedAt: '2026-09-06T23:30:00Z',
    services: ['Mail Service'],
    owningTeam: 'Engineering',
    summary: 'Flames were seen.',
    customerImpact: { text: 'No mail left for 90 minutes.' },
    rootCauses: ['A fan was blocked.'],
  },
  'rootly.json': {
    title: 'Queue of orders stood still',
    severity: 'sev1',
    startedAt: '2026-09-17T13:05:00Z',
    resolvedAt: '2026-09-17T15:05:00Z',
    publishedAt: '2026-09-19T17:00:00Z',
    services: ['orders'],
    summary: 'Orders waited for two hours.',
    rootCauses: ['A consumer was stuck.'],
    actionItems: [
      { title: 'Restart stuck consumers', due: '2026-09-30', status: 'done', link: 'https://example.atlassian.net/browse/OPS-7' },
    ],
  },
  'servicenow-problem.json': {
    title: 'Turnstiles refused every card',
    severity: 'sev3',
    startedAt: '2026-09-17T05:30:00Z',
    resolvedAt: '2026-09-17T09:15:00Z',
    services: ['turnstiles'],
    rootCauses: ['The controller lost its list.'],
    resolution: 'The list was pushed again.',
    support: { say: [], doNotSay: [], workaround: 'Open the gate by hand.' },
    actionItems: [{ id: 'PTASK7', title: 'Replace the batteries', owner: 'Kim Sato', due: '2026-10-15', status: 'in-progress' }],
  },
  'servicenow.json': {
    id: 'inc0010001',
    title: 'Mail is not delivered',
    severity: 'sev1',
    startedAt: '2026-09-17T11:05:00Z',
    resolvedAt: '2026-09-17T13:05:00Z',
    services: ['Mail', 'relay-3'],
    owningTeam: 'Messaging',
    summary: 'Mail from outside waits for hours.',
    rootCauses: ['The disk of relay-3 was full.'],
    resolution: 'Old logs were removed.',
  },
  'statuspage.json': {
    title: 'Data Layer Migration',
    severity: 'sev1',
    startedAt: '2026-09-14T08:05:00Z',
    resolvedAt: '2026-09-14T09:45:00Z',
    publishedAt: '2026-09-20T08:20:00Z',
    services: ['API'],
    resolution: 'We went back to the old table.',
    timeline: [{ event: 'The API is not available.' }, { event: 'The migration is done.' }, { event: 'postmortem' }],
  },
};

it.each(readdirSync(folder))('%s is read as it was sent', (name) => {
  const { postmortem } = fromJson(readFileSync(new URL(name, folder), 'utf8'));
  expect({ startedAt: undefined, ...postmortem }).toMatchObject({ status: 'published', restricted: false, ...right[name] });
});

it.each([
  ['an active incident is preliminary', { incident: { title: 'a', status: 'active', severity: 'sev1' } }, { status: 'preliminary' }],
  ['an open issue is a draft', { title: 'a', state: 'opened', description: '## Summary\nText' }, { status: 'draft' }],
  ['the grade of an impact is a severity', { title: 'a', impact: 'major' }, { severity: 'sev2' }],
  ['a label is a severity', { title: 'a', labels: [{ name: 'severity::1' }] }, { severity: 'sev1' }],
  ['a field outweighs a label', { title: 'a', severity: 'sev3', labels: ['sev1'] }, { severity: 'sev3' }],
  ['an impact in words stays one', { title: 'a', impact: 'Nobody could pay.' }, { customerImpact: { text: 'Nobody could pay.' } }],
  ['names and values may be one object', { title: 'a', labels: { region: 'eu' } }, { tags: ['region: eu'] }],
])('%s', (_, sent, expected) => {
  expect(fromJson(sent).postmortem).toMatchObject(expected);
});

it('does not take the creation of a record for the start, and loses nothing of a body that it does not understand', () => {
  expect(fromJson({ title: 'a', created_at: '2026-09-17T08:00:00Z' }).postmortem.startedAt).toBeUndefined();
  expect(fromJson({ title: 'a', body: { lines: ['One', 'Two'] } }).postmortem.sections).toEqual([
    { heading: 'Further fields', body: '- **body:** lines: One, Two' },
  ]);
});

it("reads Atlassian's format with lists, tasks, code and tables, and leaves no sign of it", () => {
  const text = (words: string, ...marks: object[]) => ({ type: 'text', text: words, marks });
  const paragraph = (...content: object[]) => ({ type: 'paragraph', content });
  const body = {
    type: 'doc',
    content: [
      paragraph(
        text('See '),
        text('this', { type: 'link', attrs: { href: 'https://example.com' } }),
        { type: 'hardBreak' },
        text('now', { type: 'strong' }),
      ),
      {
        type: 'bulletList',
        content: [
          {
            type: 'listItem',
            content: [paragraph(text('one')), { type: 'orderedList', content: [{ type: 'listItem', content: [paragraph(text('deep'))] }] }],
          },
        ],
      },
      { type: 'codeBlock', content: [text('exit 1')] },
      { type: 'mediaSingle', content: [{ type: 'media', attrs: { id: 'x' } }] },
      { type: 'expand', attrs: { title: 'More' }, content: [paragraph(text('inside'))] },
      paragraph(
        { type: 'date', attrs: { timestamp: '1789603200000' } },
        { type: 'mention', attrs: { text: '@Jo' } },
        { type: 'unheardOf', content: [text('kept')] },
      ),
    ],
  };
  const { summary, sections } = fromJson({ title: 'a', body }).postmortem;
  expect(summary).toBe('See [this](https://example.com)\n**now**');
  expect(sections[0]?.body).toBe('- one\n  1. deep\n\n```\nexit 1\n```\n\n**More**\n\ninside\n\n2026-09-17Jokept');
});

it("is bounded where Atlassian's format is nested without end", () => {
  const deep = JSON.stringify({ title: 'a', body: { type: 'doc', content: ['#'] } }).replace(
    '"#"',
    `${'{"type":"panel","content":['.repeat(5000)}${']}'.repeat(5000)}`,
  );
  expect(refusal(() => fromJson(deep)).flaws[0]?.problem).toContain('levels deep');
});

it('reads times of ServiceNow in UTC, and those of an outage before that of its ticket', () => {
  const at = (value: string, display_value: string) => ({ value, display_value });
  const { postmortem } = fromJson({
    result: {
      number: 'PRB0040219',
      short_description: 'Badge readers rejected everybody',
      opened_at: at('2026-08-20 12:44:10', '20-08-2026 14:44:10'),
      u_outage_start: at('2026-08-20 05:30:00', '20-08-2026 07:30:00'),
      u_outage_end: at('2026-08-20 09:15:00', '20-08-2026 11:15:00'),
    },
  });
  expect(postmortem).toMatchObject({ startedAt: '2026-08-20T05:30:00Z', resolvedAt: '2026-08-20T09:15:00Z' });
});

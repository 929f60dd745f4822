import { describe, expect, it } from 'vitest';
import { fixture, fromMarkdown } from '../../../support/reading.ts';

const read = (name: string) => fromMarkdown(fixture(name));

describe('a template filled in', () => {
  it('of the SRE book gives every section and nothing besides', () => {
    const { postmortem, sections } = read('srebook');
    expect(sections).toEqual(['summary', 'impact', 'cause', 'resolution', 'detection', 'actions', 'lessons', 'timeline', 'links']);
    expect(postmortem.title).toBe('Checkout returned 500s after a certificate expired (incident #412)');
    expect(postmortem).toMatchObject({ status: 'published', startedAt: '2026-10-05T09:14:00Z', authors: ['Mara Olsen', 'Idris Vale'] });
    expect(postmortem.rootCauses).toHaveLength(2);
    expect(postmortem.timeline[2]).toEqual({ at: '09:55 UTC', event: 'The new certificate is in place.' });
    expect(postmortem.links).toEqual([{ title: 'Dashboard of the hour', url: 'https://dash.example.com/d/checkout' }]);
    expect(postmortem.sections).toEqual([{ heading: 'Further fields', body: '- **Status:** Complete, action items in progress' }]);
  });

  it('tells who promised what until when, from task lists', () => {
    expect(read('srebook').postmortem.actionItems).toEqual([
      { title: 'Put the certificate under automatic renewal', owner: 'Payments', due: '2026-10-09', status: 'done' },
      { title: 'List every certificate that was issued by hand', owner: 'idris', status: 'open' },
      {
        id: 'OPS-88',
        title: 'Alert 30 days before any certificate ends',
        owner: 'Mara Olsen',
        due: '2026-11-30',
        priority: 'P1',
        status: 'open',
      },
    ]);
  });

  it('of the Cloud book gives times, lessons and numbered promises', () => {
    const { postmortem, sections } = read('thecloudbook');
    expect(sections).toEqual(['summary', 'impact', 'timeline', 'cause', 'lessons', 'actions']);
    expect(postmortem).toMatchObject({ startedAt: '2026-09-14T06:10:00Z', resolvedAt: '2026-09-14T17:45:00Z' });
    expect(postmortem.actionItems[0]).toEqual({ title: 'Alert on index lag', owner: 'Search team', due: '2026-10-02', status: 'open' });
    expect(postmortem.sections.map(({ heading }) => heading)).toEqual([
      'Outage Description',
      'Duration',
      'Names of people involved',
      'Further fields',
    ]);
  });

  it('of Google keeps a remark on its timeline', () => {
    const { postmortem, sections } = read('google-api-infra');
    expect(sections).toEqual(['summary', 'timeline', 'cause', 'resolution', 'actions']);
    expect(postmortem.timeline[0]).toEqual({ at: '2:00 AM Pacific Time', event: 'Configuration push begins' });
    expect(postmortem.sections).toEqual([{ heading: 'Timeline', body: '> (all times in Pacific Time)' }]);
  });

  it('of Azure passes over what was left empty', () => {
    const { postmortem, sections } = read('azure');
    expect(sections).toEqual(['summary', 'impact', 'cause', 'actions']);
    expect(postmortem.startedAt).toBe('2026-07-07');
    expect(postmortem.actionItems).toEqual([{ title: 'Give the job a bandwidth limit', due: '2026-08-01', status: 'open' }]);
    expect(postmortem.sections).toEqual([{ heading: 'Further fields', body: '- **Date:** 7 July 2026' }]);
  });

  it('of Elastic takes its brief description as the summary', () => {
    const { postmortem, sections } = read('elastic');
    expect(sections).toEqual(['summary', 'timeline', 'cause', 'resolution', 'impact', 'actions']);
    expect(postmortem.summary).toBe('One of our clusters had no leader for 22 minutes and took no writes.');
    expect(postmortem.authors).toEqual(['Asha Nair', 'Per Holm']);
    expect(postmortem.sections.map(({ heading }) => heading)).toEqual(['Background', 'What Happened']);
  });

  it('of Real-World SRE reads labelled lines and keeps a due date that is no date behind the title', () => {
    const { postmortem, sections } = read('real-world-sre');
    expect(sections).toEqual(['summary', 'impact', 'timeline', 'cause', 'actions']);
    expect(postmortem).toMatchObject({ authors: ['Jo Brandt', 'Kim Sato'], startedAt: '2026-03-11' });
    expect(postmortem.actionItems).toEqual([
      { title: 'Refuse to publish a file without rows', owner: 'Jo Brandt', due: '2026-03-20', status: 'done' },
      { title: 'Rotate credentials with an overlap (By when: next quarter)', owner: 'Kim Sato', status: 'in-progress' },
    ]);
  });

  it('of Michael Kehoe reads its tables: severity, times, promises', () => {
    const { postmortem, sections } = read('michael-kehoe');
    expect(sections).toEqual(['summary', 'timeline', 'impact', 'cause', 'resolution', 'lessons', 'actions']);
    expect(postmortem).toMatchObject({ severity: 'sev2', detectedAt: '2026-05-20T08:06:00Z', mitigatedAt: '2026-05-20T08:40:00Z' });
    expect(postmortem.timeline).toEqual([
      { at: '08:06', event: 'Alerting — Duplicate rate above 5 %' },
      { at: '08:40', event: 'Ola — Consumer group paused' },
    ]);
    expect(postmortem.actionItems).toEqual([
      {
        id: 'MSG-12',
        title: 'Deduplicate by message id',
        owner: 'Ola Wren',
        due: '2026-06-15',
        priority: 'P1',
        kind: 'Prevent',
        status: 'open',
      },
    ]);
    expect(postmortem.sections.map(({ heading }) => heading)).not.toContain('Open Questions');
  });
});

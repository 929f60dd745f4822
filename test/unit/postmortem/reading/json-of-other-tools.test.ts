import { expect, it } from 'vitest';
import { fromJson } from '../../../support/reading.ts';

/** Reports as tools send them whose names we have not seen, and what a person reads in each. */
const reports: readonly [string, unknown, Readonly<Record<string, unknown>>][] = [
  [
    'a report in a wrapper, with a list as Markdown',
    {
      post_incident_report: {
        report_title: 'Labels printed twice',
        review_status: 'in_review',
        incident_severity: 'SEV-2',
        impact_start_time: '2026-09-01T08:00:00+02:00',
        impact_end_time: '2026-09-01T09:30:00+02:00',
        overview: 'Each label was printed twice.',
        what_happened: 'A deploy set the number of copies to two.',
        what_didnt_go_so_well: 'Nobody watched the printers.',
        action_items: '- [ ] Watch the printers (Ann Lee, due 2026-10-02)\n- [x] Set the number back (Bo Kim)',
      },
    },
    {
      title: 'Labels printed twice',
      status: 'preliminary',
      severity: 'sev2',
      startedAt: '2026-09-01T06:00:00Z',
      resolvedAt: '2026-09-01T07:30:00Z',
      summary: 'Each label was printed twice.',
      lessons: { wentWrong: ['Nobody watched the printers.'] },
      actionItems: [
        { title: 'Watch the printers', owner: 'Ann Lee', due: '2026-10-02', status: 'open' },
        { title: 'Set the number back', owner: 'Bo Kim', status: 'done' },
      ],
    },
  ],
  [
    'questions and answers',
    {
      review: {
        headline: 'Search was empty',
        priority: { name: 'P1' },
        window: { from: '2026-09-02T10:00:00Z', to: '2026-09-02T11:00:00Z' },
        affected_systems: [{ name: 'search' }],
        sections: [
          { question: 'What happened?', answer: 'No search had a result.' },
          { question: 'What was the root cause?', answer: 'The index was deleted.' },
          { question: 'What was the impact?', answer: 'Nobody found anything for an hour.' },
          { question: 'Who brought cake?', answer: 'The index team.' },
        ],
      },
    },
    {
      title: 'Search was empty',
      severity: 'sev1',
      startedAt: '2026-09-02T10:00:00Z',
      resolvedAt: '2026-09-02T11:00:00Z',
      services: ['search'],
      summary: 'No search had a result.',
      rootCauses: ['The index was deleted.'],
      customerImpact: { text: 'Nobody found anything for an hour.' },
      sections: [expect.objectContaining({ heading: 'Who brought cake?', body: 'The index team.' })],
    },
  ],
  [
    'moments as numbers and people as objects',
    {
      record: {
        subject: 'Mails came late',
        severity_level: 3,
        started_at: 1788249600,
        resolved_at: 1788253200000,
        summary: 'Mails waited for an hour.',
        timeline: [
          { timestamp: 1788249600, message: 'The queue grows', author: { display_name: 'Ann Lee' } },
          { timestamp: 1788253200, message: 'The queue is empty' },
        ],
        action_items: [
          {
            description: 'Alert on the queue',
            assignee: { first_name: 'Ann', last_name: 'Lee' },
            due_date: 1790812800,
            status: 'outstanding',
          },
          { description: 'Second queue', assignees: [{ displayName: 'Bo Kim' }], status: 'not_doing' },
        ],
      },
    },
    {
      title: 'Mails came late',
      severity: 'sev3',
      startedAt: '2026-09-01T08:00:00Z',
      resolvedAt: '2026-09-01T09:00:00Z',
      timeline: [{ at: '2026-09-01T08:00:00Z', event: 'The queue grows (Ann Lee)' }, { event: 'The queue is empty' }],
      actionItems: [
        { title: 'Alert on the queue', owner: 'Ann Lee', due: '2026-10-01', status: 'open' },
        { title: 'Second queue', owner: 'Bo Kim', status: 'declined' },
      ],
    },
  ],
  [
    'pairs of a name and a moment',
    [
      {
        incident: { name: 'Tiles were grey', severity: { name: 'Major' } },
        timestamps: [
          { name: 'Impact started', value: '2026-09-03T07:00:00Z' },
          { name: 'Incident detected', value: '2026-09-03T07:10:00Z' },
          { name: 'Impact ended', value: '2026-09-03T08:20:00Z' },
        ],
        retro: { state: 'published', sections: [{ title: 'Contributing factors', content: 'The cache was cold.' }] },
      },
    ],
    {
      title: 'Tiles were grey',
      severity: 'sev2',
      status: 'published',
      startedAt: '2026-09-03T07:00:00Z',
      detectedAt: '2026-09-03T07:10:00Z',
      resolvedAt: '2026-09-03T08:20:00Z',
      contributingFactors: ['The cache was cold.'],
    },
  ],
  [
    'fields of a service desk',
    {
      result: [
        {
          number: 'PRB0001',
          short_description: 'Doors stay shut',
          priority: { value: '2', display_value: '2 - High' },
          u_outage_start: { value: '2026-09-04 05:30:00', display_value: '04-09-2026 07:30:00' },
          u_outage_end: { value: '2026-09-04 06:30:00', display_value: '04-09-2026 08:30:00' },
          cause_notes: 'The battery was empty.',
          fix_notes: 'A new battery.',
          u_lessons_learned: 'Batteries end.',
          problem_tasks: [
            {
              number: 'T1',
              short_description: 'Change all batteries',
              assigned_to: { display_value: 'Ann Lee' },
              due_date: '2026-10-15 00:00:00',
              state: 'Work in Progress',
            },
          ],
        },
      ],
    },
    {
      title: 'Doors stay shut',
      severity: 'sev2',
      startedAt: '2026-09-04T05:30:00Z',
      resolvedAt: '2026-09-04T06:30:00Z',
      rootCauses: ['The battery was empty.'],
      resolution: 'A new battery.',
      actionItems: [{ title: 'Change all batteries', owner: 'Ann Lee', due: '2026-10-15', status: 'in-progress' }],
    },
  ],
  [
    'a start and a duration',
    {
      outage_review: {
        incident_title: 'Maps were blank',
        incident_severity: 'high',
        incident_start_time: '2026-09-05T10:00:00Z',
        duration_minutes: 72,
        root_cause_analysis: 'A key ran out.',
        remediation: 'The key was renewed.',
        follow_ups: [{ name: 'Watch keys', assigned_to: { name: 'Bo Kim' }, status: 'completed', due: '2026-09-30T00:00:00Z' }],
      },
    },
    {
      title: 'Maps were blank',
      severity: 'sev2',
      startedAt: '2026-09-05T10:00:00Z',
      resolvedAt: '2026-09-05T11:12:00Z',
      rootCauses: ['A key ran out.'],
      resolution: 'The key was renewed.',
      actionItems: [{ title: 'Watch keys', owner: 'Bo Kim', due: '2026-09-30', status: 'done' }],
    },
  ],
  [
    'groups of fields',
    {
      metadata: { title: 'Orders were lost', severity: 'critical', owner: { email: 'ann@example.com' }, status: 'final' },
      times: { start: '2026-09-06T10:00:00Z', detected: '2026-09-06T10:05:00Z', end: '2026-09-06T11:00:00Z' },
      impact: { description: 'Twelve orders were lost.', services: ['orders'], customers_affected: 12 },
      analysis: { root_cause: 'Two writers.', trigger: 'A failover.', contributing_factors: ['No lock.'] },
      lessons: { what_went_well: ['Backups.'], what_went_poorly: ['Locks.'] },
      timeline: '- 10:00 UTC: A failover\n- 11:00 UTC: Orders are back',
    },
    {
      title: 'Orders were lost',
      severity: 'sev1',
      status: 'published',
      startedAt: '2026-09-06T10:00:00Z',
      detectedAt: '2026-09-06T10:05:00Z',
      resolvedAt: '2026-09-06T11:00:00Z',
      services: ['orders'],
      rootCauses: ['Two writers.'],
      trigger: 'A failover.',
      contributingFactors: ['No lock.'],
      lessons: { wentWell: ['Backups.'], wentWrong: ['Locks.'] },
      timeline: [expect.objectContaining({ event: 'A failover' }), expect.objectContaining({ event: 'Orders are back' })],
    },
  ],
  [
    'another language',
    {
      bericht: {
        titel: 'Kasse stand still',
        schweregrad: 'hoch',
        beginn: '2026-09-07T10:00:00+02:00',
        ende: '2026-09-07T11:00:00+02:00',
        betroffene_systeme: ['kasse'],
        zusammenfassung: 'Niemand konnte zahlen.',
        ursache: 'Das Zertifikat war abgelaufen.',
        massnahmen: [{ titel: 'Zertifikate überwachen', verantwortlich: 'Ann Lee', frist: '2026-10-01', status: 'offen' }],
      },
    },
    {
      title: 'Kasse stand still',
      severity: 'sev2',
      startedAt: '2026-09-07T08:00:00Z',
      resolvedAt: '2026-09-07T09:00:00Z',
      services: ['kasse'],
      summary: 'Niemand konnte zahlen.',
      rootCauses: ['Das Zertifikat war abgelaufen.'],
      actionItems: [{ title: 'Zertifikate überwachen', owner: 'Ann Lee', due: '2026-10-01', status: 'open' }],
    },
  ],
];

it.each(reports)('is read: %s', (_, sent, expected) => {
  expect(fromJson(sent).postmortem).toMatchObject(expected);
});

const plain = { title: 'Pool ran dry', summary: 'No orders.', severity: 'SEV1', started_at: '2026-09-01T10:00:00Z' };

it.each([
  ['outstanding', 'open'],
  ['in_progress', 'in-progress'],
  ['completed', 'done'],
  ['not_doing', 'declined'],
  ['wont_do', 'declined'],
])('reads the state %s of an action', (status, expected) => {
  expect(fromJson({ ...plain, action_items: [{ title: 'a', status }] }).postmortem.actionItems[0]?.status).toBe(expected);
});

it.each([
  ['a name that is only likely with another kind of value', { from: 'the bot', to: 'everybody' }],
  ['a likely end before the start', { service_restored: '2026-08-31T10:00:00Z' }],
  ['a likely severity that is none', { incident_priority: 'purple' }],
])('keeps as text, and does not refuse, %s', (_, more) => {
  const { postmortem } = fromJson({ ...plain, ...more });
  expect(postmortem).toMatchObject({ severity: 'sev1', startedAt: '2026-09-01T10:00:00Z' });
  expect(postmortem.resolvedAt).toBeUndefined();
  for (const value of Object.values(more)) expect(postmortem.sections.at(-1)?.body).toContain(value);
});

it('does not take the day of the report, the lead of the incident or another incident for its own', () => {
  const { postmortem } = fromJson({
    title: 'Pool ran dry',
    summary: 'No orders.',
    root_cause: 'A disk.',
    report_date: '2026-09-09',
    incident_owner: 'Ann Lee',
    related_incident: { severity: 'SEV1', started_at: '2025-01-01T00:00:00Z' },
  });
  expect(postmortem).toMatchObject({ severity: 'unclassified', authors: [] });
  expect(postmortem.startedAt).toBeUndefined();
});

it('takes no length without a unit and no count that is no moment', () => {
  expect(fromJson({ ...plain, duration: 72 }).postmortem.resolvedAt).toBeUndefined();
  expect(fromJson({ ...plain, duration_minutes: -5 }).postmortem.resolvedAt).toBeUndefined();
  expect(fromJson({ ...plain, duration_hours: 1e300 }).postmortem.resolvedAt).toBeUndefined();
});

it('hides what restricts in any wrapper, group and section', () => {
  for (const sent of [
    { after_action_review: { ...plain, visibility: 'some of us' } },
    { ...plain, metadata: { confidential: true } },
    { ...plain, sections: [{ question: 'Root cause', answer: 'Visibility: private' }] },
    { anything: { ...plain, report_visibility: 'a few' } },
  ]) {
    expect(fromJson(sent).postmortem.restricted).toBe(true);
  }
});

it('keeps a section with headings of its own as it is, and one of an unknown name', () => {
  const sections = [
    { heading: 'Root cause', body: '# One\n\nA.' },
    { heading: 'Weather', body: 'Rain.' },
  ];
  expect(fromJson({ ...plain, sections }).postmortem).toMatchObject({ rootCauses: [], sections });
});

it('does not lose what sections say twice', () => {
  const { postmortem } = fromJson({ ...plain, root_cause: 'A disk.', sections: [{ title: 'Root cause', text: 'A full disk.' }] });
  expect(JSON.stringify(postmortem)).toContain('A disk.');
  expect(JSON.stringify(postmortem)).toContain('A full disk.');
});

it('leaves sections where they are in a postmortem of our own form, so that an answer can be sent back', () => {
  const { postmortem } = fromJson({ ...plain, five_whys: 'The disk was full.', sections: [{ heading: 'Cause of causes', body: 'B' }] });
  const ours = { ...postmortem, sections: [...postmortem.sections, { heading: 'Root cause', body: '- A\n- B' }] };
  expect(fromJson(ours).postmortem).toEqual(ours);
});

/** Records of the three tools, by their public schemas. Each given member replaces the usual one. */
type Change = Readonly<Record<string, unknown>>;

export const statuspageIncident = (change: Change = {}) => ({
  id: 'p31zjtct2jer',
  name: 'Sign-in answered slowly',
  status: 'postmortem',
  impact: 'major',
  created_at: '2024-09-17T08:25:00.000Z',
  started_at: '2024-09-17T08:05:00.000Z',
  resolved_at: '2024-09-17T09:45:00.000Z',
  shortlink: 'https://stspg.io/abc',
  page_id: 'y2j98763l56x',
  components: [{ id: 'c1', name: 'Sign-in', status: 'operational' }],
  incident_updates: [
    { id: 'u3', status: 'postmortem', body: '', display_at: '2024-09-20T08:20:00.000Z' },
    { id: 'u2', status: 'resolved', body: 'It answers again.', display_at: '2024-09-17T09:45:00.000Z' },
    { id: 'u1', status: 'investigating', body: 'It is slow.', display_at: '2024-09-17T08:20:00.000Z' },
  ],
  postmortem_body: '## Root cause\n\nA pool had no room.',
  postmortem_ignored: false,
  postmortem_published_at: '2024-09-20T08:20:00.000Z',
  ...change,
});

export const statuspagePage = (...incidents: readonly object[]) => ({ page: { id: 'y2j98763l56x', name: 'Example' }, incidents });

type Node = Readonly<Record<string, unknown>>;
export const text = (words: string): Node => ({ type: 'text', text: words });
export const node = (type: string, content: readonly Node[], attrs?: object): Node => ({ type, content, ...(attrs && { attrs }) });
export const paragraph = (...content: readonly Node[]): Node => node('paragraph', content);
export const adf = (...content: readonly Node[]) => ({ version: 1, type: 'doc', content });

export const opsgeniePostmortem = (change: Change = {}) => ({
  postmortemId: '4e4b3a71-1fa4-47fb-9b27-23dcbde566a5',
  title: 'Cards were refused',
  severity: 'P1',
  status: 'published',
  startTime: '2024-02-26T04:13:21.075Z',
  endTime: '2024-02-26T05:00:00.757Z',
  respondTime: '2024-02-26T04:20:27.947Z',
  resolveTime: '2024-02-26T05:30:00.757Z',
  createdAtTime: '2024-02-27T04:20:33.873Z',
  executiveSummary: adf(paragraph(text('No card could be charged.'))),
  content: adf(node('heading', [text('Root cause')], { level: 2 }), paragraph(text('A certificate ran out.'))),
  rootIncident: { id: 'aff8a4f3', tinyId: '3', message: 'Payments fail', status: 'closed', priority: 'P2', tags: ['tls'] },
  ...change,
});

export const dispatchIncident = (change: Change = {}) => ({
  id: 7,
  name: 'dispatch-default-payments-7',
  title: 'Orders waited',
  description: 'Orders waited for two hours.',
  resolution: 'The consumer was restarted.',
  status: 'Closed',
  visibility: 'Open',
  created_at: '2023-05-01T10:10:00.000000Z',
  reported_at: '2023-05-01T10:00:00.123456Z',
  stable_at: '2023-05-01T12:00:00.000000Z',
  closed_at: '2023-05-20T12:00:00.000000Z',
  incident_type: { name: 'Production', visibility: 'Open' },
  incident_priority: { name: 'High' },
  incident_severity: { name: 'Critical' },
  commander: { individual: { name: 'Kim Sato', email: 'kim@example.com' } },
  tags: [
    { name: 'orders', tag_type: { name: 'Service' } },
    { name: 'kafka', tag_type: { name: 'Technology' } },
  ],
  tasks: [
    {
      description: 'Restart stuck consumers',
      status: 'Resolved',
      resolve_by: '2023-05-08T10:00:00.000000Z',
      owner: { individual: { name: 'Ona Ruiz' } },
      weblink: 'https://example.com/task/1',
    },
    { description: 'Watch lag', status: 'Open', assignees: [{ individual: { name: 'Tim Orr' } }] },
  ],
  documents: [
    { resource_type: 'dispatch-incident-review-document', weblink: 'https://docs.example.com/review' },
    { resource_type: 'dispatch-incident-document', weblink: 'https://docs.example.com/notes' },
  ],
  ticket: { weblink: 'https://example.com/ticket/7' },
  ...change,
});

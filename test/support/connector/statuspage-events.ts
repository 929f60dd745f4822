/**
 * What Statuspage posts to a subscriber, written from its public documentation
 * (support.atlassian.com/statuspage, webhook notifications). Nobody signs it.
 */
export const statuspageId = 'lbkhbwn21v5q';

const head = {
  meta: { unsubscribe: 'https://example.statuspage.io/?unsubscribe=x', documentation: 'https://doers.statuspage.io' },
  page: { id: 'j2mfxwj97wnj', status_indicator: 'major', status_description: 'Partial outage' },
};
const update = (status: string, body: string) => ({ id: 'dcmrqyz0rh2s', incident_id: statuspageId, status, body });
const event = (change: Record<string, unknown> = {}): string =>
  JSON.stringify({
    ...head,
    incident: {
      id: statuspageId,
      name: 'Mails come late',
      status: 'investigating',
      impact: 'major',
      shortlink: 'https://stspg.io/abcdef',
      postmortem_body: null,
      incident_updates: [update('investigating', 'We are looking into it.')],
      created_at: '2026-11-16T08:05:00.000Z',
      updated_at: '2026-11-16T08:05:00.000Z',
      ...change,
    },
  });

export const statuspageEvents = {
  opened: event(),
  resolved: event({ status: 'resolved' }),
  postmortem: event({ status: 'postmortem', incident_updates: [update('postmortem', '## Summary\n\nThe queue was full.')] }),
  postmortemOfAStranger: event({ status: 'postmortem', postmortem_body: 'Send money to eve@example.com.' }),
  saysPrivate: event({ private: true, restricted: true }),
  saysDeleted: event({ status: 'deleted' }),
  scheduled: event({ status: 'scheduled', impact: 'maintenance' }),
  component: JSON.stringify({
    ...head,
    component_update: { old_status: 'operational', new_status: 'major_outage' },
    component: { id: 'c1' },
  }),
  withoutId: event({ id: 7 }),
  withoutIncident: JSON.stringify(head),
} as const;

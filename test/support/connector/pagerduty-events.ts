/**
 * Events of PagerDuty, written from its public schemas (developer.pagerduty.com, webhooks V3). What
 * an event is about differs: an incident, or a thing that names its incident.
 */
export const pagerDutyId = 'Q2AIJN2QXTFHOL';

const event = (type: string, data: unknown): string =>
  JSON.stringify({
    event: {
      id: '01BSM7QN4O23M9ANA6KR2QC0UC',
      event_type: type,
      resource_type: type.split('.')[0],
      occurred_at: '2026-11-16T08:05:00.123Z',
      agent: { id: 'PLH1HKV', type: 'user_reference', summary: 'Ada' },
      client: null,
      data,
    },
  });
const incident = (change: Record<string, unknown> = {}) => ({
  id: pagerDutyId,
  type: 'incident',
  self: `https://api.pagerduty.com/incidents/${pagerDutyId}`,
  html_url: `https://example.pagerduty.com/incidents/${pagerDutyId}`,
  number: 4711,
  status: 'triggered',
  title: 'Orders are not accepted',
  service: { id: 'PF9KMXH', summary: 'orders', type: 'service_reference' },
  priority: { id: 'P1PRIO', summary: 'P1', type: 'priority_reference' },
  created_at: '2026-11-16T08:05:00Z',
  ...change,
});
const of = { id: pagerDutyId, type: 'incident_reference' };

export const pagerDutyEvents = {
  triggered: event('incident.triggered', incident()),
  withoutPriority: event('incident.triggered', incident({ priority: null })),
  priorityUpdated: event('incident.priority_updated', incident()),
  resolved: event('incident.resolved', incident({ status: 'resolved' })),
  reopened: event('incident.reopened', incident()),
  customField: event('incident.custom_field_values.updated', { incident: of, custom_fields: [], type: 'incident_field_values' }),
  note: event('incident.annotated', { id: 'PN1', incident: of, content: 'The disk was full.', type: 'incident_note' }),
  workflow: event('incident.workflow.completed', { id: 'W1', incident: of, type: 'incident_workflow_instance' }),
  ofLaterRelease: event('incident.something_new', incident()),
  service: event('service.updated', { id: 'PF9KMXH', type: 'service' }),
  ping: event('pagey.ping', { message: 'Hello from your friend Pagey!', type: 'ping' }),
  noteOfNothing: event('incident.annotated', { id: 'PN1', type: 'incident_note' }),
  withoutType: JSON.stringify({ event: { data: incident() } }),
  withoutData: JSON.stringify({ event: { event_type: 'incident.triggered' } }),
} as const;

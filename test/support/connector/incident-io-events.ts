/**
 * Events of incident.io, written from its public schemas (docs.incident.io, webhooks). Two of its
 * own words for one status are among them, and private ones, which have an id alone.
 */
export const incidentId = '01FDAG4SAP5TYPT98WGR7N7W91';
const documentId = '01HZZK0F6C9Q0V9S2F4W1QJ8ZD';

const event = (type: string, payload: unknown): string => JSON.stringify({ event_type: type, [type]: payload });

const incident = (change: Record<string, unknown> = {}) => ({
  id: incidentId,
  reference: 'INC-123',
  name: 'Payments were refused',
  mode: 'standard',
  visibility: 'public',
  severity: { id: '01FH5TZRWMNAFB0DZ23FD1TV96', name: 'Critical', rank: 3, description: 'Many customers cannot pay.' },
  incident_status: { id: '01FCNDV6P870EA6S7TK1DSYD5H', name: 'Closed', category: 'closed' },
  permalink: 'https://app.incident.io/example/incidents/123',
  created_at: '2026-11-16T08:03:33Z',
  updated_at: '2026-11-18T09:00:00Z',
  ...change,
});

const documentEvent = (status: string, updated = '2026-11-18T10:00:00Z', previous = 'review') =>
  event('public_incident.postmortem_document_status_updated_v1', {
    previous_status: previous,
    new_status: status,
    postmortem_document: {
      id: documentId,
      incident_id: incidentId,
      title: 'Payments were refused: postmortem',
      status,
      type: 'in_app',
      document_url: 'https://app.incident.io/example/post-mortem/123',
      exported_urls: [],
      editors: [{ id: '01FCNDV6P870EA6S7TK1DSYDG0', name: 'Lisa Karlin Curtis', email: 'lisa@example.com', role: 'responder' }],
      created_at: '2026-11-17T08:00:00Z',
      updated_at: updated,
    },
  });

export const incidentIoEvents = {
  created: event('public_incident.incident_created_v2', incident({ updated_at: '2026-11-16T08:03:33Z' })),
  severityChanged: event('public_incident.incident_updated_v2', incident({ severity: { name: 'Minor', rank: 1 } })),
  statusChanged: event('public_incident.incident_status_updated_v2', {
    incident: incident(),
    message: 'All is well again.',
    new_status: { name: 'Closed', category: 'closed' },
    previous_status: { name: 'Monitoring', category: 'live' },
  }),
  inReview: documentEvent('in_review', '2026-11-18T08:00:00Z', 'in_progress'),
  completed: documentEvent('completed'),
  complete: documentEvent('complete'),
  reopened: documentEvent('in_progress', '2026-11-19T10:00:00Z', 'completed'),
  privateIncident: event('private_incident.incident_updated_v2', { id: incidentId }),
  privateDocument: event('private_incident.postmortem_document_status_updated_v1', { id: documentId }),
  exercise: event('public_incident.incident_created_v2', incident({ mode: 'tutorial' })),
  followUp: event('public_incident.follow_up_created_v1', { id: '01FCNDV6P870EA6S7TK1DSYDG0', incident_id: incidentId, title: 'Alarm' }),
  withoutType: JSON.stringify({ 'public_incident.incident_created_v2': incident() }),
  withoutPayload: JSON.stringify({ event_type: 'public_incident.incident_created_v2' }),
  withoutSeverity: event('public_incident.incident_created_v2', incident({ severity: null })),
} as const;

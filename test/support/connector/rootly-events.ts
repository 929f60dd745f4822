/**
 * Events of Rootly, written from its public documentation (docs.rootly.com, event payloads).
 * Instants have an offset there, and one sample has a comma too many.
 */
export const rootlyIncidentId = '7a3a6aa6-7e38-4b4c-9ad9-8a6ab0c4d1c2';

const event = (type: string, data: unknown, issued = '2026-11-18T02:00:00.546-08:00'): string =>
  JSON.stringify({ event: { id: '9839c4ca-5e7b-416d-ad95-d09ae0c8eead', type, issued_at: issued }, data });

const incident = (change: Record<string, unknown> = {}) => ({
  id: rootlyIncidentId,
  sequential_id: 42,
  title: 'Logins were slow',
  slug: 'logins-were-slow',
  kind: 'normal',
  private: false,
  status: 'resolved',
  severity: { id: 'f2d3', name: 'SEV1', slug: 'sev1', severity: 'critical' },
  services: [{ name: 'login' }],
  url: 'https://rootly.com/account/incidents/42-logins-were-slow',
  started_at: '2026-11-16T00:03:33.000-08:00',
  updated_at: '2026-11-18T01:00:00.000-08:00',
  ...change,
});

const postMortem = (what: string, change: Record<string, unknown> = {}) =>
  event(`incident_post_mortem.${what}`, {
    id: '13c82722-ec52-4eda-aaa2-771f7c81c01c',
    incident_id: rootlyIncidentId,
    title: 'Postmortem for Logins were slow',
    status: 'draft',
    content: '<h1 style="color:red">{{ incident.title }}</h1><p>The pool of connections was empty.</p>',
    created_at: '2026-11-17T00:00:00.000-08:00',
    updated_at: '2026-11-18T02:00:00.000-08:00',
    ...change,
  });

export const rootlyEvents = {
  created: event('incident.created', incident({ severity: null })),
  severe: event('incident.updated', incident()),
  severityByName: event('incident.updated', incident({ severity: 'SEV1' })),
  severityAsResource: event('incident.updated', incident({ severity: { data: { attributes: { name: 'SEV1' } } } })),
  madePrivate: event('incident.updated', incident({ private: true, updated_at: '2026-11-19T01:00:00.000-08:00' })),
  incidentDeleted: event('incident.deleted', incident()),
  exercise: event('incident.created', incident({ kind: 'test' })),
  scheduled: event('incident.scheduled.created', incident()),
  drafted: postMortem('created'),
  published: postMortem('published', { status: 'published', published_at: '2026-11-18T02:00:00.000-08:00' }),
  deleted: postMortem('deleted', { status: 'published' }),
  alert: event('alert.created', { id: 'a1', source: 'pagerduty' }),
  trailingComma: '{ "event": { "id": "9839c4ca", "type": "incident.updated", }, "data": {} }',
  withoutIncident: event('incident_post_mortem.published', { id: '13c8', status: 'published' }),
  withoutData: JSON.stringify({ event: { type: 'incident.created' } }),
} as const;

/**
 * Events of FireHydrant, written from its public schemas (docs.firehydrant.com/docs/webhooks). They
 * have no type, and private incidents come by a subscription of their own in the same shape.
 */
export const fireHydrantId = '5f1d9b62-7a54-4c0e-9d0c-0d6f2b8c1e11';

const incident = (change: Record<string, unknown> = {}) => ({
  id: fireHydrantId,
  number: 812,
  name: 'Search was empty',
  summary: 'No results for anybody.',
  current_milestone: 'resolved',
  milestones: [
    { type: 'started', occurred_at: '2026-11-16T08:00:00.000Z', updated_at: '2026-11-16T08:05:00.000Z' },
    { type: 'resolved', occurred_at: '2026-11-16T09:00:00.000Z', updated_at: '2026-11-16T09:00:01.000Z' },
  ],
  severity: { slug: 'SEV1', description: 'Everybody is affected.' },
  impacts: [{ type: 'service', id: 'a', name: 'search' }],
  private_status_page_url: 'https://app.firehydrant.io/example/incident/812',
  created_at: '2026-11-16T08:04:00.000Z',
  started_at: '2026-11-16T08:00:00.000Z',
  ...change,
});
const event = (change?: Record<string, unknown>): string => JSON.stringify({ data: { incident: incident(change) } });

export const fireHydrantEvents = {
  opened: event({ current_milestone: 'started', severity: null }),
  resolved: event(),
  retrospectiveCompleted: event({ current_milestone: 'retrospective_completed' }),
  closed: event({ current_milestone: 'closed' }),
  severityAsText: event({ severity: 'SEV1' }),
  madePrivate: event({ restricted: true }),
  archived: event({ discarded_at: '2026-11-19T09:00:00.000Z' }),
  saysPublic: event({ restricted: false }),
  changeEvent: JSON.stringify({ data: { change_event: { id: 'c1', summary: 'A deploy' } } }),
  signal: JSON.stringify({ data: { alert: { id: 's1' } } }),
  withoutId: event({ id: null }),
  longId: event({ id: 'x'.repeat(129) }),
  withoutData: JSON.stringify({ incident: incident() }),
  emptyData: JSON.stringify({ data: {} }),
} as const;

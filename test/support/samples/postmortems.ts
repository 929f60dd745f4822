import type * as z from 'zod';
import { Postmortem } from '../../../core/postmortem/postmortem.ts';

const sample = (postmortem: z.input<typeof Postmortem>): Postmortem => Postmortem.parse(postmortem);

/** Invented incidents of an invented shop, most severe first. */
export const checkout = sample({
  id: 'retries-and-a-slow-database',
  title: 'Retries turned a slow database into 41 minutes without checkout',
  severity: 'sev1',
  services: ['checkout', 'payments'],
  owningTeam: 'Payments',
  authors: ['Ana Ferreira'],
  startedAt: '2026-11-19T12:52:00Z',
  detectedAt: '2026-11-19T13:01:00Z',
  mitigatedAt: '2026-11-19T13:33:00Z',
  resolvedAt: '2026-11-19T13:50:00Z',
  publishedAt: '2026-11-19T14:20:00Z',
  summary:
    'A new index slowed writes to two seconds. Each client retried three times, and the database never recovered until traffic was shed by hand.',
  customerImpact: {
    text: 'No order could be paid for, in any country.',
    customersAffected: 120_000,
    regions: ['EU', 'UK', 'US'],
    externallyVisible: true,
  },
  rootCauses: ['Three layers each retried on their own; together one request became 27.'],
  lessons: { wentWrong: ['Retry budgets belong to the call, not to the layer.'] },
  support: { say: ['Payments are working again. Orders that failed were not charged; please order once more.'] },
  actionItems: [
    { title: 'One retry budget carried in the request', team: 'Payments', due: '2026-12-11' },
    { title: 'Shed-load switch in the runbook', team: 'Payments', status: 'done' },
  ],
});

export const sessions = sample({
  id: 'redis-failover',
  title: 'A Redis failover logged everyone out',
  severity: 'sev2',
  status: 'preliminary',
  services: ['sessions'],
  owningTeam: 'Identity',
  startedAt: '2026-11-17T09:10:00Z',
  detectedAt: '2026-11-17T09:12:00Z',
  mitigatedAt: '2026-11-17T09:36:00Z',
  publishedAt: '2026-11-20T10:00:00Z',
  summary: 'The primary was patched, Sentinel promoted a replica that was eleven minutes behind, and every session written since was gone.',
  rootCauses: ['Nobody watched replication lag: the replica had been falling behind since the spring cleanup of keys.'],
  lessons: { wentWrong: ['A failover test that succeeds on an idle replica proves nothing about a lagging one.'] },
  actionItems: [{ title: 'Promotion refuses a replica more than five seconds behind', team: 'Identity', due: '2026-12-04' }],
});

export const search = sample({
  id: 'yesterdays-prices',
  title: 'Search returned yesterday’s prices',
  severity: 'sev2',
  services: ['search'],
  owningTeam: 'Discovery',
  startedAt: '2026-11-18T06:00:00Z',
  mitigatedAt: '2026-11-18T09:00:00Z',
  publishedAt: '2026-11-19T08:00:00Z',
  summary: 'A deploy pinned readers to the old index. New prices were written, and nobody read them.',
  rootCauses: ['The alias is switched by a script that reports success before the switch.'],
});

export const invoices = sample({
  id: 'invoices-twice',
  title: 'Invoices went out twice to 212 customers',
  severity: 'sev3',
  services: ['billing'],
  owningTeam: 'Billing',
  startedAt: '2026-11-16T08:00:00Z',
  resolvedAt: '2026-11-17T08:00:00Z',
  publishedAt: '2026-11-18T12:00:00Z',
  summary: 'A job was re-run by hand after it had finished.',
  customerImpact: { customersAffected: 212 },
  lessons: { wentWell: ['Support noticed within the hour, and every customer had an apology the same day.'] },
  actionItems: [{ title: 'The job refuses a period that it has invoiced', owner: 'Tomasz Wolski', due: '2026-11-27' }],
});

export const statusPage = sample({
  id: 'status-page-behind-vpn',
  title: 'The status page was unreachable from the office',
  services: ['platform'],
  publishedAt: '2026-11-17T12:00:00Z',
  sections: [{ heading: '', body: 'It lived behind the VPN that was **down**. We told customers by hand for twenty minutes.' }],
});

export const certificate = sample({
  id: 'login-certificate',
  title: 'Login down: a certificate ran out',
  severity: 'sev2',
  services: ['login'],
  owningTeam: 'Platform',
  startedAt: '2026-11-03T07:00:00Z',
  mitigatedAt: '2026-11-03T07:55:00Z',
  publishedAt: '2026-11-12T12:00:00Z',
  summary: 'The certificate of the login service ran out on a public holiday, and renewing it needed a person who was away.',
  rootCauses: ['Renewal was a calendar entry of one person.'],
  actionItems: [{ title: 'Rotate certificates without a person', team: 'Platform' }],
});

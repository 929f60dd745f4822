import type { PromisedAction } from '../../../core/action/action.ts';
import type { DecidedAction } from '../../../core/action/decided.ts';
import type { Decision } from '../../../core/action/event.ts';
import { monthBefore } from '../../../core/calendar/month.ts';
import { briefContent } from '../../../core/content/brief-content.ts';
import type { BriefInput, LeadershipAsked } from '../../../core/content/brief-figures.ts';
import type { WaitingReview } from '../../../core/content/brief-reviews-content.ts';
import type { Postmortem, Severity } from '../../../core/postmortem/postmortem.ts';
import { leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { certificate, checkout, search, sessions } from './postmortems.ts';
import { endless, rightToLeft } from './rough-postmortems.ts';

const organisation = { name: 'Northwind', zone: 'Europe/Berlin' };
const now = new Date('2026-12-01T07:00:00Z');
const period = monthBefore(now, organisation.zone);

/** Postmortems of these severities, published in the middle of a month. */
const published = (month: string, ...severities: readonly Severity[]) =>
  severities.map((severity, n) => ({
    id: `of-${month}-${n}`,
    severity,
    publishedAt: `${month}-15T12:00:00Z`,
    minutesToMitigate: 40 + 4 * n,
    ...(n % 3 > 0 && { minutesToDetect: 4 + n, minutesOfHarm: 40 + 4 * n, customersAffected: 2_000 * n }),
  }));
const some = (n: number, severity: Severity): Severity[] => Array<Severity>(n).fill(severity);

const earlier = [
  ...published('2026-06', ...some(4, 'sev2'), ...some(9, 'sev3')),
  ...published('2026-07', 'sev1', ...some(2, 'sev2'), ...some(7, 'sev3')),
  ...published('2026-08', ...some(2, 'sev2'), ...some(6, 'sev4')),
  ...published('2026-09', ...some(2, 'sev1'), ...some(4, 'sev2'), ...some(9, 'sev3')),
  ...published('2026-10', 'sev1', ...some(6, 'sev2'), ...some(7, 'sev3'), 'unclassified'),
];

const made = (month: string, n: number, change: (nth: number) => Partial<PromisedAction>): PromisedAction[] =>
  Array.from({ length: n }, (_, nth) => ({
    aid: `${month}-${nth}`,
    title: `Promise ${nth + 1} of ${month}`,
    status: 'open',
    team: 'Platform',
    postmortem: `of-${month}-0`,
    postmortemTitle: 'The nightly import stalled',
    promisedAt: `${month}-10T10:00:00Z`,
    ...change(nth),
  }));

const kept = (due: string, closedAt: string) => ({ status: 'done' as const, due, closedAt });
const promises = [
  ...made('2026-07', 18, (n) =>
    n < 16 ? kept('2026-10-20', '2026-10-01T10:00:00Z') : { status: 'declined', closedAt: '2026-08-01T10:00:00Z' },
  ),
  ...made('2026-09', 22, (n) => (n < 13 ? kept('2026-11-10', `2026-11-${n < 9 ? '08' : '14'}T10:00:00Z`) : { due: '2027-01-15' })),
  ...made('2026-11', 14, (n) => (n < 3 ? kept('2026-12-20', '2026-11-25T10:00:00Z') : {})),
  {
    aid: 'lag',
    title: 'Alarm on replication lag',
    status: 'open' as const,
    owner: 'Ana Ferreira',
    due: '2026-10-22',
    promisedAt: '2026-08-21T10:00:00Z',
    postmortem: 'stale-reads',
    postmortemTitle: 'Stale reads after failover',
  },
  {
    aid: 'rotate',
    title: 'Rotate certificates without a person',
    status: 'in-progress' as const,
    team: 'Platform',
    due: '2026-11-27',
    promisedAt: '2026-10-18T10:00:00Z',
    postmortem: 'login-certificate',
    postmortemTitle: 'Login down: a certificate ran out',
  },
] satisfies PromisedAction[];

const asked = (change: Partial<DecidedAction>): DecidedAction => ({
  aid: change.title ?? '',
  title: '',
  status: 'open',
  postmortem: checkout.id,
  postmortemTitle: checkout.title,
  promisedAt: '2026-11-20T10:00:00Z',
  ...change,
});
const decision = (change: Partial<Decision>): Decision => ({
  at: '2026-10-12T10:00:00Z',
  by: 'a-sid',
  kind: 'decided',
  what: 'fund',
  reason: 'It pays for itself.',
  as: 'VP Engineering',
  basis: 'b',
  effectiveAt: '2026-10-13T07:00:00Z',
  ...change,
});
const review = (pm: Postmortem, change: Partial<WaitingReview>): WaitingReview => ({
  postmortem: pm.id,
  title: pm.title,
  severity: pm.severity,
  preliminary: pm.status === 'preliminary',
  openedAt: '2026-11-20T10:00:00Z',
  dueOn: '2026-11-27',
  ...change,
});
const sessionStore = { postmortem: sessions.id, postmortemTitle: sessions.title };
const oldOutage = { postmortem: 'stale-reads', postmortemTitle: 'Stale reads after failover' };

/** What leaders are asked, and what they decided before. */
const leadership: LeadershipAsked = {
  reviews: [
    review(checkout, {}),
    review(sessions, { openedAt: '2026-11-12T10:00:00Z', dueOn: '2026-11-19', again: 'new action' }),
    review(search, { openedAt: '2026-11-27T10:00:00Z', dueOn: '2026-12-11', preliminary: true }),
  ],
  awaited: [
    { postmortem: 'inc-20261118-payroll', severity: 'sev1', declaredAt: '2026-11-18T09:00:00Z', dueOn: '2026-11-23' },
    { postmortem: 'inc-20261129', severity: 'sev2', declaredAt: '2026-11-29T21:00:00Z', dueOn: '2026-12-04' },
  ],
  actions: [
    asked({
      title: 'One retry budget across services',
      cost: '2 engineer-months',
      consequence: 'checkout fails again at the next slow replica',
      team: 'Payments',
    }),
    asked({
      ...sessionStore,
      title: 'A second region for sessions',
      cost: '€ 9,000 a month',
      consequence: 'the third logout of everybody this year',
      team: 'Identity',
    }),
    asked({
      ...oldOutage,
      title: 'Certificates renewed without a person',
      cost: '3 weeks',
      team: 'Platform',
      decision: decision({ what: 'defer', at: '2026-06-12T10:00:00Z', until: '2026-11-01', as: 'VP Platform' }),
      again: { why: 'deferred until then', since: '2026-11-01' },
    }),
    asked({
      ...oldOutage,
      title: 'Alarm on replication lag',
      owner: 'Ana Ferreira',
      due: '2026-10-22',
      decision: decision({ at: '2026-09-02T10:00:00Z' }),
    }),
    asked({
      ...sessionStore,
      title: 'Sessions survive a failover',
      team: 'Identity',
      status: 'done',
      closedAt: '2026-11-20T10:00:00Z',
      decision: decision({}),
    }),
    asked({ ...sessionStore, title: 'Rehearse the failover each quarter', team: 'Identity', due: '2027-01-15', decision: decision({}) }),
    asked({
      ...oldOutage,
      title: 'A cache of our own in each region',
      team: 'Platform',
      status: 'declined',
      closedAt: '2026-11-05T07:00:00Z',
      decision: decision({ what: 'accept the risk', at: '2026-11-04T10:00:00Z' }),
    }),
    asked({
      ...oldOutage,
      title: 'Lower the limit of connections',
      team: 'Storage',
      withdrawn: true,
      withdrawnAt: '2026-11-22T10:00:00Z',
      decision: decision({ as: 'VP Platform' }),
    }),
  ],
};

export const briefInput = {
  organisation,
  kind: 'month',
  period,
  grave: [checkout, sessions, search, certificate].map(leadershipRendition),
  late: [],
  lesser: published('2026-11', ...some(7, 'sev3'), 'sev4', 'unclassified'),
  earlier,
  promises,
  leadership,
  now,
} satisfies BriefInput;

/** As many severe incidents as in a very bad month. */
export const manyIncidents = (n: number, severity: Severity) =>
  Array.from({ length: n }, (_, i) =>
    leadershipRendition({ ...checkout, severity, id: `grave-${i}`, title: `${checkout.title} (${i + 1})` }),
  );

export const briefSample = briefContent(briefInput);
export const quietBriefSample = briefContent({ ...briefInput, grave: [], lesser: [] });
export const firstBriefSample = briefContent({
  ...briefInput,
  grave: [endless, rightToLeft].map(leadershipRendition),
  lesser: published('2026-11', 'sev3'),
  earlier: [],
  promises: [],
  leadership: { reviews: [], awaited: [], actions: [] },
});
export const crowdedBriefSample = briefContent({
  ...briefInput,
  grave: [...manyIncidents(8, 'sev1'), ...manyIncidents(22, 'sev2').map((one) => ({ ...one, id: `${one.id}-2` }))],
  late: [leadershipRendition({ ...certificate, id: 'told-late' })],
  lesser: published('2026-11', ...some(30, 'sev3')),
  leadership: {
    ...leadership,
    reviews: Array.from({ length: 40 }, (_, n) => review(checkout, { postmortem: `grave-${n}`, title: `${endless.title} (${n + 1})` })),
    actions: Array.from({ length: 20 }, (_, n) =>
      asked({ title: `${endless.title} (${n + 1})`, cost: 'x'.repeat(300), consequence: 'word '.repeat(60), postmortem: `grave-${n}` }),
    ),
  },
});

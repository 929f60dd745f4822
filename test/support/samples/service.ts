import { heldReasons } from '../../../core/connector/inbound-incident.ts';
import { isReviewKind, type NoticeKind, serviceKinds } from '../../../core/edition/service-mail.ts';
import { driftOf } from '../../../core/runbook/drift.ts';
import { storable } from '../../../core/runbook/finding.ts';
import type { Realm } from '../../../core/stream/stream.ts';
import { renderService } from '../../../emails/render-service.ts';
import type { ServiceFacts } from '../../../emails/service-words.ts';
import { aDistribution } from '../distribution.ts';
import { aChannel, aPostRow, quietFacts, wellKept } from '../drift.ts';

/** What a check found in an invented organisation: something of each area. */
export const sampleDrift = storable(
  driftOf(
    aDistribution({ ...wellKept, teams: [...wellKept.teams, { name: 'Data', channels: { slack: '#data' } }] }),
    quietFacts({
      slack: {
        list: {
          at: '2026-11-30T07:59:00Z',
          channels: [aChannel('incident-pms'), aChannel('payments', { isShared: true }), aChannel('data', { isArchived: true })],
        },
        unsettled: [aPostRow({ state: 'lost', since: '2026-11-29T08:00:00Z' })],
        isWhole: true,
      },
      needsDeploy: ['organisation.zone'],
      unheard: [
        {
          named: 'lead',
          post: 'a lead of Payments',
          state: 'suspended',
          address: 'ada@example.com',
          subscriber: '0123456789abcdef'.repeat(2),
        },
        { named: 'approver', post: 'the owner of the leadership brief', state: 'unknown', address: 'bob@example.com' },
      ],
      readers: { streams: new Set(['sev1-alerts']), isWhole: true, people: 200 },
      told: { postmortems: [{ services: ['chekout'] }], isWhole: true },
    }),
  ),
);

/** What the directory of an invented organisation was not let do. */
const sampleBraked = [
  {
    at: '24 November',
    what: 'The directory may suspend at most 20 people a day, and tried more. Whoever left beyond that gets mail until the directory suspends them.',
    remedy: 'Look in the directory what changed. If they really left, raise directory.leaversADay, then: afterword apply FILE',
  },
];

/** What is held in an invented organisation: one of each reason, the earliest first. */
const sampleHeld = heldReasons.map((why, n) => ({
  source: n % 2 === 0 ? 'incident-io' : 'rootly',
  ref: n % 2 === 0 ? `01FDAG4SAP5TYPT98WGR7N7W9${n}` : `7a3a6aa6-7e38-4b4c-9ad9-8a6ab0c4d1c${n}`,
  why,
  since: `${21 + n} November`,
  ...(why === 'unmapped severity' && { severity: 'Catastrophe', urgent: true as const }),
  ...(why === 'refused' && { detail: 'The API answered 403.' }),
  ...(why === 'unreadable' && { detail: 'It is no JSON.' }),
}));

/** The facts of a service mail of an invented organisation. */
export const sampleFacts = (kind: NoticeKind, realm: Realm): ServiceFacts => ({
  organisation: 'Northwind',
  realm,
  ...(kind === 'drift' && { drift: sampleDrift }),
  ...(kind === 'held' && { held: { held: sampleHeld, more: 0, braked: sampleBraked } }),
  ...(kind === 'receipt' && {
    receipt: {
      postmortem: 'retries',
      title: 'Retries turned a slow database into 58 minutes without checkout',
      decisions: 2,
      isSigned: true,
      details: {
        of: { fund: 1, 'accept the risk': 0, defer: 1, 'need more': 0 },
        undecided: 1,
        effectiveAt: '2026-11-24T07:00:00Z',
      },
      from: 'Tuesday 24 November at 08:00, Berlin time',
    },
  }),
  ...(isReviewKind(kind) && {
    review: {
      postmortem: 'checkout-retries',
      n: 2,
      ...(kind === 'review-hold' && { until: 'Tuesday 24 November at 15:20, Berlin time' }),
      ...(kind === 'review-receipt' && { act: 'approve' as const }),
    },
  }),
  ...(!isReviewKind(kind) &&
    !['new-link', 'receipt', 'decisions', 'reminders-link', 'sign-in', 'drift', 'held'].includes(kind) && {
      stream: realm === 'staff' ? 'Engineering digest' : 'Incident notices',
    }),
});

const sample = (kind: NoticeKind, realm: Realm) =>
  [realm === 'staff' ? kind : `${kind} for ${realm}`, renderService(kind, sampleFacts(kind, realm)), { kind, realm }] as const;

/**
 * Every service mail by name, as a reader of an invented organisation gets it, for tests and for
 * viewing. Customers get no mails about approvals, decisions, notices, drift or held incidents and none to sign in: no customer
 * approves others, runs Afterword or has sessions.
 */
const noticeKinds = serviceKinds.filter((kind): kind is NoticeKind => kind !== 'reminders');
export const serviceSamples = [
  ...noticeKinds.map((kind) => sample(kind, 'staff')),
  ...noticeKinds
    .filter(
      (kind) =>
        !isReviewKind(kind) && !['approval', 'joined', 'receipt', 'decisions', 'reminders-link', 'sign-in', 'drift', 'held'].includes(kind),
    )
    .map((kind) => sample(kind, 'customers')),
];

import type { DriftFacts } from '../../core/runbook/drift.ts';
import type { SlackChannel, SlackPostRow } from '../../core/slack/slack-post.ts';

export const aChannel = (name: string, change: Partial<SlackChannel> = {}): SlackChannel => ({
  id: `C0${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}00000`.slice(0, 11),
  name,
  isMember: true,
  isArchived: false,
  isShared: false,
  isPrivate: false,
  members: 12,
  ...change,
});

export const aPostRow = (post: SlackPostRow['post'], change: Partial<SlackPostRow> = {}): SlackPostRow => ({
  postmortem: 'pm-1',
  channel: aChannel('payments').id,
  audience: 'engineering',
  key: 'k',
  version: 1,
  post,
  ...change,
});

/** What is so where nothing differs from {@link wellKept}. */
export const quietFacts = (change: Partial<DriftFacts> = {}): DriftFacts => ({
  now: '2026-11-30T08:00:00Z',
  stack: 'afterword-production',
  needsDeploy: [],
  slack: {
    list: { at: '2026-11-30T07:59:00Z', channels: [aChannel('incident-pms'), aChannel('payments')] },
    unsettled: [],
    isWhole: true,
  },
  unheard: [],
  operators: 1,
  reviews: [],
  readers: { streams: new Set(['engineering-digest', 'sev1-alerts']), isWhole: true, people: 200 },
  told: { postmortems: [{ services: ['Checkout'], team: 'payments' }], isWhole: true },
  promises: { unowned: [], lost: [] },
  notices: { hidden: [], products: [], astray: [] },
  ...change,
});

/** The parts of a distribution file without drift. */
export const wellKept = {
  operators: { people: ['olga@example.com'], roles: [] },
  slack: { channels: [{ channel: '#incident-pms' }] },
  teams: [{ name: 'Payments', services: ['checkout', 'ledger'], channels: { slack: '#payments' } }],
};

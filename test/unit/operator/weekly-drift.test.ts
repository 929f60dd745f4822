import { expect, it } from 'vitest';
import { deployedHash } from '../../../core/distribution/deployed-parts.ts';
import { findDrift } from '../../../core/operator/find-drift.ts';
import { checkWeekly, type WeeklyDriftDeps } from '../../../core/operator/weekly-drift.ts';
import type { TeamSizes } from '../../../core/readership/team-sizes.ts';
import type { StoredDrift } from '../../../core/runbook/finding.ts';
import type { Instant } from '../../../core/shared/instant.ts';
import type { SlackChannel } from '../../../core/slack/slack-post.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aChannel, wellKept } from '../../support/drift.ts';

const sidOf = (address: string) => subscriberId('staff', parseAddress(address) ?? expect.unreachable(), 'identity');
const monday = new Date('2026-11-30T07:00:00Z');
const on = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const aPerson = (name: string, change: Partial<Profile> = {}) =>
  aProfile({
    sid: sidOf(`${name}@example.com`),
    address: `${name}@example.com`,
    streams: { 'engineering-digest': on, 'sev1-alerts': on },
    ...change,
  });

/** A week's check. `refreshed`: the list that Slack answers, after so many looks. */
function aCheck({
  people = [aPerson('olga')],
  operators = { people: ['olga@example.com'], roles: [] as string[] },
  channels = [aChannel('incident-pms'), aChannel('payments', { isArchived: true })],
  refreshed = { after: 1, list: undefined as readonly SlackChannel[] | undefined },
  hasSlack = true,
  page = 1000,
} = {}) {
  const mails: string[] = [];
  const did: string[] = [];
  let kept: StoredDrift | undefined;
  let sizes: TeamSizes | undefined;
  let list = { at: '2026-11-29T00:00:00Z', channels: channels as readonly SlackChannel[] };
  let left = Number.POSITIVE_INFINITY;
  const deps: WeeklyDriftDeps = {
    distribution: {
      read: async () => ({
        distribution: aDistribution({ ...wellKept, operators }),
        hash: 'h',
        appliedAt: '2026-11-01T00:00:00Z' as Instant,
      }),
    },
    deployed: { hash: 'another', values: undefined },
    stack: 'afterword-production',
    slack: hasSlack ? { channels: { read: async () => list }, posts: { unsettled: async () => [] } } : undefined,
    people: { readProfiles: async (wanted) => people.filter(({ sid }) => wanted.some((one) => one.sid === sid)) },
    identitySecret: async () => 'identity',
    catalog: { read: async () => undefined },
    peopleList: {
      async list(limit, cursor) {
        const from = Number(cursor ?? 0);
        const next = from + Math.min(limit, page);
        did.push(`read people from ${from}`);
        const listed = people.slice(from, next).map(({ sid, realm, address, role, team, streams, suspended, suppressed }) => ({
          sid,
          realm,
          address,
          ...(role && { role }),
          ...(team && { team }),
          ...(suppressed && { suppressed }),
          streams: Object.keys(streams),
          isSuspended: suspended !== undefined,
          revision: 1,
        }));
        return { people: listed, ...(next < people.length && { cursor: String(next) }) };
      },
    },
    archive: async () => ({ entries: [], isWhole: true }),
    notices: { resting: async () => [], list: async () => [], read: async () => undefined, readVersion: async () => undefined },
    reviews: { open: async () => [] },
    actions: async () => [],
    drift: {
      read: async () => kept,
      put: async (drift) => {
        kept = drift;
      },
    },
    now: () => '2026-11-30T07:00:00Z',
    sizes: {
      put: async (counted) => {
        sizes = counted;
      },
    },
    refreshChannels: async () => {
      did.push('asked Slack');
      left = refreshed.after;
    },
    patience: { most: 60_000, step: 2000 },
    async sleep() {
      left -= 1;
      if (left === 0) list = { at: '2026-11-30T07:00:01Z', channels: refreshed.list ?? list.channels };
    },
    mail: async ({ kind, about, realm, subscriber, at }) => void mails.push([kind, about, realm, subscriber, at].join(' ')),
  };
  return { deps, mails, did, kept: () => kept, sizes: () => sizes };
}
const forWeek = (sid: string) => `drift 2026-W49 staff ${sid} 2026-11-29T23:00:00Z`;

it('mails each operator, and asks for the same mail when it runs again in that week', async () => {
  const { deps, mails, kept } = aCheck();

  expect(await checkWeekly(monday, deps)).toEqual({ findings: 2, mails: 1 });
  await checkWeekly(new Date('2026-12-06T22:59:00Z'), deps);
  await checkWeekly(new Date('2026-12-06T23:00:00Z'), deps);

  const [next] = mails.slice(2);
  expect(mails.slice(0, 2)).toEqual([forWeek(sidOf('olga@example.com')), forWeek(sidOf('olga@example.com'))]);
  expect(next).toContain('drift 2026-W50');
  expect(kept()?.findings.map(({ kind }) => kind)).toEqual(['not-deployed', 'channel-archived']);
});

it('looks at the channels as Slack tells them then, and mails nobody where nothing differs', async () => {
  const { deps, mails, did, kept } = aCheck({ refreshed: { after: 3, list: [aChannel('incident-pms'), aChannel('payments')] } });
  const distribution = (await deps.distribution.read())?.distribution ?? expect.unreachable();

  expect(await checkWeekly(monday, { ...deps, deployed: { hash: deployedHash(distribution) } })).toEqual({ findings: 0, mails: 0 });
  expect([mails, did[0], kept()?.findings]).toEqual([[], 'asked Slack', []]);
});

it('gives up waiting after a minute, and checks with the list that is there', async () => {
  const { deps, kept } = aCheck({ refreshed: { after: 31, list: [] } });
  let slept = 0;

  await checkWeekly(monday, {
    ...deps,
    sleep: async (ms) => {
      slept += ms;
    },
  });

  expect(slept).toBe(60_000);
  expect(kept()?.notLookedAt).toEqual([expect.stringContaining('Slack’s list is of 2026-11-29')]);
});

it('asks Slack nothing where there is none', async () => {
  const { deps, did, kept } = aCheck({ hasSlack: false });

  await checkWeekly(monday, deps);

  expect(did).not.toContain('asked Slack');
  expect(kept()?.findings.map(({ kind }) => kind)).toContain('slack-not-deployed');
});

it('mails operators by address and by role, and nobody who may not sign in or gets no mail', async () => {
  const people = [
    aPerson('olga'),
    aPerson('role', { role: 'sre' }),
    aPerson('other', { role: 'dev' }),
    aPerson('gone', { role: 'SRE', suspended: { at: '2026-11-01T00:00:00Z' } }),
    aPerson('turned', { role: 'SRE', suppressed: { reason: 'complaint', at: '2026-11-01T00:00:00Z' } }),
    aPerson('new', { role: 'SRE', unconfirmed: { at: '2026-11-01T00:00:00Z' } }),
  ];
  const { deps, mails } = aCheck({ people, operators: { people: ['olga@example.com', 'turned@example.com'], roles: ['SRE'] } });

  await checkWeekly(monday, deps);

  expect(mails.toSorted()).toEqual([forWeek(sidOf('olga@example.com')), forWeek(sidOf('role@example.com'))].toSorted());
});

it('stops reading people when nothing more can be learnt, and after twenty thousand', async () => {
  const many = Array.from({ length: 21_001 }, (_, n) => aProfile({ sid: aSid(n) }));
  const early = aCheck({ people: [aPerson('olga'), ...many] });
  const late = aCheck({ people: [...many, aPerson('olga')] });

  await findDrift(early.deps);
  await findDrift(late.deps);

  expect(early.did.filter((one) => one.startsWith('read'))).toEqual(['read people from 0']);
  expect(late.did.filter((one) => one.startsWith('read'))).toHaveLength(20);
  expect(late.kept()?.notLookedAt).toContain('Streams without readers: only 20000 people were read.');
});

it('counts who is in which team, without who is suspended', async () => {
  const suspended = { at: '2026-11-02T00:00:00Z' } as unknown as NonNullable<Profile['suspended']>;
  const { deps, sizes } = aCheck({
    people: [
      aPerson('olga', { team: 'Payments' }),
      aPerson('ada', { team: 'payments ' }),
      aPerson('ben', { team: 'Payments', suspended }),
      aPerson('cem', { team: 'Storefront' }),
    ],
  });

  await checkWeekly(monday, deps);

  expect(sizes()).toEqual({
    at: '2026-11-30T07:00:00Z',
    staff: 3,
    teams: [
      { team: 'team:payments', name: 'Payments', size: 2 },
      { team: 'team:storefront', name: 'Storefront', size: 1 },
    ],
  });
});

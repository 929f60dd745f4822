import { describe, expect, it } from 'vitest';
import type { Edition } from '../../../core/edition/edition.ts';
import { dueBetween } from '../../../core/restore/due-between.ts';
import { mayHaveLeft } from '../../../core/restore/may-have-left.ts';
import { CannotSettle, type SettleDeps, type SettleWish, settleCopy } from '../../../core/restore/settle-copy.ts';
import { Refused } from '../../../core/shared/errors.ts';
import { forEveryLane } from '../../../core/stream/stream.ts';
import { anEdition } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';

const distribution = aDistribution({
  streams: {
    // Nine o'clock in Berlin is 08:00Z in November.
    'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' }, subscribe: [] },
    'leadership-brief': { schedule: { every: 'month', on: 1, at: '08:00' }, subscribe: [] },
  },
});
const at = (text: string) => new Date(text);
const wish: SettleWish = { since: at('2026-11-23T07:30:00Z'), until: at('2026-11-23T11:00:00Z'), keep: [] };
const held = { paused: { at: '2026-11-23T11:00:00Z', by: 'the restore of the table' } };
const w47 = 'engineering-digest_2026-W47';

/** Editions in memory; what is asked for is composed at once, unless nothing composes. */
function aRestore(change: Partial<SettleDeps> = {}, composes = true) {
  const editions = new Map<string, Edition>();
  const acts: string[] = [];
  const put = (edition: Partial<Edition>) => {
    const whole = anEdition(edition);
    editions.set(whole.id, whole);
  };
  const deps: SettleDeps = {
    distribution: async () => distribution,
    lanes: async () => forEveryLane(() => held),
    knowsPeople: async () => true,
    registry: { slots: async () => [] },
    editions: {
      read: async (id) => editions.get(id),
      listOpenIds: async () => [...editions.values()].filter(({ completedAt }) => !completedAt).map(({ id }) => id),
    },
    owed: async () => 0,
    ask: async ({ edition, at: due }) => {
      acts.push(`ask ${edition}`);
      if (composes) put({ id: edition, scheduledFor: due.toISOString() });
    },
    recall: async (id) => {
      acts.push(`recall ${id}`);
      put({ ...editions.get(id), recalled: true });
    },
    endCopy: async () => void acts.push('end'),
    untilListed: async () => {},
    now: () => at('2026-11-23T12:00:00Z'),
    ...change,
  };
  return { deps, acts, put };
}

describe('settling a restored table', () => {
  it('composes what was due, recalls what somebody may have got, and only then lets mail leave', async () => {
    const { deps, acts, put } = aRestore();
    put({ id: 'sev1-alerts_pm_r1', stream: 'sev1-alerts', scheduledFor: '2026-11-23T11:50:00Z' });
    put({ id: 'engineering-digest_2026-W46', scheduledFor: '2026-11-16T08:00:00Z', completedAt: '2026-11-16T08:10:00Z' });

    expect(await settleCopy('look', wish, deps)).toMatchObject({ composing: [w47], isSettled: false });
    expect(await settleCopy('look', wish, deps)).toEqual({
      composing: [],
      owed: 0,
      recalled: ['sev1-alerts_pm_r1', w47],
      kept: [],
      isSettled: false,
    });
    expect(acts).toEqual([`ask ${w47}`]);

    expect(await settleCopy('act', wish, deps)).toMatchObject({ recalled: ['sev1-alerts_pm_r1', w47], isSettled: true });
    expect(acts).toEqual([`ask ${w47}`, 'recall sev1-alerts_pm_r1', `recall ${w47}`, 'end']);
  });

  it('lets no mail leave while something is still being composed or owed', async () => {
    const late = aRestore({}, false);
    expect(await settleCopy('act', wish, late.deps)).toMatchObject({ composing: [w47], isSettled: false });
    const owing = aRestore({ owed: async () => 2 });
    await settleCopy('look', wish, owing.deps);
    expect(await settleCopy('act', wish, owing.deps)).toMatchObject({ owed: 2, isSettled: false });
    expect([...late.acts, ...owing.acts]).toEqual([`ask ${w47}`, `ask ${w47}`]);
  });

  it('recalls what shows in the list only after the first was recalled', async () => {
    let isListed = false;
    const world = aRestore({
      untilListed: async () => {
        isListed = true;
      },
    });
    const { listOpenIds } = world.deps.editions;
    const editions = {
      ...world.deps.editions,
      listOpenIds: async () => (await listOpenIds()).filter((id) => isListed || !id.startsWith('sev1')),
    };
    world.put({ id: w47, scheduledFor: '2026-11-23T08:00:00Z' });
    world.put({ id: 'sev1-alerts_pm_r1', stream: 'sev1-alerts' });
    await settleCopy('act', wish, { ...world.deps, editions });
    expect(world.acts).toEqual([`recall ${w47}`, 'recall sev1-alerts_pm_r1', 'end']);
  });

  it('keeps what an operator names, and what is due after the old table had sent its last mail', async () => {
    const { deps, acts, put } = aRestore();
    put({ id: w47, scheduledFor: '2026-11-23T08:00:00Z' });
    put({ id: 'sev1-alerts_new_r1', stream: 'sev1-alerts' });
    put({ id: 'service_confirm_a_1', stream: 'service', scheduledFor: '2026-11-23T11:30:00Z' });
    const keep = ['sev1-alerts_new_r1'];
    expect(await settleCopy('act', { ...wish, keep }, deps)).toMatchObject({ recalled: [w47], kept: [...keep, 'service_confirm_a_1'] });
    expect(acts).toEqual([`recall ${w47}`, 'end']);
  });

  it('neither recalls nor promises to send what was superseded', async () => {
    const { deps, put } = aRestore();
    put({ id: w47, scheduledFor: '2026-11-23T08:00:00Z' });
    put({ id: 'sev1-alerts_pm_r1', stream: 'sev1-alerts', superseded: { by: 'sev1-alerts_pm_r2', wasPaused: false } });
    expect(await settleCopy('act', wish, deps)).toMatchObject({ recalled: [w47], kept: [] });
  });

  it('twice is once', async () => {
    const { deps, acts } = aRestore();
    await settleCopy('look', wish, deps);
    await settleCopy('act', wish, deps);
    expect(await settleCopy('act', wish, deps)).toMatchObject({ recalled: [], isSettled: true });
    expect(acts.filter((act) => act.startsWith('recall'))).toHaveLength(1);
  });

  it('refuses while mail may leave, with a foreign secret, and with times that cannot be', async () => {
    const refusal = (change: Partial<SettleDeps>, times: Partial<SettleWish> = {}) =>
      settleCopy('act', { ...wish, ...times }, aRestore(change).deps);
    await expect(refusal({ lanes: async () => ({ ...forEveryLane(() => held), prompt: {} }) })).rejects.toThrow(CannotSettle);
    await expect(refusal({ knowsPeople: async () => false })).rejects.toThrow(/identity secret/);
    for (const times of [
      { since: at('2026-11-23T11:00:01Z') },
      { until: at('2026-11-23T12:00:01Z') },
      { since: at('2026-10-01T00:00:00Z') },
      { keep: ['engineering-digest_2026-W99'] },
    ])
      await expect(refusal({}, times)).rejects.toThrow(Refused);
  });
});

describe('what was due', () => {
  it('is told for each schedule, both ends included, and of a month where readers have it monthly', () => {
    const ids = (since: string, until: string, isMonthly = false) =>
      dueBetween(distribution, at(since), at(until), (_, frequency) => isMonthly || frequency === 'weekly').map(({ edition }) => edition);
    expect(ids('2026-11-16T08:00:00Z', '2026-11-23T08:00:00Z')).toEqual([w47, 'engineering-digest_2026-W46']);
    expect(ids('2026-11-16T08:00:01Z', '2026-11-23T07:59:59Z')).toEqual([]);
    expect(ids('2026-10-31T00:00:00Z', '2026-11-01T12:00:00Z')).toEqual(['leadership-brief_2026-10']);
    expect(ids('2026-10-31T00:00:00Z', '2026-11-01T12:00:00Z', true)).toEqual(['leadership-brief_2026-10', 'engineering-digest_2026-10']);
  });
});

it('what was due at a time that the clocks left out is told as well', () => {
  const atNight = aDistribution({
    streams: { 'engineering-digest': { schedule: { every: 'week', on: 'sunday', at: '02:30' }, subscribe: [] } },
  });
  // Berlin goes from two to three o'clock on 28 March 2027.
  const due = dueBetween(atNight, at('2027-03-27T12:00:00Z'), at('2027-03-28T12:00:00Z'), (_, frequency) => frequency === 'weekly');
  expect(due.map(({ edition }) => edition)).toEqual(['engineering-digest_2027-W11']);
});

describe('an edition that somebody may have got', () => {
  const until = at('2026-11-25T12:00:00Z');
  const slots = ['default', 'w5-0900-Europe--Berlin'];
  const waves = { default: '2026-11-23T08:00:00Z', 'w5-0900-Europe--Berlin': '2026-11-27T08:00:00Z' };
  const tally = { version: 1, counts: { accepted: 3 } };
  it.each([
    ['was due before and is not counted', { scheduledFor: '2026-11-25T12:00:00Z' }, true],
    ['is due afterwards', { scheduledFor: '2026-11-25T12:00:01Z' }, false],
    ['has a wave of before that is not counted', { slots, waves }, true],
    ['has only waves to come', { slots, waves, tallies: { default: tally } }, false],
    ['is an alert, whenever it was composed', { stream: 'sev1-alerts', scheduledFor: '2026-11-26T08:00:00Z' }, true],
    ['is a postmortem as it is published', { id: 'engineering-digest_pm-1_r1', scheduledFor: '2026-11-26T08:00:00Z' }, true],
    ['was recalled before', { recalled: true }, false],
    ['was superseded before', { superseded: { by: 'sev1-alerts_pm-1_r2', wasPaused: false } }, false],
    ['is complete', { completedAt: '2026-11-23T09:00:00Z' }, false],
  ] as const)('%s', (_, change, expected) => {
    expect(mayHaveLeft(anEdition(change as Partial<Edition>), until)).toBe(expected);
  });
});

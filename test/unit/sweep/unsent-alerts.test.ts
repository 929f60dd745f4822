import { describe, expect, it } from 'vitest';
import { parseDistribution } from '../../../core/distribution/parse-distribution.ts';
import type { Edition } from '../../../core/edition/edition.ts';
import type { Postmortem } from '../../../core/postmortem/postmortem.ts';
import type { ListedPostmortem, StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { type UnsentDeps, unsentAlerts } from '../../../core/sweep/unsent-alerts.ts';
import { anEdition, aProfile, aSid } from '../../support/delivery.ts';
import { aWorld } from '../../support/delivery-fixture.ts';
import { distributionYaml } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const read = parseDistribution(distributionYaml);
const distribution = 'distribution' in read ? read.distribution : expect.unreachable();
const now = new Date('2026-11-23T12:00:00Z');
const minutesAgo = (n: number) => new Date(now.getTime() - n * 60_000).toISOString();

const aSev1 = (change: Partial<ListedPostmortem> = {}): ListedPostmortem => ({
  id: 'checkout',
  revision: 1,
  title: 'Checkout was down',
  severity: 'sev1',
  status: 'published',
  restricted: false,
  publishedAt: minutesAgo(60),
  updatedAt: minutesAgo(6),
  ...change,
});
const alert = (change: Partial<Edition>) => anEdition({ id: 'sev1-alerts_checkout_r1', stream: 'sev1-alerts', ...change });
const noRows = { read: async () => undefined };
const unsent = (
  listed: ListedPostmortem[],
  edition?: Edition,
  appliedAt = '2026-11-01T00:00:00Z',
  ranges: UnsentDeps['ranges'] = noRows,
  stored?: StoredPostmortem,
) =>
  unsentAlerts(
    { distribution, appliedAt },
    { changedSince: async () => listed, postmortem: async () => stored, edition: async () => edition, ranges, now: () => now },
  );

describe('an alert of which no mail was accepted', () => {
  it('is named once five minutes have passed and nobody composed it', async () => {
    expect(await unsent([aSev1()])).toEqual([
      { postmortem: 'checkout', edition: 'sev1-alerts_checkout_r1', since: minutesAgo(6), why: 'no edition' },
    ]);
    expect(await unsent([aSev1({ updatedAt: minutesAgo(4) })])).toEqual([]);
  });

  it.each<[string, Partial<Edition>]>([
    ['is not finished', {}],
    ['was refused for everybody', { completedAt: minutesAgo(1), tallies: { default: { version: 1, counts: { 'refused: X': 2 } } } }],
    ['had nobody to go to', { completedAt: minutesAgo(1), tallies: { default: { version: 1, counts: {} } } }],
  ])('is named where its edition %s', async (_what, change) => {
    expect(await unsent([aSev1()], alert(change))).toMatchObject([{ why: 'nobody' }]);
  });

  it.each<[string, Partial<Edition>]>([
    ['somebody has it', { tallies: { default: { version: 1, counts: { accepted: 1 } } } }],
    ['it is paused by hand', { paused: true }],
    ['it was recalled', { recalled: true }],
  ])('is not named where %s', async (_what, change) => {
    expect(await unsent([aSev1()], alert(change))).toEqual([]);
  });

  it('is named where some were skipped because it was withheld then', async () => {
    const counts = { accepted: 6, 'skipped: withheld': 3 };
    expect(await unsent([aSev1()], alert({ tallies: { default: { version: 1, counts } } }))).toMatchObject([{ why: 'some skipped' }]);
  });

  it('is judged by its last telling', async () => {
    const telling = (n: number, counts: Record<string, number>) =>
      alert({ id: `sev1-alerts_checkout_r${n}`, tallies: { default: { version: 1, counts } } });
    const tellings = [telling(1, { 'skipped: withheld': 9 }), telling(2, { accepted: 9 })];
    const found = await unsentAlerts(
      { distribution, appliedAt: '2026-11-01T00:00:00Z' },
      {
        changedSince: async () => [aSev1()],
        postmortem: async () => undefined,
        edition: async (id) => tellings.find((one) => one.id === id),
        ranges: noRows,
        now: () => now,
      },
    );
    expect(found).toEqual([]);
  });

  describe('and has had updates', () => {
    /** The mails in their order: how many minutes old, and how many were accepted. */
    const sent = (mails: readonly [age: number, accepted: number][], change: Partial<ListedPostmortem> = {}) => {
      const editions = mails.map(([age, accepted], i) =>
        alert({
          id: `sev1-alerts_checkout_r${i + 1}`,
          composedAt: minutesAgo(age),
          tallies: { default: { version: 1, counts: accepted > 0 ? { accepted } : {} } },
        }),
      );
      return unsentAlerts(
        { distribution, appliedAt: '2026-11-01T00:00:00Z' },
        {
          changedSince: async () => [aSev1(change)],
          postmortem: async () => undefined,
          edition: async (id) => editions.find((one) => one.id === id),
          ranges: noRows,
          now: () => now,
        },
      );
    };

    it('is named by the last of them, five minutes after it was made', async () => {
      expect(
        await sent([
          [30, 9],
          [6, 0],
        ]),
      ).toMatchObject([{ edition: 'sev1-alerts_checkout_r2', why: 'nobody' }]);
      expect(
        await sent([
          [30, 9],
          [4, 0],
        ]),
      ).toEqual([]);
    });

    it('is named at once where none of them had anybody', async () => {
      expect(
        await sent([
          [30, 0],
          [4, 0],
        ]),
      ).toMatchObject([{ why: 'nobody' }]);
    });

    it.each<[string, Partial<ListedPostmortem>]>([
      ['was taken back', { status: 'retracted' }],
      ['is less severe now', { severity: 'sev3' }],
    ])('is named where it %s and nobody hears of that', async (_what, change) => {
      expect(
        await sent(
          [
            [30, 9],
            [6, 0],
          ],
          change,
        ),
      ).toMatchObject([{ edition: 'sev1-alerts_checkout_r2', why: 'nobody' }]);
      expect(
        await sent(
          [
            [30, 9],
            [6, 9],
          ],
          change,
        ),
      ).toEqual([]);
    });
  });

  it.each<[string, Partial<ListedPostmortem>]>([
    ['is less severe', { severity: 'sev2' }],
    ['is restricted', { restricted: true }],
    ['is a draft', { status: 'draft' }],
    ['was published long ago', { publishedAt: '2026-09-01T00:00:00Z' }],
    ['changed more than a day ago', { updatedAt: minutesAgo(25 * 60) }],
  ])('is not expected of a postmortem that %s', async (_what, change) => {
    expect(await unsent([aSev1(change)])).toEqual([]);
  });

  it.each<[string, Partial<Postmortem>, StoredPostmortem['publication'], boolean]>([
    ['nothing says that it is new', {}, 'assumed', false],
    ['it is old', { startedAt: '2026-01-14', resolvedAt: '2026-01-19' }, 'assumed', false],
    ['it came as history', { startedAt: '2026-11-22' }, 'history', false],
    ['its incident is recent', { startedAt: '2026-11-22' }, 'assumed', true],
    ['its producer said so', {}, 'given', true],
    ['its row is of an earlier release', {}, undefined, true],
  ])('is expected or not where %s', async (_what, fields, publication, isExpected) => {
    const { id, revision, updatedAt, publishedAt } = aSev1();
    const postmortem = aPostmortem({ id, publishedAt, ...fields });
    const stored: StoredPostmortem = { postmortem, publication, revision, updatedAt, hash: '', owed: [], editions: [], namedIn: [] };
    expect(await unsent([aSev1()], undefined, undefined, undefined, stored)).toHaveLength(isExpected ? 1 : 0);
  });

  it('is not expected of what came before the file that asks for alerts', async () => {
    expect(await unsent([aSev1()], undefined, minutesAgo(3))).toEqual([]);
  });
});

describe('an alert whose tally is still to come', () => {
  const onAlerts = { 'sev1-alerts': { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] } };
  const sids = Array.from({ length: 300 }, (_, n) => aSid(n));
  const sentTo = async (isInDoubt: (sid: string) => boolean, readers = sids) => {
    const people = new Map(readers.map((sid) => [sid, aProfile({ sid, streams: onAlerts })]));
    const answer = (sid: string) => (isInDoubt(sid) ? ({ kind: 'in doubt', code: 'TimeoutError' } as const) : undefined);
    const world = aWorld(0, { edition: alert({}), people, answer });
    // However many are in doubt, the lane stays open.
    Object.assign(world.deps, { outages: { after: () => undefined } });
    await world.deliver();
    await world.drain();
    expect(world.rootTally).toBeUndefined();
    return unsent([aSev1()], world.edition, undefined, world.ledger);
  };

  it('is not named where all but one have it and one doubt settles', async () => {
    expect(await sentTo((sid) => sid === aSid(0))).toEqual([]);
    expect(await sentTo((sid) => sid === aSid(0), sids.slice(0, 20))).toEqual([]);
  });

  it('is not named where only one has it', async () => {
    expect(await sentTo((sid) => sid !== aSid(0))).toEqual([]);
  });

  it('is named where everybody is in doubt', async () => {
    expect(await sentTo(() => true)).toMatchObject([{ why: 'nobody' }]);
  });
});

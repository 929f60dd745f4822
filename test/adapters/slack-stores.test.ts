import { describe, expect, it } from 'vitest';
import { dynamoPostLinks } from '../../adapters/dynamodb/post-links.ts';
import { dynamoSlackPosts, dynamoWantedPosts, UnknownPost } from '../../adapters/dynamodb/slack-post-store.ts';
import { dynamoChannelList, dynamoSlackPace } from '../../adapters/dynamodb/slack-workspace.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import {
  openPartition,
  postLinkKey,
  slackChannelsKey,
  slackPaceKey,
  slackPostKey,
  wantedPostKey,
} from '../../adapters/dynamodb/table-shape.ts';
import { bookedWithinMs } from '../../core/slack/ports.ts';
import type { SlackPost, SlackPostRow, WantedPost } from '../../core/slack/slack-post.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const now = () => new Date('2026-11-17T14:31:00Z');
const since = '2026-11-17T14:30:00Z';
const posted: SlackPost = {
  state: 'posted',
  ts: '1763389860.000100',
  shown: { revision: 2, view: 'full', hash: 'h' },
};
const states: readonly SlackPost[] = [
  { state: 'posting', owner: 'o', leaseEndsAt: '2026-11-17T14:31:30Z', since, attempt: 1 },
  { state: 'doubtful', since, attempt: 2, looks: 2, lookAt: '2026-11-17T14:41:00Z', unreadableSince: since },
  { state: 'absent', since, doubts: 1 },
  { ...posted, twice: { since, lookAt: since }, refused: { code: 'edit_window_closed', hash: 'h', since } },
  posted,
  { ...posted, lease: { owner: 'o', endsAt: '2026-11-17T14:31:30Z' } },
  { state: 'refused', code: 'is_archived', hash: 'h', since },
  { state: 'lost', since },
  { state: 'unconfirmed', since },
];
const aRow = (post: SlackPost = posted, more: Partial<SlackPostRow> = {}): SlackPostRow => ({
  postmortem: 'checkout',
  channel: 'C0123456789',
  audience: 'engineering',
  key: 'k',
  link: 'secret',
  post,
  version: 1,
  ...more,
});

onEachEngine("Slack's rows on %s", (freshTable) => {
  describe('a post', () => {
    it('is read in each state as it was stored, and is made once', async () => {
      const posts = dynamoSlackPosts(await freshTable());
      for (const [n, post] of states.entries()) {
        const row = aRow(post, { channel: `C000000000${n}` });
        expect(await posts.create(row)).toBe(true);
        expect(await posts.create(aRow(posted, { channel: row.channel, key: 'another' }))).toBe(false);
        expect(await posts.read('checkout', row.channel)).toEqual(row);
      }
      expect(await posts.list('checkout')).toHaveLength(states.length);
      expect(await posts.read('checkout', 'C9999999999')).toBeUndefined();
      expect(await posts.list('cart')).toEqual([]);
    });

    it('is replaced by the first of two who read the same, and keeps what a later release put beside it', async () => {
      const table = await freshTable();
      const posts = dynamoSlackPosts(table);
      await table.put({ ...slackPostKey('checkout', 'C0123456789'), ...aRow(), thread: 'later' });

      const { link: _, ...revoked } = aRow({ state: 'lost', since });
      expect(await posts.replace(revoked)).toBe(true);
      expect(await posts.replace(aRow())).toBe(false);
      expect(await posts.replace(aRow(posted, { channel: 'C9999999999' }))).toBe(false);
      expect(await posts.read('checkout', 'C0123456789')).toEqual({ ...revoked, version: 2 });
      expect(await table.read(slackPostKey('checkout', 'C0123456789'))).toMatchObject({ thread: 'later' });
    });

    it('is listed, the oldest first, while it is neither posted nor on its way', async () => {
      const table = await freshTable();
      const posts = dynamoSlackPosts(table);
      const older = { state: 'unconfirmed', since: '2026-11-16T09:00:00Z' } as const;
      for (const [n, post] of [...states, older].entries()) await posts.create(aRow(post, { channel: `C000000000${n}` }));
      const listed = async (limit = 10) => (await posts.unsettled(limit)).map(({ post }) => post.state);

      expect((await listed()).at(0)).toBe('unconfirmed');
      expect((await listed()).toSorted()).toEqual(['doubtful', 'lost', 'posted', 'refused', 'unconfirmed', 'unconfirmed']);
      expect(await listed(1)).toEqual(['unconfirmed']);
      const [first] = await posts.unsettled(1);
      await posts.replace({ ...aRow(), ...first, post: posted });
      expect(await listed()).toHaveLength(5);
      expect((await table.query(openPartition('post'), { index: true })).items).toHaveLength(5);
    });

    it('of which the text has to go is listed first, whenever that began, until it is gone', async () => {
      const posts = dynamoSlackPosts(await freshTable());
      const old: SlackPost = { ...posted, hidesSince: '2026-01-01T09:00:00Z' };
      await posts.create(aRow({ state: 'unconfirmed', since }, { channel: 'C0000000001' }));
      await posts.create(aRow({ state: 'unconfirmed', since: '2025-12-31T09:00:00Z' }, { channel: 'C0000000002' }));
      await posts.create(aRow(old));
      const listed = async (...bounds: [number, string?]) => (await posts.unsettled(...bounds)).map(({ channel }) => channel);

      expect(await listed(10, since)).toEqual(['C0123456789', 'C0000000001']);
      expect(await listed(1, since)).toEqual(['C0123456789']);
      expect(await listed(10)).toEqual(['C0123456789', 'C0000000002', 'C0000000001']);
      expect((await posts.read('checkout', 'C0123456789'))?.post).toEqual(old);
      await posts.replace(aRow());
      expect(await listed(10, since)).toEqual(['C0000000001']);
    });

    it('of a later release is not worked, and is listed as one that nobody can confirm', async () => {
      const table = await freshTable();
      const posts = dynamoSlackPosts(table);
      const later = { ...slackPostKey('checkout', 'C0123456789'), ...aRow(), audience: 'board', post: { state: 'scheduled', at: since } };
      await table.put(later);
      await table.put({ ...wantedPostKey('checkout'), postmortem: 'checkout' });

      await expect(posts.read('checkout', 'C0123456789')).rejects.toThrow(UnknownPost);
      expect(await posts.list('checkout')).toMatchObject([{ channel: 'C0123456789', post: { state: 'unconfirmed' } }]);
    });
  });

  describe('what Slack should show', () => {
    const wanted: WantedPost = {
      postmortem: 'checkout',
      revision: 3,
      updatedAt: since,
      standing: 'told',
      told: { severity: 'sev2', services: ['cart'], team: 'payments', newsDate: '2026-11-17' },
    };

    it('is what the highest revision wrote', async () => {
      const store = dynamoWantedPosts(await freshTable());
      expect(await store.read('checkout')).toBeUndefined();
      await store.put(wanted);
      await store.put({ ...wanted, revision: 2, standing: 'hidden', told: undefined });
      expect(await store.read('checkout')).toEqual(wanted);
      await store.put({ postmortem: 'checkout', revision: 4, updatedAt: since, standing: 'hidden' });
      expect(await store.read('checkout')).toEqual({ postmortem: 'checkout', revision: 4, updatedAt: since, standing: 'hidden' });
    });

    it('is nothing where a later release says what this one does not know', async () => {
      const table = await freshTable();
      const store = dynamoWantedPosts(table);
      await table.put({ ...wantedPostKey('checkout'), ...wanted, standing: 'anonymised', more: 1 });
      await table.put({ ...wantedPostKey('cart'), ...wanted, postmortem: 'cart', told: { ...wanted.told, severity: 'sev9', more: 1 } });

      expect(await store.read('checkout')).toMatchObject({ standing: 'hidden' });
      expect(await store.read('cart')).toMatchObject({ standing: 'told', told: { ...wanted.told, severity: 'unclassified' } });
    });
  });

  describe('a link', () => {
    const link = { postmortem: 'checkout', audience: 'engineering', channel: 'C0123456789', expiresAt: '2027-12-22T14:31:00Z' } as const;

    it('opens until it ends', async () => {
      const table = await freshTable();
      await dynamoPostLinks(table, now).put('abc', link);
      await dynamoPostLinks(table, now).put('abc', { ...link, channel: 'C9999999999' });
      await dynamoPostLinks(table, now).put('abe', { ...link, channelName: 'incident-pms' });

      expect(await dynamoPostLinks(table, now).read('abc')).toEqual(link);
      expect(await dynamoPostLinks(table, now).read('abd')).toBeUndefined();
      expect(await dynamoPostLinks(table, now).read('abe')).toEqual({ ...link, channelName: 'incident-pms' });
      expect(await dynamoPostLinks(table, () => new Date(link.expiresAt)).read('abc')).toBeUndefined();
      expect(await table.read(postLinkKey('abc'))).toMatchObject({ expiresAt: Date.parse(link.expiresAt) / 1000 });
    });

    it('stays revoked, also for a worker that puts it late', async () => {
      const links = dynamoPostLinks(await freshTable(), now);
      await links.put('abc', link);
      for (const hash of ['abc', 'abd', 'abc']) await links.revoke(hash);
      for (const hash of ['abc', 'abd']) await links.put(hash, link);

      expect([await links.read('abc'), await links.read('abd')]).toEqual([undefined, undefined]);
    });

    it('of an audience of a later release opens nothing', async () => {
      const table = await freshTable();
      await table.put({ ...postLinkKey('abc'), ...link, audience: 'board', expiresOn: link.expiresAt, expiresAt: 1 });
      expect(await dynamoPostLinks(table, now).read('abc')).toBeUndefined();
    });
  });

  it('keeps a thousand channels, and leaves out one that it cannot read', async () => {
    const table = await freshTable();
    const channels = Array.from({ length: 1000 }, (_, n) => ({
      id: `C${String(n).padStart(10, '0')}`,
      name: `team-${n}-${'x'.repeat(60)}`,
      isMember: n % 2 === 0,
      isArchived: false,
      isShared: false,
      isPrivate: true,
      ...(n > 0 && { members: n }),
    }));
    const store = dynamoChannelList(table);
    expect(await store.read()).toBeUndefined();
    await store.put({ at: since, channels });
    expect(await store.read()).toEqual({ at: since, channels });

    const { channels: packed } = (await table.read(slackChannelsKey)) ?? {};
    expect(packed).toBeInstanceOf(Uint8Array);
    await store.put({ at: since, channels: [JSON.parse('{"id":"C1"}'), ...channels.slice(0, 1)] });
    expect((await store.read())?.channels).toEqual(channels.slice(0, 1));
  });

  describe('the pace', () => {
    const atClock = async (table?: Table) => {
      const clock = { at: now().getTime() };
      const under = table ?? (await freshTable());
      return { clock, table: under, pace: dynamoSlackPace(under, () => new Date(clock.at)) };
    };

    it('gives each channel a place a second, and tells those without one to come a second apart', async () => {
      const { pace, clock } = await atClock();
      const waits: number[] = [];
      for (let n = 0; n < 7; n += 1) waits.push(await pace.book('C1'));

      expect(waits.slice(0, 4)).toEqual([0, 1000, 2000, bookedWithinMs]);
      expect(waits.slice(4).map((wait) => wait > bookedWithinMs)).toEqual([true, true, true]);
      expect(waits.slice(4).map((wait) => wait - (waits[4] ?? 0))).toEqual([0, 1000, 2000]);
      expect(await pace.book('C2')).toBe(0);
      // Who comes when they were told finds a place within reach.
      clock.at += waits[4] ?? 0;
      expect(await pace.book('C1')).toBe(0);
      clock.at += 60_000;
      expect(await pace.book('C1')).toBe(0);
    });

    it('gives two who ask at once two places', async () => {
      const { pace } = await atClock();
      expect((await Promise.all([pace.book('C1'), pace.book('C1'), pace.book('C1')])).toSorted((a, b) => a - b)).toEqual([0, 1000, 2000]);
    });

    it('holds one channel, or all, and a later hold that stands stays', async () => {
      const { pace, clock } = await atClock();
      await pace.holdUntil('2026-11-17T14:31:20.500Z', 'ratelimited', 'C1');
      await pace.holdUntil('2026-11-17T14:31:10Z', 'ratelimited', 'C1');
      expect(await pace.book('C1')).toBe(20_500);
      expect(await pace.book('C1')).toBe(21_500);
      expect(await pace.book('C2')).toBe(0);
      expect(await pace.heldUntil()).toBeUndefined();

      await pace.holdUntil('2026-11-17T14:41:00Z', 'token_revoked');
      await pace.holdUntil('2026-11-17T14:40:00.500Z', 'ratelimited');
      expect(await pace.heldUntil()).toEqual({ until: '2026-11-17T14:41:00Z', why: 'token_revoked' });
      clock.at += 600_000;
      expect(await pace.heldUntil()).toBeUndefined();
      expect(await pace.book('C1')).toBe(0);
    });

    it('holds nothing for more than an hour, whatever Slack or a clock says', async () => {
      const { pace, clock, table } = await atClock();
      await pace.holdUntil('2099-01-01T00:00:00Z', 'ratelimited');
      expect(await pace.heldUntil()).toEqual({ until: '2026-11-17T15:31:00Z', why: 'ratelimited' });

      await table.put({ ...slackPaceKey('C1'), next: Date.parse('2099-01-01T00:00:00Z') });
      clock.at += 1000;
      expect(await pace.book('C1')).toBe(0);
    });
  });
});

import * as z from 'zod';
import { Instant, toInstant } from '../../core/shared/instant.ts';
import { bookedWithinMs, type ChannelList, type SlackPace } from '../../core/slack/ports.ts';
import type { SlackChannel } from '../../core/slack/slack-post.ts';
import { pack, unpack } from './packed.ts';
import type { Condition, Table } from './table.ts';
import { expiryAttribute, slackBrakeKey, slackChannelsKey, slackPaceKey } from './table-shape.ts';

const Channel = z.object({
  id: z.string(),
  name: z.string(),
  isMember: z.boolean(),
  isArchived: z.boolean(),
  isShared: z.boolean(),
  isPrivate: z.boolean(),
  members: z.number().optional(),
}) satisfies z.ZodType<SlackChannel>;
const Channels = z.array(z.unknown());

/** What the workspace's channels were when somebody last looked. A thousand are 150 KB unpacked. */
export const dynamoChannelList = (table: Table): ChannelList => ({
  async read() {
    const item = await table.read(slackChannelsKey);
    if (!item) return undefined;
    const channels = Channels.parse(await unpack(item.channels));
    return { at: Instant.parse(item.at), channels: channels.flatMap((one) => Channel.safeParse(one).data ?? []) };
  },
  async put({ at, channels }) {
    await table.put({ ...slackChannelsKey, at, channels: await pack(channels) });
  },
});

/** Between two calls in one channel: one a second, with bursts (docs.slack.dev, rate limits). */
const intervalMs = 1000;
/** Nobody is to be left alone for longer: a place further ahead was booked by a wrong clock. */
const longestHoldMs = 3_600_000;
const tries = 20;

const between = (attribute: string, from: number, to: number): Condition => ({
  expression: '#at BETWEEN :from AND :to',
  names: { '#at': attribute },
  values: { ':from': from, ':to': to },
});
const unchanged = (attribute: string, seen: number | undefined): Condition =>
  seen === undefined
    ? { expression: 'attribute_not_exists(#at)', names: { '#at': attribute } }
    : { expression: '#at = :seen', names: { '#at': attribute }, values: { ':seen': seen } };
const isEarlier = (attribute: string, than: unknown): Condition => ({
  expression: 'attribute_not_exists(#at) OR #at < :than',
  names: { '#at': attribute },
  values: { ':than': than },
});

/**
 * Each channel has an item with two instants in milliseconds: `next` is its next free place, and
 * `far` spreads those who found no place within reach, so that they do not all come again at once.
 */
export const dynamoSlackPace = (table: Table, now: () => Date): SlackPace => {
  /**
   * Adds a place to a line that stands within `from` and `to`, or begins it at `first` where it
   * stands elsewhere. Answers the place. Undefined if there is none up to `to`.
   */
  const take = async (channel: string, line: 'next' | 'far', first: number, to: number): Promise<number | undefined> => {
    const key = slackPaceKey(channel);
    const expiry = { [expiryAttribute]: Math.ceil((to + longestHoldMs) / 1000) };
    for (let i = 0; i < tries; i += 1) {
      const change = { add: { [line]: intervalMs }, set: expiry };
      const added = await table.update(key, change, between(line, first, to));
      if (added) return Number(added[line]) - intervalMs;
      const seen = (await table.read(key))?.[line];
      const at = seen === undefined ? undefined : Number(seen);
      if (at !== undefined && at > to && at < to + longestHoldMs) return undefined;
      if (at !== undefined && at >= first && at <= to) continue;
      if (await table.update(key, { set: { [line]: first + intervalMs, ...expiry } }, unchanged(line, at))) return first;
    }
    return undefined;
  };
  return {
    async book(channel) {
      const t = now().getTime();
      const place = await take(channel, 'next', t, t + bookedWithinMs);
      if (place !== undefined) return place - t;
      const next = Number((await table.read(slackPaceKey(channel)))?.next ?? t);
      const far = await take(channel, 'far', Math.max(next, t + bookedWithinMs + 1), t + longestHoldMs);
      return (far ?? t + longestHoldMs) - t;
    },
    async holdUntil(until, why, channel) {
      const longest = now().getTime() + longestHoldMs;
      const at = Math.min(Date.parse(until), longest);
      const expiry = { [expiryAttribute]: Math.ceil(longest / 1000) };
      if (channel !== undefined) {
        await table.update(slackPaceKey(channel), { set: { next: at, why, ...expiry } }, isEarlier('next', at));
        return;
      }
      await table.put({ ...slackBrakeKey, until: at, why, ...expiry }, isEarlier('until', at));
    },
    async heldUntil() {
      const { until, why } = (await table.read(slackBrakeKey)) ?? {};
      if (typeof until !== 'number' || until <= now().getTime()) return undefined;
      return { until: toInstant(new Date(until)), why: String(why) };
    },
  };
};

import * as z from 'zod';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { stored } from '../../core/postmortem/stored-postmortem.ts';
import { AfterwordError } from '../../core/shared/errors.ts';
import { Instant } from '../../core/shared/instant.ts';
import type { SlackPosts, WantedPosts } from '../../core/slack/ports.ts';
import { mustGo, postViews, type SlackPost, type SlackPostRow, type WantedPost, waitsSince } from '../../core/slack/slack-post.ts';
import { audiences } from '../../core/stream/audience.ts';
import type { Condition, Item, QueryOptions, Table } from './table.ts';
import { inOpen, openIndex, openPartition, slackPartition, slackPostKey, wantedPostKey } from './table-shape.ts';

const isNew: Condition = { expression: 'attribute_not_exists(pk)' };
const stillAt = (version: number): Condition => ({
  expression: '#version = :version',
  names: { '#version': 'version' },
  values: { ':version': version },
});
const notLaterThan = (revision: number): Condition => ({
  expression: 'attribute_not_exists(pk) OR #revision <= :revision',
  names: { '#revision': 'revision' },
  values: { ':revision': revision },
});

const attempt = z.union([z.literal(1), z.literal(2)]);
const Post = z.discriminatedUnion('state', [
  z.object({ state: z.literal('absent'), since: Instant, doubts: z.union([z.literal(0), z.literal(1)]) }),
  z.object({ state: z.literal('posting'), owner: z.string(), leaseEndsAt: Instant, since: Instant, attempt }),
  z.object({
    state: z.literal('doubtful'),
    since: Instant,
    attempt,
    looks: z.union([z.literal(0), z.literal(1), z.literal(2)]),
    lookAt: Instant,
    unreadableSince: Instant.optional(),
  }),
  z.object({
    state: z.literal('posted'),
    ts: z.string(),
    shown: z.object({ revision: z.int(), view: z.enum(postViews), hash: z.string() }),
    lease: z.object({ owner: z.string(), endsAt: Instant }).optional(),
    twice: z.object({ since: Instant, lookAt: Instant, other: z.string().optional() }).optional(),
    refused: z.object({ code: z.string(), hash: z.string(), since: Instant }).optional(),
    hidesSince: Instant.optional(),
  }),
  z.object({ state: z.literal('refused'), code: z.string(), hash: z.string(), since: Instant }),
  z.object({ state: z.literal('lost'), since: Instant }),
  z.object({ state: z.literal('unconfirmed'), since: Instant }),
]) satisfies z.ZodType<SlackPost>;

const Row = z.object({
  postmortem: PostmortemId,
  channel: z.string(),
  audience: z.enum(audiences),
  key: z.string(),
  link: z.string().optional(),
  linkAfter: Instant.optional(),
  asked: z.boolean().optional(),
  post: Post,
  version: z.int(),
}) satisfies z.ZodType<SlackPostRow>;

/**
 * A later release wrote this post, in a state that this one does not know. Its message waits among
 * the dead letters until that release is back.
 */
export class UnknownPost extends AfterwordError {
  override readonly name = 'UnknownPost';
  constructor(postmortem: string, channel: string) {
    super(`the post of ${postmortem} in ${channel} is in a state that this release does not know`);
  }
}

/** In a list, what a later release wrote counts as unconfirmed, because nobody here can tell. */
const Listed = Row.extend({
  audience: Row.shape.audience.catch('engineering'),
  key: Row.shape.key.catch(''),
  link: Row.shape.link.catch(undefined),
  linkAfter: Row.shape.linkAfter.catch(undefined),
  asked: Row.shape.asked.catch(undefined),
  post: Post.catch({ state: 'unconfirmed', since: '1970-01-01T00:00:00Z' }),
});

/** Stands before every instant. */
const urgent = '!';
/** Posts that wait for somebody are listed by when that began, those first that have to go. */
const placeOf = (row: SlackPostRow) => {
  const since = waitsSince(row);
  return since && inOpen('post', `${mustGo(row) ? urgent : ''}${since}`, `${row.postmortem}#${row.channel}`);
};

export const dynamoSlackPosts = (table: Table): SlackPosts => ({
  async read(postmortem, channel) {
    const item = await table.read(slackPostKey(postmortem, channel));
    if (!item) return undefined;
    const row = Row.safeParse(item);
    if (!row.success) throw new UnknownPost(postmortem, channel);
    return row.data;
  },
  async list(postmortem) {
    const rows: SlackPostRow[] = [];
    for await (const item of table.queryAll(slackPartition(postmortem), { consistent: true }))
      if (item.sk !== wantedPostKey(postmortem).sk) rows.push(...listed(item));
    return rows;
  },
  create: (row) => table.put({ ...slackPostKey(row.postmortem, row.channel), ...row, ...placeOf(row) }, isNew),
  async replace({ version, ...row }) {
    const { postmortem, channel, link, linkAfter, asked } = row;
    const place = placeOf({ ...row, version });
    // What a later release keeps beside these stays.
    const set = { audience: row.audience, key: row.key, link, linkAfter, asked, post: row.post, version: version + 1, ...place };
    const remove = [...(link === undefined ? ['link'] : []), ...(place ? [] : [openIndex.partition, openIndex.sort])];
    return (await table.update(slackPostKey(postmortem, channel), { set, remove }, stillAt(version))) !== undefined;
  },
  async unsettled(limit, since) {
    const listedFrom = (bounds: QueryOptions) => table.query(openPartition('post'), { index: true, limit, ...bounds });
    const pages = await Promise.all(since ? [listedFrom({ beginsWith: urgent }), listedFrom({ from: since })] : [listedFrom({})]);
    const keys = pages.flatMap(({ items }) => items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }))).slice(0, limit);
    const rows = await table.readMany(keys);
    const byKey = new Map(rows.map((item) => [`${item.pk} ${item.sk}`, item]));
    // The index lags: what was settled meanwhile is left out.
    return keys.flatMap(({ pk, sk }) => listed(byKey.get(`${pk} ${sk}`) ?? {})).filter((row) => placeOf(row) !== undefined);
  },
});

const listed = (item: Item): SlackPostRow[] => [Listed.safeParse(item).data ?? []].flat();

/**
 * A standing that this release does not know shows nothing. Without what may be told, no post
 * begins.
 */
const Wanted = z.object({
  postmortem: PostmortemId,
  revision: z.int(),
  updatedAt: Instant,
  standing: z.enum(['told', 'retracted', 'hidden']).catch('hidden'),
  told: z
    .object({
      severity: stored.severity,
      services: z.array(z.string()),
      team: z.string().optional(),
      newsDate: stored.moment,
    })
    .optional()
    .catch(undefined),
}) satisfies z.ZodType<WantedPost>;

export const dynamoWantedPosts = (table: Table): WantedPosts => ({
  async read(postmortem) {
    const item = await table.read(wantedPostKey(postmortem));
    return item && Wanted.parse(item);
  },
  async put(wanted) {
    await table.put({ ...wantedPostKey(wanted.postmortem), ...wanted }, notLaterThan(wanted.revision));
  },
});

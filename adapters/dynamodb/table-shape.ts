/**
 * Every key of the one table is built here and nowhere else. docs/data-model.md describes the same
 * keys with item shapes and access patterns. `lib` and `local` take the names of the table's keys
 * and of its index from here.
 */
import { createHash } from 'node:crypto';
import type { SessionKind } from '../../core/access/session.ts';
import type { Brake } from '../../core/directory/ports.ts';
import type { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { type Audience, audiences, widestAudience } from '../../core/stream/audience.ts';
import { type Lane, type Realm, type StreamName, streamsOf } from '../../core/stream/stream.ts';
import type { Slot, SubscriberId } from '../../core/subscriber/subscriber.ts';

export const tableKeys = { partition: 'pk', sort: 'sk' } as const;
export const expiryAttribute = 'expiresAt';
const ledgerSeconds = 400 * 24 * 3600;
/**
 * The expiry attribute of an item written now. Editions, their ranges and evidence expire after
 * thirteen months.
 */
export const expiryFrom = (now: Date) => ({ [expiryAttribute]: Math.floor(now.getTime() / 1000) + ledgerSeconds });
/** The one overloaded, sparse index. It projects only what a list needs. */
export const openIndex = {
  name: 'gsi1',
  partition: 'gsi1pk',
  sort: 'gsi1sk',
  projected: ['listed'],
} as const;

export interface Key {
  readonly pk: string;
  readonly sk: string;
}
/** Where an item is listed in the index. An item is in one list at a time. */
export interface IndexKey {
  readonly gsi1pk: string;
  readonly gsi1sk: string;
}

/** Nine digits, because revisions sort as text. */
const padded = (n: number) => String(n).padStart(9, '0');
const month = (instant: string) => instant.slice(0, 7);
/** The first hex digit of a sid: sixteen partitions for everything that is kept by person. */
const digit = (sid: SubscriberId) => sid.slice(0, 1);

export const postmortemKey = (id: PostmortemId): Key => ({ pk: `PM#${id}`, sk: 'CURRENT' });
export const revisionKey = (id: PostmortemId, revision: number, hash: string): Key => ({
  pk: `PM#${id}`,
  sk: `REV#${padded(revision)}#${hash.slice(0, 16)}`,
});
/** The document as it was sent, in a row of its own: whoever reads the revision needs no source. */
export const sourceKey = (id: PostmortemId, revision: number, hash: string): Key => ({
  pk: `PM#${id}`,
  sk: `SOURCE#${padded(revision)}#${hash.slice(0, 16)}`,
});
export const renditionKey = (audience: string, id: PostmortemId, revision: number): Key => ({
  pk: `REND#${audience}#${id}`,
  sk: padded(revision),
});
export const searchPartition = (audience: Audience) => `SEARCH#${audience}`;
/** By the month of publication, in sixteen items per month. */
export const searchKey = (audience: Audience, publishedAt: string, id: PostmortemId): Key => ({
  pk: searchPartition(audience),
  sk: `${month(publishedAt)}#${createHash('sha256').update(id).digest('hex').slice(0, 1)}`,
});
/** Kept apart from the entries, because earlier releases expect nothing but entries there. */
export const searchStampKey = (audience: Audience): Key => ({ pk: `SEARCH#${audience}#STAMP`, sk: 'STAMP' });
export const actionPartition = (id: PostmortemId) => `ACT#${id}`;
export const actionKey = (id: PostmortemId, aid: string): Key => ({ pk: actionPartition(id), sk: aid });

/** Where leadership's review of a postmortem stands. */
export const reviewKey = (id: PostmortemId): Key => ({ pk: `REVIEW#${id}`, sk: 'STATE' });
/** To whom a postmortem matters. */
export const relevanceKey = (id: PostmortemId): Key => ({ pk: `RELEVANCE#${id}`, sk: 'CURRENT' });
/** Who read a postmortem, without saying who. */
export const readingsPartition = (id: PostmortemId) => `READ#${id}`;
export const readingKey = (id: PostmortemId, blinded: string): Key => ({ pk: readingsPartition(id), sk: blinded });
/** Earlier postmortems of the same failure. */
export const similarPartition = (id: PostmortemId) => `SIMILAR#${id}`;
export const similarKey = (id: PostmortemId, earlier: PostmortemId): Key => ({ pk: similarPartition(id), sk: earlier });
export const laterPartition = (earlier: PostmortemId) => `LATER#${earlier}`;
/** What is similar, by the earlier one. */
export const inLater = (earlier: PostmortemId, foundAt: string, id: PostmortemId): IndexKey => ({
  gsi1pk: laterPartition(earlier),
  gsi1sk: `${foundAt}#${id}`,
});
/** What a team's members pressed about reasons, whose keys may be too long for sort keys. */
export const feedbackPartition = (team: string) => `FEEDBACK#${team}`;
export const feedbackKey = (team: string, reason: string): Key => ({
  pk: feedbackPartition(team),
  sk: createHash('sha256').update(reason).digest('hex').slice(0, 32),
});
/** Where the external version of a postmortem stands: of staff, beside the public notice. */
export const externalKey = (id: PostmortemId): Key => ({ pk: `EXT#${id}`, sk: 'CURRENT' });
/** Parts of what somebody is asked to approve. Never rewritten. */
export const artefactPartKey = (id: PostmortemId, hash: string, n: number): Key => ({ pk: `EXT#${id}`, sk: `ART#${hash}#${padded(n)}` });
/** What customers can read, under a public id. */
const publicNoticePartition = (publicId: string) => `REND#customers#${publicId}`;
export const publicNoticeKey = (publicId: string): Key => ({ pk: publicNoticePartition(publicId), sk: 'CURRENT' });
export const noticeVersionKey = (publicId: string, version: number): Key => ({
  pk: publicNoticePartition(publicId),
  sk: `V#${padded(version)}`,
});

/** What one incident tool said of one incident, by the tool's own id. */
export const inboundKey = (source: string, ref: string): Key => ({ pk: `INBOUND#${source}#${ref}`, sk: 'STATE' });
/** Which incident has a page at its vendor, and which postmortem links to it. */
export const incidentPageKey = (page: string): Key => ({
  pk: `INBOUND#page#${createHash('sha256').update(page).digest('hex').slice(0, 32)}`,
  sk: 'PAGE',
});
/** To the page of which incident a postmortem linked last. */
export const linkedPageKey = (postmortem: PostmortemId): Key => ({ pk: `INBOUND#link#${postmortem}`, sk: 'PAGE' });
/** Up to when an incident tool was asked what changed. */
export const watermarkKey = (source: string): Key => ({ pk: `INBOUND#${source}`, sk: 'POLL' });

/** Up to which day people were reminded. */
export const reminderMemoryKey: Key = { pk: 'REMINDERS', sk: 'MEMORY' };

export const profileKey = (realm: Realm, sid: SubscriberId): Key => ({ pk: `SUB#${realm}#${sid}`, sk: 'PROFILE' });
export const streamPartition = (stream: StreamName, slot: Slot, d: string) => `STREAM#${stream}#${slot}#${d}`;
/** The slots of a stream that are held or have been held. */
export const slotsPartition = (stream: StreamName) => `SLOTS#${stream}`;
export const slotKey = (stream: StreamName, slot: Slot): Key => ({ pk: slotsPartition(stream), sk: slot });
/** The zones that members of the organisation gave, of all streams together. */
export const zonesPartition = 'SLOTS#zones';
export const zoneKey = (zone: string): Key => ({ pk: zonesPartition, sk: zone });
export const subscriptionKey = (stream: StreamName, slot: Slot, sid: SubscriberId): Key => ({
  pk: streamPartition(stream, slot, digit(sid)),
  sk: sid,
});
/** `hash` = HMAC(sid, the second secret). It survives erasure without revealing the person. */
export const suppressionKey = (hash: string): Key => ({ pk: `SUPPRESSED#${hash.slice(0, 1)}`, sk: hash });

/** `id` = `<kind>#<hash>` of what is counted. The hash does not reveal what that was. */
export const limitKey = (id: string, from: string): Key => ({ pk: `LIMIT#${id}`, sk: from });
export const joinRequestKey = (id: string): Key => ({ pk: `JOIN#${id}`, sk: 'REQUEST' });
/** All that somebody opens pages with, by who they are: only staff have sessions and feeds. */
export const sessionsPartition = (sid: SubscriberId) => `SESSION#staff#${sid}`;
export const sessionKey = (sid: SubscriberId, kind: SessionKind, hash: string): Key => ({
  pk: sessionsPartition(sid),
  sk: `${kind}#${hash}`,
});
/** `hash` of a link that works once. It says nothing of its holder. */
export const usedLinkKey = (hash: string): Key => ({ pk: `USED#${hash}`, sk: 'LINK' });
export const erasureKey = (realm: Realm, sid: SubscriberId): Key => ({ pk: `ERASE#${realm}#${sid}`, sk: 'ERASURE' });

export const editionKey = (edition: string): Key => ({ pk: `ED#${edition}`, sk: 'META' });
export const partKey = (edition: string, hash: string, n: number): Key => ({ pk: `ED#${edition}`, sk: `PART#${hash}#${padded(n)}` });
/**
 * `prefix` is a string of 0 and 1. Ranges of four bits or more are stored by their first hex digit,
 * the few above them together.
 */
export const rangeKey = (edition: string, slot: Slot, prefix: string): Key => {
  const d = prefix.length < 4 ? '-' : Number.parseInt(prefix.slice(0, 4), 2).toString(16);
  return { pk: `ED#${edition}#${slot}#R#${d}`, sk: prefix === '' ? '-' : prefix };
};
/** Every partition that may hold ranges of a slot. */
export const rangePartitions = (edition: string, slot: Slot): string[] =>
  [...'-0123456789abcdef'].map((d) => `ED#${edition}#${slot}#R#${d}`);
export const evidencePartition = (edition: string, d: string) => `ED#${edition}#D#${d}`;
export const evidenceKey = (edition: string, sid: SubscriberId): Key => ({ pk: evidencePartition(edition, digit(sid)), sk: sid });

/** What a stream told of an incident, update by update, and what it has still to tell. */
export const updatesKey = (incident: PostmortemId, stream: StreamName): Key => ({ pk: updatesPartition(incident), sk: stream });
export const updatesPartition = (incident: PostmortemId) => `UPDATES#${incident}`;

/** What Slack should show of a postmortem, and its posts, by channel. */
export const slackPartition = (id: PostmortemId) => `SLACK#${id}`;
export const wantedPostKey = (id: PostmortemId): Key => ({ pk: slackPartition(id), sk: 'WANTED' });
/** `channel`: the id of a channel, which begins with C or G. */
export const slackPostKey = (id: PostmortemId, channel: string): Key => ({ pk: slackPartition(id), sk: channel });
/** `hash` of the link's secret. It opens nothing by itself. */
export const postLinkKey = (hash: string): Key => ({ pk: `POSTLINK#${hash}`, sk: 'LINK' });
/** When all links of a postmortem were revoked. */
export const revokedLinksKey = (id: PostmortemId): Key => ({ pk: `POSTLINKS#${id}`, sk: 'REVOKED' });
const slackWorkspace = 'SLACK';
export const slackChannelsKey: Key = { pk: slackWorkspace, sk: 'CHANNELS' };
export const slackBrakeKey: Key = { pk: slackWorkspace, sk: 'BRAKE' };
export const slackPaceKey = (channel: string): Key => ({ pk: slackWorkspace, sk: `PACE#${channel}` });
/** A draft that somebody tests. `id`: the hash of all of it. */
export const testDraftKey = (id: string): Key => ({ pk: `DRAFT#${id}`, sk: 'TEST' });
/** The service catalogue. */
export const catalogPartition = 'CATALOG';
export const catalogHeadKey: Key = { pk: catalogPartition, sk: 'HEAD' };
/** Sort keys of all parts, and of those of one version of it. */
export const catalogParts = 'PART#';
export const catalogPartsOf = (version: number, hash: string) => `${catalogParts}${padded(version)}#${hash.slice(0, 16)}#`;
export const catalogPartKey = (version: number, hash: string, n: number): Key => ({
  pk: catalogPartition,
  sk: `${catalogPartsOf(version, hash)}${padded(n)}`,
});
/** What the last check found that differs between the configuration and what is so. */
export const driftKey: Key = { pk: 'DRIFT', sk: 'LAST' };
/** What the last mail to operators told of held incidents. */
export const heldMailKey: Key = { pk: 'HELD', sk: 'LAST' };
/** How many people are in which team. */
export const teamSizesKey: Key = { pk: 'TEAMS', sk: 'SIZES' };

export const laneKey = (lane: Lane): Key => ({ pk: `LANE#${lane}`, sk: 'BRAKE' });
export const pacerKey: Key = { pk: 'PACER', sk: 'NEXT' };
export const quotaKey: Key = { pk: 'QUOTA', sk: 'CURRENT' };
export const distributionKey: Key = { pk: 'CONFIG', sk: 'DISTRIBUTION' };
/** What customers' pages know of it. */
export const customersDistributionKey: Key = { pk: 'CONFIG#CUSTOMERS', sk: 'DISTRIBUTION' };
/** Where to find a person by what the directory knows them by. */
export const directoryPlaceKey = (id: string): Key => ({ pk: `DIRECTORY#USER#${id}`, sk: 'PLACE' });
/** The directory's groups, without who is in them. */
export const directoryGroupsPartition = 'DIRECTORY#GROUPS';
export const directoryGroupKey = (id: string): Key => ({ pk: directoryGroupsPartition, sk: id });
/** By which mapping of the distribution file people have their teams. */
export const directoryMappingKey: Key = { pk: 'DIRECTORY#MAPPING', sk: 'CURRENT' };
/** Whose turn it is to change groups. */
export const directoryLeaseKey: Key = { pk: 'DIRECTORY#LEASE', sk: 'GROUPS' };
/** Who lost a team or a role with a group on a day. */
export const takenOutKey = (group: string, day: string): Key => ({ pk: `DIRECTORY#TAKENOUT#${group}`, sk: day });
/** What the directory was not let do. */
export const brakedPartition = 'DIRECTORY#BRAKED';
export const brakedKey = (day: string, what: string): Key => ({ pk: brakedPartition, sk: `${day}#${what}` });
/** How many people passed one of the directory's brakes on a day. */
export const brakeKey = (brake: Brake, day: string): Key => ({ pk: `DIRECTORY#${brake.toUpperCase()}`, sk: day });
export const keyKey = (id: string): Key => ({ pk: `KEY#${id}`, sk: 'META' });
/** Lines about customers lie apart. Customers' pages read those and nothing else of the log. */
export const auditPartition = (yearMonth: string, realm: Realm) => `AUDIT#${realm === 'customers' ? 'customers#' : ''}${yearMonth}`;
export const auditKey = (instant: string, n: string, realm: Realm): Key => ({
  pk: auditPartition(month(instant), realm),
  sk: `${instant}#${n}`,
});
/** One line per revision. */
export const revisionAuditKey = (id: PostmortemId, revision: number, updatedAt: string): Key =>
  auditKey(updatedAt, `pm-${id}-${padded(revision)}`, 'staff');
export const sweepKey = (what: string): Key => ({ pk: 'SWEEP', sk: what });

/** Kinds of unfinished work. Each is a list by the instant at which it is due. */
export type OpenKind = 'edition' | 'outbox' | 'leaf' | 'action' | 'erasure' | 'update' | 'post' | 'review' | 'notice' | 'inbound';
export const openPartition = (kind: OpenKind) => `OPEN#${kind}`;
export const inOpen = (kind: OpenKind, due: string, id: string): IndexKey => ({ gsi1pk: openPartition(kind), gsi1sk: `${due}#${id}` });
export const postmortemsPartition = (yearMonth: string) => `PMS#${yearMonth}`;
/** By the month of its last change. With tasks in its outbox it is in OPEN#outbox instead. */
export const inPostmortems = (updatedAt: string, id: PostmortemId): IndexKey => ({
  gsi1pk: postmortemsPartition(month(updatedAt)),
  gsi1sk: `${updatedAt}#${id}`,
});
/** Those to customers lie apart. Customers' pages list them and no others. */
export const editionsPartition = (yearMonth: string, realm: Realm) => `EDS#${realm === 'customers' ? 'customers#' : ''}${yearMonth}`;
/** By the month it was scheduled for. Until it is complete it is in OPEN#edition instead. */
export const inEditions = (realm: Realm, scheduledFor: string, edition: string): IndexKey => ({
  gsi1pk: editionsPartition(month(scheduledFor), realm),
  gsi1sk: `${scheduledFor}#${edition}`,
});
export const serviceEditionsPartition = (realm: Realm) => (realm === 'customers' ? 'SERVICE#customers' : 'SERVICE');
/** Service mails to single people. They are not news, so they are not among the editions. */
export const inServiceEditions = (realm: Realm, scheduledFor: string, edition: string): IndexKey => ({
  gsi1pk: serviceEditionsPartition(realm),
  gsi1sk: `${scheduledFor}#${edition}`,
});
export const closedActionsPartition = (yearMonth: string) => `ACTS#${yearMonth}`;
/** By the month in which it was closed. While it is open it is in OPEN#action instead. */
export const inClosedActions = (closedAt: string, id: string): IndexKey => ({
  gsi1pk: closedActionsPartition(month(closedAt)),
  gsi1sk: `${closedAt}#${id}`,
});
export const closedReviewsPartition = (yearMonth: string) => `REVIEWS#${yearMonth}`;
/** By the month in which it was over. Until then it is in OPEN#review. */
export const inClosedReviews = (at: string, id: PostmortemId): IndexKey => ({
  gsi1pk: closedReviewsPartition(month(at)),
  gsi1sk: `${at}#${id}`,
});
export const externalsPartition = (yearMonth: string) => `EXTS#${yearMonth}`;
/** By the month of its last change. While something is due it is in OPEN#notice instead. */
export const inExternals = (at: string, id: PostmortemId): IndexKey => ({
  gsi1pk: externalsPartition(month(at)),
  gsi1sk: `${at}#${id}`,
});
export const noticesPartition = 'NOTICES';
/** By when it was first public. A withdrawn one keeps its place. */
export const inNotices = (publishedAt: string, publicId: string): IndexKey => ({
  gsi1pk: noticesPartition,
  gsi1sk: `${publishedAt}#${publicId}`,
});
export const peoplePartition = (d: string) => `PEOPLE#${d}`;
export const inPeople = (sid: SubscriberId): IndexKey => ({ gsi1pk: peoplePartition(digit(sid)), gsi1sk: sid });
export const keysPartition = 'KEYS';
export const inKeys = (id: string): IndexKey => ({ gsi1pk: keysPartition, gsi1sk: id });

const subscriptionsPattern = (stream: StreamName) => `STREAM#${stream}#*`;
const editionsPattern = (stream: StreamName) => `ED#${stream}_*`;

/**
 * The partitions above as patterns, for permissions by leading key. These belong to one realm each.
 */
export const realmPatterns = {
  staff: {
    people: ['SUB#staff#*'],
    subscriptions: streamsOf('staff').map(subscriptionsPattern),
    slots: [...streamsOf('staff').map(slotsPartition), zonesPartition],
    editions: [...streamsOf('staff').map(editionsPattern), 'ED#service_*'],
    evidence: [...streamsOf('staff').map((stream) => `${editionsPattern(stream)}#D#*`), 'ED#service_*#D#*'],
    renditions: audiences.map((audience) => `REND#${audience}#*`),
    archives: audiences.flatMap((audience) => [searchPartition(audience), searchStampKey(audience).pk]),
    limits: ['LIMIT#network#*', 'LIMIT#all#*', 'LIMIT#address#*'],
    erasures: ['ERASE#staff#*'],
    sessions: ['SESSION#staff#*'],
    usedLinks: ['USED#*'],
    audit: ['AUDIT#2*'],
    listedAnswers: [serviceEditionsPartition('staff')],
    listedEditions: ['EDS#2*'],
    configuration: [distributionKey.pk],
  },
  customers: {
    people: ['SUB#customers#*'],
    subscriptions: streamsOf('customers').map(subscriptionsPattern),
    slots: streamsOf('customers').map(slotsPartition),
    editions: [...streamsOf('customers').map(editionsPattern), 'ED#service-customers_*'],
    limits: ['LIMIT#customers-*'],
    erasures: ['ERASE#customers#*'],
    audit: ['AUDIT#customers#*'],
    listedAnswers: [serviceEditionsPartition('customers')],
    listedEditions: ['EDS#customers#*'],
    configuration: [customersDistributionKey.pk],
  },
} as const;

/** Patterns that each cover one kind of item, in both realms unless the name says otherwise. */
export const partitionPatterns = {
  postmortems: 'PM#*',
  renditions: 'REND#*',
  customerRenditions: 'REND#customers#*',
  search: 'SEARCH#*',
  /** Of every postmortem that may be told. */
  widestArchive: searchPartition(widestAudience),
  widestStamp: searchStampKey(widestAudience).pk,
  widestRenditions: `REND#${widestAudience}#*`,
  actions: 'ACT#*',
  reviews: 'REVIEW#*',
  reminders: reminderMemoryKey.pk,
  inbound: 'INBOUND#*',
  incidentPages: 'INBOUND#page#*',
  externals: 'EXT#*',
  relevance: 'RELEVANCE#*',
  readings: 'READ#*',
  similar: 'SIMILAR#*',
  teamFeedback: 'FEEDBACK#*',
  people: 'SUB#*',
  staff: 'SUB#staff#*',
  customers: 'SUB#customers#*',
  subscriptions: 'STREAM#*',
  slots: 'SLOTS#*',
  suppressions: 'SUPPRESSED#*',
  erasures: 'ERASE#*',
  joinRequests: 'JOIN#*',
  editions: 'ED#*',
  customerAnswers: 'ED#service-customers_*',
  answers: 'ED#service*',
  reminderEditions: 'ED#service_reminders_*',
  evidence: 'ED#*#D#*',
  updates: 'UPDATES#*',
  slackPosts: 'SLACK#*',
  slackWorkspace,
  postLinks: 'POSTLINK#*',
  revokedLinks: 'POSTLINKS#*',
  testDrafts: 'DRAFT#*',
  catalog: catalogPartition,
  drift: driftKey.pk,
  heldMail: heldMailKey.pk,
  teamSizes: teamSizesKey.pk,
  lanes: 'LANE#*',
  pacer: pacerKey.pk,
  quota: quotaKey.pk,
  configuration: distributionKey.pk,
  customersConfiguration: customersDistributionKey.pk,
  directory: 'DIRECTORY#*',
  braked: brakedPartition,
  keys: 'KEY#*',
  audit: 'AUDIT#*',
  sweep: 'SWEEP',
  listedWork: 'OPEN#*',
  listedEditionsUnderWay: openPartition('edition'),
  listedPosts: openPartition('post'),
  listedInbound: openPartition('inbound'),
  listedOutboxes: openPartition('outbox'),
  listedOpenActions: openPartition('action'),
  listedOpenReviews: openPartition('review'),
  listedPostmortems: 'PMS#*',
  listedEditions: 'EDS#*',
  listedActions: 'ACTS#*',
  listedReviews: 'REVIEWS#*',
  listedExternals: 'EXTS#*',
  listedNotices: noticesPartition,
  listedLater: 'LATER#*',
  listedPeople: 'PEOPLE#*',
  listedKeys: keysPartition,
} as const;

import * as z from 'zod';
import { Severity } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';
import { realms, StreamName } from '../stream/stream.ts';
import { InDirectory } from './directory.ts';
import { longestTopic, mostTopics } from './topic.ts';

/** 32 lower-case hex digits; see subscriber-id.ts. */
export const SubscriberId = z.string().regex(/^[0-9a-f]{32}$/);
export type SubscriberId = z.infer<typeof SubscriberId>;

/**
 * When a reader gets the editions of a stream. A slot is part of keys and a mail tag. Written and
 * read in slot.ts. `default`: on the stream's own schedule · `w1-0900-Europe--Berlin`: weekly, on
 * Monday at nine in that zone · `m1-0900-Europe--Berlin`: the month's edition, on the first Monday
 * after it was made · `monthly`: the month's edition when it is made · `published`: each postmortem
 * as it is published.
 */
export const Slot = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export type Slot = z.infer<typeof Slot>;

/** A later release may know other kinds. What is written is a Topic. */
const Topics = z.array(z.string().max(longestTopic)).max(mostTopics);

/** Names that somebody has in chats and in repositories, without the @. */
export const Handle = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,59}$/u);
export const mostHandles = 10;

/** The most reasons that a reader can have called not relevant. */
export const mostNotRelevant = 50;

export const consentWays = ['signup', 'page', 'import', 'operator'] as const;
export type ConsentWay = (typeof consentWays)[number];

/** What gave a person a stream, and when; written and read in grant.ts. */
export const Grant = z.object({ way: z.string().max(40), at: Instant });
export type Grant = z.infer<typeof Grant>;

/** One subscriber on one stream. */
export const StreamSettings = z.strictObject({
  on: z.boolean(),
  /** When this period of being subscribed began. Stamped after the index row was put. */
  since: Instant,
  /**
   * Every slot held, oldest first, with the instant of the change. The last one is the current one.
   */
  slots: z.array(z.strictObject({ slot: Slot, at: Instant })).min(1),
  /** Cards about one of these come first and in full. */
  follow: Topics.optional(),
  /** Cards about one of these are left out, unless they are a Sev-1. */
  leaveOut: Topics.optional(),
  /**
   * Cards below this severity are left out. An unclassified card never counts as below. Absent:
   * every card.
   */
  least: Severity.optional(),
  /**
   * Keys of reasons that the reader called not relevant: no card comes first for one of these. The
   * newest are last.
   */
  notRelevant: z.array(z.string().max(400)).max(mostNotRelevant).optional(),
  /** For a mandatory stream: who also gets it while the reader is away, and until when. */
  delegate: z.strictObject({ sid: SubscriberId, until: Instant }).optional(),
  /** For a delegate: the subscription ends at this instant. */
  until: Instant.optional(),
  /**
   * The readers whom this delegate stands in for. When the delegate leaves, these readers have no
   * delegate any more.
   */
  lentBy: z.array(SubscriberId).max(20).optional(),
  /** When it was switched off. Coming back within an hour counts as never having left. */
  leftAt: Instant.optional(),
  /**
   * What the reader agreed to, when and in which way. `text` is the id of the wording that was
   * shown. Absent: from before consent was recorded.
   */
  consent: z.object({ at: Instant, way: z.string().max(40), text: z.string().max(80) }).optional(),
});
export type StreamSettings = z.infer<typeof StreamSettings>;

/** Everything that is kept of a person, in one item. */
export const Profile = z.strictObject({
  sid: SubscriberId,
  realm: z.enum(realms),
  /** As the person writes it, trimmed. The sid is made from the normalised form. */
  address: z.string(),
  name: z.string().optional(),
  team: z.string().optional(),
  role: z.string().optional(),
  zone: z.string().optional(),
  /** What action items may call them besides their name. */
  handles: z.array(z.string()).optional().catch(undefined),
  streams: z.partialRecord(StreamName, StreamSettings),
  /**
   * What gave them each stream. A reader cannot write a grant for a stream that they may not switch
   * on. Absent: from before grants were recorded.
   */
  grants: z.partialRecord(StreamName, Grant).optional(),
  /** No mail before this instant. */
  snoozedUntil: Instant.optional(),
  /**
   * Set when all mail to this person must stop: `complaint`, `permanent bounce`, `transient
   * bounces`. `at` is when that happened.
   */
  suppressed: z.strictObject({ reason: z.string(), at: Instant }).optional(),
  /**
   * When an operator lifted a suppression. What happened before no longer counts against mailing
   * this person.
   */
  lifted: z.strictObject({ at: Instant }).optional(),
  /**
   * Mails that the mailbox turned away for a time, oldest first, within 120 days of the newest, at
   * most three editions a day.
   */
  softBounces: z.array(z.strictObject({ edition: z.string(), at: Instant })).optional(),
  /** Absent: the stream decides whether this reader's opens are estimated. */
  tracking: z.literal(false).optional(),
  /**
   * Set when a synchronised file no longer names this person, or by an operator. They get no mail
   * on any stream, and every setting is kept until an import names them again, or the operator ends
   * it.
   */
  suspended: z.strictObject({ at: Instant }).optional(),
  /**
   * `operator`: an operator suspended them, and no import ends it. `directory`: the organisation's
   * directory did. Absent: a file did.
   */
  suspendedBy: z.string().max(40).optional(),
  /** Absent: no directory manages this person. */
  directory: InDirectory.optional(),
  /**
   * `directory`: the organisation's directory named them first, also if it let go of them since.
   * Absent: an import or they themselves did.
   */
  cameBy: z.string().max(40).optional(),
  /** Absent: HTML and text. */
  format: z.literal('text').optional(),
  /** Every link carries it. Raising it makes all earlier links invalid. Absent: 0. */
  generation: z.int().nonnegative().optional(),
  /**
   * Signed up and not confirmed yet. They get service mail only, and are removed after seven days.
   */
  unconfirmed: z.strictObject({ at: Instant }).optional(),
  /** Counts up with every change. Each delivery keeps the revision that it was decided on. */
  revision: z.int().positive(),
});
export type Profile = z.infer<typeof Profile>;

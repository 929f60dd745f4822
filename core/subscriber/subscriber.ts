import * as z from 'zod';
import { Severity } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';
import { realms, StreamName } from '../stream/stream.ts';
import { mostTopics, Topic } from './topic.ts';

/** 32 lower-case hex digits; see subscriber-id.ts. */
export const SubscriberId = z.string().regex(/^[0-9a-f]{32}$/);
export type SubscriberId = z.infer<typeof SubscriberId>;

/**
 * When a reader gets the editions of a stream; a part of keys and a mail tag. Written and read in
 * slot.ts. `default`: on the stream's own schedule · `w1-0900-Europe--Berlin`: weekly, on Monday at
 * nine there · `m1-0900-Europe--Berlin`: the month's edition, on the first Monday after it was made
 * · `monthly`: the month's edition when it is made · `published`: each postmortem as it is
 * published.
 */
export const Slot = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export type Slot = z.infer<typeof Slot>;

const Topics = z.array(Topic).max(mostTopics);

export const consentWays = ['signup', 'page', 'import', 'operator'] as const;
export type ConsentWay = (typeof consentWays)[number];

/** What gave a person a stream, and when; written and read in grant.ts. */
export const Grant = z.object({ way: z.string().max(40), at: Instant });
export type Grant = z.infer<typeof Grant>;

/** One subscriber on one stream. */
export const StreamSettings = z.strictObject({
  on: z.boolean(),
  /** When this spell of being subscribed began: stamped after the index row was put. */
  since: Instant,
  /** Every slot held, oldest first, with the instant of the change; the last one is held now. */
  slots: z.array(z.strictObject({ slot: Slot, at: Instant })).min(1),
  /** Cards about one of these come first and in full. */
  follow: Topics.optional(),
  /** Cards about one of these stay out, unless they are a Sev-1. */
  leaveOut: Topics.optional(),
  /** Cards below it stay out; what is unclassified is never below. Absent: every card. */
  least: Severity.optional(),
  /** Of a mandatory stream: who gets it as well until then, while the reader is away. */
  delegate: z.strictObject({ sid: SubscriberId, until: Instant }).optional(),
  /** A subscription lent to a delegate ends by itself at this instant. */
  until: Instant.optional(),
  /** For whom this reader stands in: where they leave, those are no longer stood in for. */
  lentBy: z.array(SubscriberId).max(20).optional(),
  /** When it was switched off: to come back within an hour is as if one had never left. */
  leftAt: Instant.optional(),
  /**
   * What the reader agreed to, when and in which way; `text` is the id of the wording that was
   * shown. Absent: from before consent was kept.
   */
  consent: z.object({ at: Instant, way: z.string().max(40), text: z.string().max(80) }).optional(),
});
export type StreamSettings = z.infer<typeof StreamSettings>;

/** The truth about a person in one item. */
export const Profile = z.strictObject({
  sid: SubscriberId,
  realm: z.enum(realms),
  /** As the person writes it, trimmed; the normalised form is what the sid is made of. */
  address: z.string(),
  name: z.string().optional(),
  team: z.string().optional(),
  role: z.string().optional(),
  zone: z.string().optional(),
  streams: z.partialRecord(StreamName, StreamSettings),
  /**
   * What gave them a stream. No reader's press writes one for a stream that it may not switch on.
   * Absent: from before grants were recorded.
   */
  grants: z.partialRecord(StreamName, Grant).optional(),
  /** No mail before this instant. */
  snoozedUntil: Instant.optional(),
  /**
   * Set when mail to this person must stop everywhere: `complaint`, `permanent bounce`, `transient
   * bounces`; `at` is when that happened.
   */
  suppressed: z.strictObject({ reason: z.string(), at: Instant }).optional(),
  /**
   * When an operator lifted a suppression: what happened up to then no longer speaks against
   * mailing this person.
   */
  lifted: z.strictObject({ at: Instant }).optional(),
  /**
   * Mails that the mailbox turned away for the time being, oldest first, within 120 days of the
   * newest, three editions a day at most.
   */
  softBounces: z.array(z.strictObject({ edition: z.string(), at: Instant })).optional(),
  /** Absent: the stream decides whether opens of this reader's mails are estimated. */
  tracking: z.literal(false).optional(),
  /**
   * Set when a synchronised file no longer named this person: no mail on any stream, every setting
   * kept until an import names them again.
   */
  suspended: z.strictObject({ at: Instant }).optional(),
  /** Absent: HTML and text. */
  format: z.literal('text').optional(),
  /** Links carry it; raising it makes every link of before invalid. Absent: 0. */
  generation: z.int().nonnegative().optional(),
  /**
   * Signed up and not yet confirmed: gets service mail and nothing else, and is removed after seven
   * days.
   */
  unconfirmed: z.strictObject({ at: Instant }).optional(),
  /** Counts up with every change; each delivery keeps the one it was decided on. */
  revision: z.int().positive(),
});
export type Profile = z.infer<typeof Profile>;

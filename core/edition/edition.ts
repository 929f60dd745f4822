import * as z from 'zod';
import { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';
import { deliveryRulesOf, EditionStream, type Lane, type Realm, realmOfStream, realms, StreamName } from '../stream/stream.ts';
import { Slot, SubscriberId } from '../subscriber/subscriber.ts';
import { MandatoryReaders } from './mandatory-readers.ts';
import { StoredServiceMail } from './service-mail.ts';

/**
 * Derived, never random: `engineering-digest_2026-W47`, `sev1-alerts_<postmortem>_r1`. It is a mail
 * tag, so `[A-Za-z0-9_-]` (SES: at most 256).
 */
export const EditionId = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/);
export type EditionId = z.infer<typeof EditionId>;

/** Counts by `accepted`, `in doubt`, `unconfirmed`, `skipped: <reason>`, `refused: <code>`. */
export const Counts = z.record(z.string(), z.int().nonnegative());
export type Counts = z.infer<typeof Counts>;

/** Counts of finished work below a range; a higher version is the later truth. */
export const Tally = z.strictObject({ version: z.int(), counts: Counts });
export type Tally = z.infer<typeof Tally>;

/** Who an edition is for. There is no other way to send. */
export const EditionAudience = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stream') }),
  z.strictObject({ kind: z.literal('list'), subscribers: z.array(SubscriberId).max(50) }),
]);
export type EditionAudience = z.infer<typeof EditionAudience>;

export const Carried = z.strictObject({ id: PostmortemId, revision: z.int(), title: z.string(), severity: Severity });
export type Carried = z.infer<typeof Carried>;

/**
 * What is known of an edition. Written once; only the last eight members change afterwards. A
 * reader passes over what it does not know: a later release may have written it.
 */
export const Edition = z.object({
  id: EditionId,
  stream: EditionStream,
  /** Of stream `service`: whose mail it is, and what it asks or tells. */
  realm: z.enum(realms).optional(),
  service: StoredServiceMail.optional(),
  /** Of stream `service`: a test mail, with the stream of the edition that it shows. */
  test: z.object({ stream: StreamName }).optional(),
  audience: EditionAudience,
  scheduledFor: Instant,
  composedAt: Instant,
  /** The audience is who was subscribed at this instant and still is when their chunk is read. */
  cutoff: Instant,
  subject: z.string(),
  /**
   * Of an alert: what its stream told of when it was composed, in the organisation's words. Absent:
   * `Sev-1`.
   */
  alertsOf: z.string().optional(),
  /** Every mail about one incident threads under it. */
  incident: PostmortemId.optional(),
  carries: z.array(Carried),
  /** Every postmortem that its fragments name, the carried ones and those among the promises. */
  names: z.array(PostmortemId),
  /** Names the stored fragments; absent where nothing is sent (a quiet week without a notice). */
  content: z.strictObject({ hash: z.string(), parts: z.int().positive() }).optional(),
  slots: z.array(Slot).min(1),
  /** When each slot is sent. Absent: all of them when it is composed. */
  waves: z.record(Slot, Instant).optional(),
  /** Opens are estimated, for readers who did not switch it off. Absent: of nobody. */
  tracksOpens: z.boolean().optional(),
  /**
   * Whom the distribution file names for this stream: it comes to them also when it is switched off
   * or paused, unless a delegate stands in.
   */
  mandatory: MandatoryReaders.optional(),
  paused: z.boolean(),
  recalled: z.boolean(),
  withheld: z.array(PostmortemId),
  /**
   * Of those that are or were withheld: which it may have left without, because it was under way
   * then.
   */
  missed: z.array(PostmortemId).optional(),
  tallies: z.record(Slot, Tally),
  /** Of `waves`: those whose root range was sent to its lane. */
  begun: z.array(Slot).optional(),
  completedAt: Instant.optional(),
});
export type Edition = z.infer<typeof Edition>;

/**
 * Streams for customers have a realm, a sender and a lane of their own; a Sev-1, or an answer that
 * somebody waits for, does not queue behind a digest.
 */
export const realmOf = ({ stream, realm }: Pick<Edition, 'stream' | 'realm'>): Realm =>
  realm ?? (stream === 'service' ? 'staff' : realmOfStream(stream));
export const laneOf = (edition: Pick<Edition, 'stream' | 'realm'>): Lane => {
  if (realmOf(edition) === 'customers') return 'customers';
  return deliveryRulesOf(edition.stream).lane;
};

/** Of a finished edition, or as far as the finished ranges tell. */
export const countsOf = (edition: Pick<Edition, 'tallies'>): Counts =>
  Object.values(edition.tallies).reduce((sum, { counts }) => addCounts(sum, counts), {});

export const addCounts = (a: Counts, b: Counts): Counts => {
  const sum = { ...a };
  for (const [name, n] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + n;
  return sum;
};

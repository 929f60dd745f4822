import * as z from 'zod';
import { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';
import { reminderRules } from '../stream/catalogue.ts';
import {
  type DeliveryRules,
  deliveryRulesOf,
  EditionStream,
  type Lane,
  type Realm,
  realmOfStream,
  realms,
  StreamName,
} from '../stream/stream.ts';
import { Slot, SubscriberId } from '../subscriber/subscriber.ts';
import { EditionId, parseEditionId } from './edition-id.ts';
import { MandatoryReaders } from './mandatory-readers.ts';
import { dayOfReminders, StoredServiceMail } from './service-mail.ts';

export { EditionId } from './edition-id.ts';

/**
 * Counts by outcome: `accepted`, `in doubt`, `unconfirmed`, `skipped: <reason>`, `refused: <code>`.
 */
export const Counts = z.record(z.string(), z.int().nonnegative());
export type Counts = z.infer<typeof Counts>;

/** Counts of finished work below a range. The highest version is the latest. */
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

/** An earlier edition told revision `from` of a postmortem, and this one corrects it to `to`. */
export const Correction = z.object({ id: PostmortemId, from: z.int(), to: z.int() });
export type Correction = z.infer<typeof Correction>;

/**
 * A later edition about the same incident is decided, so this one sends nothing more. `wasPaused`:
 * an operator held it at that moment, so the later one begins held.
 */
export const Superseded = z.object({ by: EditionId, wasPaused: z.boolean() });
export type Superseded = z.infer<typeof Superseded>;

/**
 * The item of an edition. Written once; afterwards only `paused` and the members after it change.
 * Unknown members are ignored, because a later release may have written them.
 */
export const Edition = z.object({
  id: EditionId,
  stream: EditionStream,
  /** For stream `service`: the reader's realm, and what the mail asks or says. */
  realm: z.enum(realms).optional(),
  service: StoredServiceMail.optional(),
  /** For stream `service`: a test mail, with the stream of the edition that it shows. */
  test: z.object({ stream: StreamName }).optional(),
  audience: EditionAudience,
  scheduledFor: Instant,
  composedAt: Instant,
  /**
   * The audience is everyone who was subscribed at this instant and still is when their chunk is
   * read.
   */
  cutoff: Instant,
  subject: z.string(),
  /**
   * The subject once something that it names is withheld. Absent: it names nothing, or the edition
   * is of one of the first releases.
   */
  subjectInstead: z.string().optional(),
  /**
   * For an alert: the severities of its stream at composing, in the organisation's words. Absent:
   * `Sev-1`.
   */
  alertsOf: z.string().optional(),
  /** Where replies go, as it was when it was composed. Absent: to the sender. */
  replyTo: z.string().optional(),
  /**
   * All mails about one incident share one thread. Customers know an incident by its public id
   * alone.
   */
  incident: PostmortemId.optional(),
  /**
   * For a mail to customers: which version of which notice was approved. The mail leaves only if it
   * is that one.
   */
  notice: z.object({ public: z.string(), version: z.int().positive() }).optional(),
  carries: z.array(Carried),
  /** What it corrects of earlier editions of its stream. */
  corrects: z.array(Correction).optional(),
  /**
   * What was published before and is told again. It counts as told by that edition, but for what
   * only some teams were told.
   */
  remembers: z.array(z.object({ id: PostmortemId, revision: z.int(), onlyForTeams: z.literal(true).optional() })).optional(),
  /**
   * The postmortems of which it says that what earlier editions of its stream told was taken back.
   * It does not name them.
   */
  takesBack: z.array(PostmortemId).optional(),
  /** Every postmortem that its fragments name: the carried ones and those among the promises. */
  names: z.array(PostmortemId),
  /**
   * Those that are drafts: it tells that they are awaited. Only a restriction withholds them, and
   * that they were taken back.
   */
  awaits: z.array(PostmortemId).optional(),
  /** Where the fragments are stored. Absent if nothing is sent (a quiet week without a notice). */
  content: z.strictObject({ hash: z.string(), parts: z.int().positive() }).optional(),
  slots: z.array(Slot).min(1),
  /** When each slot is sent. Absent: all of them when it is composed. */
  waves: z.record(Slot, Instant).optional(),
  /**
   * Whether opens are estimated, for readers who have not switched that off. Absent: not at all.
   */
  tracksOpens: z.boolean().optional(),
  /**
   * Readers that the distribution file names for this stream. They get the edition even if they
   * switched the stream off or paused it, unless a delegate gets it for them.
   */
  mandatory: MandatoryReaders.optional(),
  /**
   * Whose links lead to where they decide, by the hash of their address: who reviews by the
   * distribution file as it was. Absent: nothing in it asks for a decision.
   */
  reviewers: z.array(z.string()).optional(),
  /**
   * From then on none of its mails leaves, and no brake keeps it from its end. Absent: they leave
   * whenever they can.
   */
  leavesUntil: Instant.optional(),
  paused: z.boolean(),
  recalled: z.boolean(),
  superseded: Superseded.optional(),
  withheld: z.array(PostmortemId),
  /**
   * Withheld postmortems that some of its mails may have left without, because the edition was
   * under way when they were withheld.
   */
  missed: z.array(PostmortemId).optional(),
  /**
   * `<postmortem>:<revision>`: revisions in which a postmortem that it names was materially
   * corrected.
   */
  corrected: z.array(z.string()).optional(),
  tallies: z.record(Slot, Tally),
  /** The slots of `waves` whose root range was sent to its lane. */
  begun: z.array(Slot).optional(),
  completedAt: Instant.optional(),
});
export type Edition = z.infer<typeof Edition>;

/**
 * Customer streams have a realm, a sender and a lane of their own. A Sev-1 alert, or a reply that a
 * person waits for, does not queue behind a digest.
 */
export const realmOf = ({ stream, realm }: Pick<Edition, 'stream' | 'realm'>): Realm =>
  realm ?? (stream === 'service' ? 'staff' : realmOfStream(stream));
/** What sending it depends on: its stream and its frequency. */
export const rulesOf = ({ id, stream }: Pick<Edition, 'id' | 'stream'>): DeliveryRules =>
  dayOfReminders(id) === undefined ? deliveryRulesOf(stream, parseEditionId(id).frequency) : reminderRules;
export const laneOf = (edition: Pick<Edition, 'id' | 'stream' | 'realm'>): Lane =>
  realmOf(edition) === 'customers' ? 'customers' : rulesOf(edition).lane;

/** The counts of a finished edition, or of the ranges finished so far. */
export const countsOf = (edition: Pick<Edition, 'tallies'>): Counts =>
  Object.values(edition.tallies).reduce((sum, { counts }) => addCounts(sum, counts), {});

export const addCounts = (a: Counts, b: Counts): Counts => {
  const sum = { ...a };
  for (const [name, n] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + n;
  return sum;
};

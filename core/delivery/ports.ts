/** What delivering needs of the world, as narrowly as it needs it. */
import type { Edition, EditionId, Tally } from '../edition/edition.ts';
import type { EditionFragments } from '../mail/fragments.ts';
import type { Profile, Slot, SubscriberId } from '../subscriber/subscriber.ts';
import type { LaneState } from './lane.ts';
import type { Made } from './outcome.ts';
import type { Leaf, Range, RangeRow, Split } from './range.ts';
import type { DailyQuota } from './send-rate.ts';

/** Who is in a range, as far as the index knows. The profile has the last word. */
export interface AudienceReader {
  /** Ids in the range that were in the index by the edition's cut-off, at most `limit`; fewer means that these are all. */
  first(edition: Edition, range: Range, limit: number): Promise<SubscriberId[]>;
}

export interface RangeLedger {
  read(range: Range): Promise<RangeRow | undefined>;
  /** Decides the shape once. False: somebody else had decided before. */
  create(range: Range, row: RangeRow): Promise<boolean>;
  /** Writes a leaf if its row still has this version and this owner. False: it has not, or the write had landed before (a lost reply). */
  replace(range: Range, leaf: Leaf, expected: { version: number; owner: string }): Promise<boolean>;
  /** Sets a half's tally if it is newer than the one there; answers the row as it stands, undefined where there is none. */
  setTally(range: Range, half: '0' | '1', tally: Tally): Promise<Split | undefined>;
}

export interface LeafFinder {
  /** The leaf that a person's outcome of an edition stands in; consistent. */
  find(edition: EditionId, slot: Slot, subscriber: SubscriberId): Promise<{ range: Range; leaf: Leaf } | undefined>;
}

/** Proof that SES accepted a delivery, by any event that came of it. */
export interface Proof {
  /** Which attempt SES accepted; the latest, where several. */
  readonly attempt: number;
  /** Empty where the event did not tell. */
  readonly messageId: string;
}
export interface EvidenceReader {
  /**
   * The proofs there are of these deliveries, of any attempt. Where there is none a note is left that it was asked for: evidence that comes
   * later finds the note and heals the outcome. Any number of times is once.
   */
  ask(edition: EditionId, subscribers: readonly SubscriberId[]): Promise<ReadonlyMap<SubscriberId, Proof>>;
}

export interface EditionLedger {
  read(id: EditionId): Promise<Edition | undefined>;
  /** Sets a slot's tally if newer; with the last slot the edition is complete. */
  setTally(id: EditionId, slot: Slot, tally: Tally): Promise<void>;
}

export interface FragmentReader {
  /** Kept in memory by content hash: read once per container. */
  readFragments(edition: Edition): Promise<EditionFragments>;
}

/** What is read consistently right before a chunk is decided. */
export interface ChunkFacts {
  readonly profiles: ReadonlyMap<SubscriberId, Profile>;
  readonly paused: boolean;
  readonly recalled: boolean;
  readonly withheld: ReadonlySet<string>;
  /** The edition's lane. */
  readonly lane: LaneState;
  /** SES accepts this many mails a second. */
  readonly maxSendRate: number;
  /** Undefined until SES was asked for the first time. */
  readonly quota?: DailyQuota;
}
/** What is known before a chunk is read. */
export type Outlook = Pick<ChunkFacts, 'recalled' | 'lane' | 'maxSendRate'>;
export interface ChunkReader {
  read(edition: Edition, chunk: readonly SubscriberId[]): Promise<ChunkFacts>;
  /** For a leaf's first chunk: may be as old as the last chunk read, but a lane that was held back then is read anew. */
  outlook(edition: Edition): Promise<Outlook>;
}

/**
 * Books places in time. `at` is when the first mail may leave, in milliseconds since 1970, `booked` how many places were ever booked, these among
 * them; 'far': nothing was booked, look again at `until`.
 */
export type Booking = { kind: 'booked'; at: number; booked: number } | { kind: 'far'; until: number };
export interface WantedPlaces {
  readonly places: number;
  /** Milliseconds between two mails. */
  readonly interval: number;
  /** May book any time ahead; other mail leaves room for it. */
  readonly urgent: boolean;
  /** Milliseconds from now at which the first place may lie at the latest: places that cannot be used are not booked. */
  readonly within: number;
}
export interface Pacer {
  book(wanted: WantedPlaces): Promise<Booking>;
}

/**
 * What became of one call. 'try later' is certainly not accepted; 'in doubt' may be. 'stopped': SES takes no mail of the lane; 'unclear': it
 * does not tell whether its reason is this reader's or everybody's.
 */
export type SendOutcome =
  | { kind: 'accepted'; messageId: string }
  | { kind: 'refused'; code: string }
  | { kind: 'try later'; why: 'throttled' | 'unreachable' | 'stopped' | 'unclear'; code: string }
  | { kind: 'in doubt'; code: string };

export interface OutgoingMail {
  readonly to: string;
  readonly mime: Buffer;
  /** Whether the mail server tells of opens: the mail has the placeholder for its pixel. */
  readonly isTracked: boolean;
  /** Echoed by every SES event: a delivery is found even when the reply was lost. */
  readonly tags: { edition: EditionId; slot: Slot; subscriber: SubscriberId; attempt: number };
}
export interface Mailer {
  /** One attempt. Never throws. */
  send(mail: OutgoingMail): Promise<SendOutcome>;
}

/** One reader's mail; 'withheld' when nothing may be left in it, 'nothing chosen' when its reader wants nothing of it, 'impossible' when no mail to this address can be built. */
export type MadeMail =
  | { kind: 'mail'; to: string; mime: Buffer; isTracked: boolean; made: Made }
  | { kind: 'withheld' | 'nothing chosen' }
  | { kind: 'impossible'; code: string };
/**
 * Pure but for the signing key: the same arguments make the same bytes. `issuedAt`: seconds since 1970. `cards`: of a mail that is made once more
 * as it was.
 */
export type MailMaker = (
  edition: Edition,
  fragments: EditionFragments,
  profile: Profile,
  options: { withheld: ReadonlySet<string>; attempt: number; issuedAt: number; cards?: string },
) => MadeMail;

export interface RangeQueue {
  /** Sends range messages to the lane of the edition. Throws where the queue took only some: the sender's own message comes again. */
  send(ranges: readonly Range[], delaySeconds?: number): Promise<void>;
}

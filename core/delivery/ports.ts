/** The ports of delivery, each as narrow as its use. */
import type { Edition, EditionId, Tally } from '../edition/edition.ts';
import type { EditionReader, EditionWriter } from '../edition/ports.ts';
import type { EditionFragments } from '../mail/fragments.ts';
import type { MailText } from '../mail/mail-text.ts';
import type { Profile, Slot, SubscriberId } from '../subscriber/subscriber.ts';
import type { LaneState } from './lane.ts';
import type { Made } from './outcome.ts';
import type { Leaf, Range, RangeRow, Split } from './range.ts';
import type { DailyQuota } from './send-rate.ts';

/** Who is in a range, by the index. The profile has the last word. */
export interface AudienceReader {
  /**
   * Ids in the range that were in the index by the edition's cut-off, at most `limit`. Fewer ids
   * than that are all of them.
   */
  first(edition: Edition, range: Range, limit: number): Promise<SubscriberId[]>;
}

export interface RangeLedger {
  read(range: Range): Promise<RangeRow | undefined>;
  /** Decides the shape once. False: it was decided before. */
  create(range: Range, row: RangeRow): Promise<boolean>;
  /**
   * Writes a leaf if its row still has this version and owner. False: it has not, or this write had
   * landed before and its reply was lost.
   */
  replace(range: Range, leaf: Leaf, expected: { version: number; owner: string }): Promise<boolean>;
  /**
   * Sets a half's tally if it is newer than the stored one. Answers the row as it stands;
   * undefined: there is none.
   */
  setTally(range: Range, half: '0' | '1', tally: Tally): Promise<Split | undefined>;
}

export interface LeafFinder {
  /** The leaf with a reader's outcome of an edition. Consistent. */
  find(edition: EditionId, slot: Slot, subscriber: SubscriberId): Promise<{ range: Range; leaf: Leaf } | undefined>;
}

/** Proof that SES accepted a delivery, by any of its events. */
export interface Proof {
  /** The attempt that SES accepted; the latest of several. */
  readonly attempt: number;
  /** Empty if the event has none. */
  readonly messageId: string;
}
export interface EvidenceReader {
  /**
   * The proofs of these deliveries, of any attempt. Leaves a note for each delivery without a
   * proof: evidence that comes later finds the note and corrects the outcome. Idempotent.
   */
  ask(edition: EditionId, subscribers: readonly SubscriberId[]): Promise<ReadonlyMap<SubscriberId, Proof>>;
}

/** What delivering reads and writes of an edition. */
export type EditionLedger = Pick<EditionReader, 'read'> & Pick<EditionWriter, 'setTally'>;

export interface FragmentReader {
  /** Kept in memory by content hash, so that a container reads it once. */
  readFragments(edition: Edition): Promise<EditionFragments>;
}

/**
 * Why nothing of an edition may leave. 'not approved': nobody approved it, or it is not what they
 * approved. 'replaced': a later version of it counts.
 */
export interface Unsendable {
  readonly unsendable: 'not approved' | 'replaced';
}
/** What may leave of an edition. */
export interface SendableReader {
  readFragments(edition: Edition): Promise<EditionFragments | Unsendable>;
}
/** Kept in memory as well. `hash`: of the text as it is stored, before it was read. */
export interface StoredMailReader {
  readStored(edition: Edition): Promise<{ readonly fragments: EditionFragments; readonly hash: string }>;
}
/** What persons approved of a notice to customers. */
export interface ApprovalReader {
  /**
   * `current`: the version that counts now. `mailHash`: of the mail of the wanted version.
   * Undefined if there is no such notice. Consistent.
   */
  approved(publicId: string, version: number): Promise<{ readonly current: number; readonly mailHash?: string } | undefined>;
}

/** Read consistently right before a chunk is decided. */
export interface ChunkFacts {
  readonly profiles: ReadonlyMap<SubscriberId, Profile>;
  readonly paused: boolean;
  readonly recalled: boolean;
  readonly superseded: boolean;
  readonly withheld: ReadonlySet<string>;
  /** `<postmortem>:<revision>` of material revisions since the edition was composed. */
  readonly corrected: ReadonlySet<string>;
  /** The edition's lane. */
  readonly lane: LaneState;
  /** Mails a second that SES accepts. */
  readonly maxSendRate: number;
  /** Undefined until SES was asked once. */
  readonly quota?: DailyQuota;
}
/** Known before a chunk is read. */
export type Outlook = Pick<ChunkFacts, 'recalled' | 'superseded' | 'lane' | 'maxSendRate'>;
export interface ChunkReader {
  read(edition: Edition, chunk: readonly SubscriberId[]): Promise<ChunkFacts>;
  /**
   * For a leaf's first chunk. May be as old as the last chunk that was read; a lane that was held
   * then is read again.
   */
  outlook(edition: Edition): Promise<Outlook>;
}

/**
 * Places in time. `at`: when the first mail may leave (milliseconds since 1970). `booked`: how many
 * places were ever booked, including these. 'far': nothing was booked; look again at `until`.
 */
export type Booking = { kind: 'booked'; at: number; booked: number } | { kind: 'far'; until: number };
export interface WantedPlaces {
  readonly places: number;
  /** Milliseconds between two mails. */
  readonly interval: number;
  /** Urgent mail may book any time ahead. Other mail leaves room for it. */
  readonly urgent: boolean;
  /**
   * The first place must lie within this many milliseconds from now. Later places are not booked,
   * because they could not be used.
   */
  readonly within: number;
}
export interface Pacer {
  book(wanted: WantedPlaces): Promise<Booking>;
}

/**
 * What became of one call to SES. 'try later': certainly not accepted. 'in doubt': may be accepted.
 * 'stopped': SES takes no mail of the lane. 'unclear': the reason may be this reader's or
 * everybody's.
 */
export type SendOutcome =
  | { kind: 'accepted'; messageId: string }
  | { kind: 'refused'; code: string }
  | { kind: 'try later'; why: 'throttled' | 'unreachable' | 'stopped' | 'unclear'; code: string }
  | { kind: 'in doubt'; code: string };

export interface OutgoingMail {
  readonly to: string;
  /** Each character is a byte. */
  readonly mime: MailText;
  /** Whether opens are measured: the mail has the placeholder for the pixel. */
  readonly isTracked: boolean;
  /** Echoed by every SES event, so that a delivery is found even if the reply was lost. */
  readonly tags: { edition: EditionId; slot: Slot; subscriber: SubscriberId; attempt: number };
}
export interface Mailer {
  /** Makes one attempt. Never throws. */
  send(mail: OutgoingMail): Promise<SendOutcome>;
}

/**
 * One reader's mail. 'withheld': everything in it may not be shown now. 'nothing chosen': its
 * reader wants nothing of it. 'impossible': no mail to this address can be built.
 */
export type MadeMail =
  | { kind: 'mail'; to: string; mime: MailText; isTracked: boolean; made: Made }
  | { kind: 'withheld' | 'nothing chosen' }
  | { kind: 'impossible'; code: string };
/**
 * Pure except for the signing key: the same arguments make the same bytes. `issuedAt`: seconds
 * since 1970. `corrected`: the postmortems of which the edition shows an earlier text. `cards`:
 * given to make a mail again as it was.
 */
export type MailMaker = (
  edition: Edition,
  fragments: EditionFragments,
  profile: Profile,
  options: { withheld: ReadonlySet<string>; corrected?: ReadonlySet<string>; attempt: number; issuedAt: number; cards?: string },
) => MadeMail;

export interface RangeQueue {
  /**
   * Sends range messages to the lane of the edition. Throws if the queue took only some of them;
   * the sender's own message then comes again.
   */
  send(ranges: readonly Range[], delaySeconds?: number): Promise<void>;
}

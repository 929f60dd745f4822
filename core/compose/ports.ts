import type { ActionRow } from '../action/action.ts';
import type { ActionLedger } from '../action/ports.ts';
import type { SidsByAddress } from '../approval/approval-file.ts';
import type { HeldFacts, HeldMailStore } from '../connector/held-mail.ts';
import type { AlertContent } from '../content/alert-content.ts';
import type { BriefContent } from '../content/brief-content.ts';
import type { DigestContent } from '../content/digest-content.ts';
import type { ImpactMail } from '../content/impact-content.ts';
import type { ImpactWeekContent } from '../content/impact-week-content.ts';
import type { RemindersContent } from '../content/reminders-content.ts';
import type { UpdateContent } from '../content/update-content.ts';
import type { RangeLedger } from '../delivery/ports.ts';
import type { Brand } from '../distribution/brand.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { Correction, Edition, EditionId } from '../edition/edition.ts';
import type { EditionHolder, EditionReader, EditionWriter } from '../edition/ports.ts';
import type { NoticeKind } from '../edition/service-mail.ts';
import type { Pace } from '../incident-update/due-at.ts';
import type { IncidentUpdatesStore } from '../incident-update/ports.ts';
import type { EditionFragments } from '../mail/fragments.ts';
import type { ExternalStore } from '../notice/ports.ts';
import type { ReviewAbout } from '../notice/review-link.ts';
import type { Postmortem, PostmortemId } from '../postmortem/postmortem.ts';
import type { ListedPostmortem, StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { ReadershipDeps } from '../readership/read-readership.ts';
import type { RelevanceReader, SimilarStore } from '../relevance/ports.ts';
import type { RenditionReader } from '../rendition/renditions.ts';
import type { ReviewLists, ReviewStore } from '../review/ports.ts';
import type { Receipt } from '../review/receipt.ts';
import type { DriftStore, StoredDrift } from '../runbook/finding.ts';
import type { Instant } from '../shared/instant.ts';
import type { EditionStream, Realm, StreamName, UpdateStream } from '../stream/stream.ts';
import type { Slot } from '../subscriber/subscriber.ts';

/** What composing needs from the outside. */

/** How a postmortem stands, without its document. */
export interface Standing extends Pick<StoredPostmortem, 'revision' | 'hiddenIn' | 'material'> {
  readonly postmortem: Pick<Postmortem, 'status' | 'restricted'>;
}

export interface PostmortemIndex {
  /** Everything changed since an instant. May lag by a second. */
  changedSince(since: Date, now: Date): Promise<ListedPostmortem[]>;
  /** Consistent. */
  read(id: string): Promise<StoredPostmortem | undefined>;
  /**
   * What lists know of each of these now, without documents, because there may be a thousand.
   * Consistent. Leaves out those that do not exist.
   */
  listedOf(ids: readonly PostmortemId[]): Promise<ReadonlyMap<PostmortemId, ListedPostmortem>>;
  /** The document of one revision. Undefined if there is no such revision. */
  readRevision(id: PostmortemId, revision: number, hash: string): Promise<Postmortem | undefined>;
  /**
   * The editions that carried or named each of these, and its last material changes, without
   * documents, because there may be thousands. Consistent. Leaves out what came as history.
   */
  editionsOf(ids: readonly string[]): Promise<ReadonlyMap<string, Pick<StoredPostmortem, 'editions' | 'namedIn' | 'material'>>>;
  /**
   * Records that an edition carried the postmortem, only named it among the promises, or told that
   * it is awaited. Idempotent. Answers how the postmortem stood when that was written: whatever
   * changes it later sees the record. Undefined: nothing was written, because there is no such
   * postmortem, or because it is known that the edition missed it.
   */
  recordEdition(id: string, edition: EditionId, how: 'carried' | 'named' | 'awaited'): Promise<Standing | undefined>;
}

export interface FragmentWriter {
  /** Stores the fragments under their hash and returns what META needs to find them. Idempotent. */
  putContent(id: EditionId, fragments: EditionFragments): Promise<{ hash: string; parts: number }>;
}

/** The slots that readers of a stream hold or have held. */
export interface SlotRegistry {
  /**
   * Consistent: includes every slot whose row was written before this call. `since`: when its first
   * reader took it.
   */
  slots(stream: StreamName): Promise<{ readonly slot: Slot; readonly since: Instant }[]>;
}

export interface ComposeDeps extends RenditionReader {
  readonly distribution: () => Promise<Distribution | undefined>;
  readonly postmortems: PostmortemIndex;
  /**
   * Every action that may be told and is open, or was closed since an instant, each once: open ones
   * by due day, then closed ones in the order in which they were closed.
   */
  readonly actions: (since: Date, now: Date) => Promise<ActionRow[]>;
  /** Where leadership's reviews stand. The list lags by a second; one row is read consistently. */
  readonly reviews: Pick<ReviewLists, 'open' | 'closed'> & Pick<ReviewStore, 'read'>;
  /** To whom these matter, of those of which it is known by now. Nothing waits for it. */
  readonly relevance: RelevanceReader['readMany'];
  /** The same failure before. Asked only where `relevance` says that there is any. */
  readonly similar: SimilarStore['of'];
  /** How far postmortems were read. */
  readonly readership: Pick<ReadershipDeps, 'readings' | 'sizes'>;
  /** Every action of one postmortem. Consistent. */
  readonly actionRows: ActionLedger['list'];
  readonly editions: Pick<EditionReader, 'read'> &
    Pick<EditionWriter, 'create' | 'begin'> &
    Pick<EditionHolder, 'withhold' | 'correct'> &
    FragmentWriter;
  readonly registry: SlotRegistry;
  /** The zones that readers gave. */
  readonly zones: () => Promise<readonly string[]>;
  readonly updates: IncidentUpdatesStore;
  /** Says who may have an edition. Consistent. */
  readonly ranges: Pick<RangeLedger, 'read'>;
  readonly renderDigest: (content: DigestContent, brand?: Brand) => EditionFragments;
  readonly renderImpact: (content: ImpactMail, brand?: Brand) => EditionFragments;
  readonly renderImpactWeek: (content: ImpactWeekContent, brand?: Brand) => EditionFragments;
  readonly renderBrief: (content: BriefContent, brand?: Brand) => EditionFragments;
  readonly renderAlert: (content: AlertContent, brand?: Brand) => EditionFragments;
  readonly renderUpdate: (content: UpdateContent, brand?: Brand) => EditionFragments;
  /** Where notices to customers stand, and the sids of whoever the file names for them. */
  readonly externals: Pick<ExternalStore, 'read'>;
  readonly sids: () => Promise<SidsByAddress>;
  /** What the last check for drift found. */
  readonly drift: Pick<DriftStore, 'read'>;
  /** What the mail of a day about held incidents tells. */
  readonly heldMail: Pick<HeldMailStore, 'read'>;
  /**
   * `stream`: its title. Absent if the mail is not about a stream. `drift`, `held`, `receipt`,
   * `review`: what the kinds of these names tell of. `until`: when a hold ends, in words.
   */
  readonly renderService: (
    kind: NoticeKind,
    facts: {
      readonly organisation: string;
      readonly realm: Realm;
      readonly stream?: string;
      readonly drift?: StoredDrift;
      readonly held?: HeldFacts;
      readonly receipt?: ReceiptFacts | undefined;
      readonly review?:
        | (Omit<ReviewAbout, 'postmortem'> & { readonly postmortem?: PostmortemId | undefined; readonly until?: string | undefined })
        | undefined;
    },
    brand?: Brand,
  ) => EditionFragments;
  readonly renderReminders: (content: RemindersContent, brand?: Brand) => EditionFragments;
  readonly now: () => Date;
}

/** What storing an edition and starting it needs beside composing it. */
export interface StartDeps extends ComposeDeps {
  readonly editions: ComposeDeps['editions'] & Pick<EditionHolder, 'supersede'>;
  /** Sends the root ranges of these slots to the edition's lane. */
  readonly start: (edition: Edition, slots: readonly Slot[], delaySeconds: number) => Promise<void>;
  /** Has an incident looked at once more on a stream, after this time. */
  readonly lookAgain: (stream: UpdateStream, incident: PostmortemId, delaySeconds: number) => Promise<void>;
  /** The longest run of a function that writes profiles. */
  readonly profileWriterSeconds: number;
  /**
   * Longer than any run of `deliver`. An edition that supersedes another waits this long before its
   * first range is read (docs/adr/049).
   */
  readonly leaseSeconds: number;
  /** How long the changes of an incident settle before they are told. */
  readonly pace: Pace;
}

/** An edition in memory, to be stored or only shown. */
/** `title`: of the postmortem. Absent if it may not be told. */
export interface ReceiptFacts extends Receipt {
  readonly title?: string;
  /** From when decisions count, in words. */
  readonly from?: string;
}

export interface Composed {
  readonly id: string;
  readonly stream: EditionStream;
  readonly subject: string;
  /** For an alert: see Edition. */
  readonly alertsOf?: string;
  /**
   * The postmortem that the edition is about, if there is one. All mails about an incident share
   * one thread.
   */
  readonly incident?: PostmortemId | undefined;
  /** For a mail to customers: which version of which notice it is. */
  readonly notice?: Edition['notice'];
  readonly carried: readonly StoredPostmortem[];
  /** It shows a document that is not stored, so what is stored of its id withholds nothing. */
  readonly showsDraft?: boolean;
  /** What it says is right of earlier editions. */
  readonly corrects?: readonly Correction[];
  /** Told again, and no news. */
  readonly remembers?: readonly StoredPostmortem[];
  /** Told again to some teams alone, and no news. */
  readonly remindsTeams?: readonly StoredPostmortem[];
  /** What earlier editions told, and this one takes back without a name. */
  readonly takesBack?: readonly PostmortemId[];
  /** Undefined if there is nothing to report. Readers then get no mail. */
  readonly fragments: EditionFragments | undefined;
}

import type { AlertContent } from '../content/alert-content.ts';
import type { BriefContent } from '../content/brief-content.ts';
import type { DigestContent } from '../content/digest-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { Edition, EditionId } from '../edition/edition.ts';
import type { EditionHolder, EditionReader, EditionWriter } from '../edition/ports.ts';
import type { ServiceKind } from '../edition/service-mail.ts';
import type { EditionFragments } from '../mail/fragments.ts';
import type { PromisedAction } from '../postmortem/action.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { ListedPostmortem, StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { RenditionReader } from '../rendition/renditions.ts';
import type { Instant } from '../shared/instant.ts';
import type { EditionStream, Realm, StreamName } from '../stream/stream.ts';
import type { Slot } from '../subscriber/subscriber.ts';

/** What composing needs of the world. */

export interface PostmortemIndex {
  /** Everything changed since an instant; may lag by a second. */
  changedSince(since: Date, now: Date): Promise<ListedPostmortem[]>;
  /** Consistent. */
  read(id: string): Promise<StoredPostmortem | undefined>;
  /**
   * The editions that carried each of these, without their documents: there may be thousands.
   * Consistent.
   */
  editionsOf(ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Notes that an edition carried it, or only named it among the promises; twice is once. */
  recordEdition(id: string, edition: EditionId, how: 'carried' | 'named'): Promise<void>;
}

/** What beginning a wave writes. */
export type EditionStore = Pick<EditionWriter, 'begin'>;

export interface FragmentWriter {
  /**
   * Stores the fragments under their hash; answers what META needs to find them. The same fragments
   * twice are once.
   */
  putContent(id: EditionId, fragments: EditionFragments): Promise<{ hash: string; parts: number }>;
}

/** Which slots readers of a stream hold, or held. */
export interface SlotRegistry {
  /**
   * Consistent: a slot whose row was put before this call is in it. `since`: when its first reader
   * took it.
   */
  slots(stream: StreamName): Promise<{ readonly slot: Slot; readonly since: Instant }[]>;
}

export interface ComposeDeps extends RenditionReader {
  readonly distribution: () => Promise<Distribution | undefined>;
  readonly postmortems: PostmortemIndex;
  readonly openActions: () => Promise<PromisedAction[]>;
  /** Done, declined or withdrawn since an instant, in the order of closing. */
  readonly closedActions: (since: Date, now: Date) => Promise<PromisedAction[]>;
  readonly editions: Pick<EditionReader, 'read'> &
    Pick<EditionWriter, 'create' | 'begin'> &
    Pick<EditionHolder, 'withhold'> &
    FragmentWriter;
  readonly registry: SlotRegistry;
  /** Sends the root ranges of these slots to the edition's lane. */
  readonly start: (edition: Edition, slots: readonly Slot[], delaySeconds: number) => Promise<void>;
  readonly renderDigest: (content: DigestContent) => EditionFragments;
  readonly renderBrief: (content: BriefContent) => EditionFragments;
  readonly renderAlert: (content: AlertContent) => EditionFragments;
  /** `stream`: as people call it; absent where the mail is about none. */
  readonly renderService: (
    kind: ServiceKind,
    facts: { readonly organisation: string; readonly realm: Realm; readonly stream?: string },
  ) => EditionFragments;
  /** The longest run of a function that writes profiles. */
  readonly profileWriterSeconds: number;
  readonly now: () => Date;
}

/** An edition in memory: what it would say, to be stored or only looked at. */
export interface Composed {
  readonly id: string;
  readonly stream: EditionStream;
  readonly subject: string;
  /** Of an alert: see Edition. */
  readonly alertsOf?: string;
  /**
   * The postmortem that it is about, where it is about one: all mails about an incident thread
   * together.
   */
  readonly incident?: PostmortemId | undefined;
  readonly carried: readonly StoredPostmortem[];
  /** Undefined: there is nothing to tell, and readers are left alone. */
  readonly fragments: EditionFragments | undefined;
}

import type { ActionItem } from '../postmortem/postmortem.ts';
import type { Instant, Moment } from '../shared/instant.ts';
import type { Facts, InboundIncident } from './inbound-incident.ts';
import type { PollProgress } from './poll-progress.ts';
import type { Source } from './source.ts';

/** What a vendor's API answers. Adapters never throw for what a vendor does. */
export type Answer<T> =
  | { readonly kind: 'found'; readonly value: T }
  /** The vendor does not know it, or not for our token. */
  | { readonly kind: 'gone' }
  /** The vendor is busy or away. Ask again after these seconds. */
  | { readonly kind: 'later'; readonly seconds: number }
  /** The vendor does not let us: an HTTP status that asking again does not change. */
  | { readonly kind: 'refused'; readonly status: number };

/** All that the API says of one incident. */
export interface Looked {
  /** Each seen by `api`, with the vendor's instant. A test or an exercise is `ignored`. */
  readonly facts: Facts;
  /** Markdown. Absent: there is no text that the API gives. */
  readonly body?: string;
  /** When the document was finished. Absent: that is the instant of its status. */
  readonly finishedAt?: Instant;
  readonly services: readonly string[];
  readonly times: {
    readonly startedAt?: Moment;
    readonly detectedAt?: Moment;
    readonly mitigatedAt?: Moment;
    readonly resolvedAt?: Moment;
  };
  /**
   * When somebody declared the incident at the vendor; the vendor never changes it. Absent: nobody
   * says, or the incident was written up afterwards, so that this is no time of it.
   */
  readonly declaredAt?: Instant;
  readonly actions: readonly VendorAction[];
}

/** An action item as a vendor has it. */
export interface VendorAction extends Pick<ActionItem, 'title' | 'status'> {
  readonly id?: string;
  readonly link?: string;
  readonly due?: string;
  /** The address of whom it is assigned to. */
  readonly assignee?: string;
}

export interface Vendor {
  /** At most four calls. `gone`: the vendor does not know the incident itself. */
  look(ref: string): Promise<Answer<Looked>>;
  /**
   * Incidents that changed since then, in any order and maybe some others: one page of them, by one
   * call. `page`: the one that an earlier page named as the next. Absent: the first.
   */
  changedSince(since: Instant, page?: string): Promise<Answer<ChangedPage>>;
}

export interface ChangedPage {
  readonly refs: readonly string[];
  /** Absent: this is the last page. */
  readonly next?: string;
}

export interface InboundStore {
  read(source: Source, ref: string): Promise<InboundIncident | undefined>;
  /**
   * False if somebody else wrote it since it was read. `incident.version` is the one that was read.
   */
  put(incident: InboundIncident): Promise<boolean>;
  /** The vendor's ids of all that have a `since`, the earliest first: each poll looks at them. */
  held(source: Source): Promise<readonly string[]>;
  /**
   * What is held of all sources, the earliest first: at most `limit`, after a place
   * `<since>#<source>#<ref>`. A page that has a `next` may have fewer, or none.
   */
  heldPage(limit: number, after?: string): Promise<HeldPage>;
}

export interface HeldPage {
  readonly held: readonly InboundIncident[];
  /** The place of the last one. Absent: this is the last page. */
  readonly next?: string;
}

export interface Watermarks {
  read(source: Source): Promise<Instant | undefined>;
  /** Never goes back. */
  advance(source: Source, to: Instant): Promise<void>;
  /** How far a poll came that its vendor stopped. Undefined: no poll waits to go on. */
  kept(source: Source): Promise<PollProgress | undefined>;
  /** Undefined: forgets it. */
  keep(source: Source, progress: PollProgress | undefined): Promise<void>;
}

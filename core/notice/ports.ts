import type { Hash } from '../approval/approval-request.ts';
import type { EditionFragments } from '../mail/fragments.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';
import type { External, PublicId } from './external.ts';
import type { ListedExternal } from './listed-external.ts';
import type { NoticeContent } from './notice-content.ts';

/** What somebody is asked to approve: exactly what customers would get. */
export interface Artefact {
  readonly content: NoticeContent;
  readonly fragments: EditionFragments;
  /** What the lint found. It quotes the text, so no log, mail or post has it. */
  readonly remarks: readonly Remark[];
}

/** A finding of the lint. `refuse`: it must not leave. `look`: each approver ticks it by hand. */
export interface Remark {
  /** The rule and what it found: stable, so that a tick stays with it. */
  readonly id: string;
  readonly rule: string;
  readonly level: 'refuse' | 'look';
  /** Where: `title`, `body` or `change`. */
  readonly part: 'title' | 'body' | 'change';
  /** The text that was found, as it stands there. */
  readonly found: string;
  /** One sentence: what to do. */
  readonly remedy: string;
}

export interface ExternalLists {
  /** Those with something due, by when that is. May lag by a second. */
  open(limit: number): Promise<ListedExternal[]>;
  /** All whose approvers are asked now, whatever else waits. May lag by a second. */
  asked(): Promise<ListedExternal[]>;
  /** Those due by an instant, the longest due first. */
  due(now: Date, limit: number): Promise<ListedExternal[]>;
  /**
   * Whether something was due by an instant, also of a row that a later release wrote: `sweep` asks
   * for it again each minute. Consistent.
   */
  isDue(postmortem: PostmortemId, now: Date): Promise<boolean>;
  /** Those that rest and were changed since an instant, the last changed first. */
  resting(since: Date, now: Date): Promise<ListedExternal[]>;
}

export interface ExternalStore {
  /** Consistent. 'unknown': a later release wrote it. */
  read(postmortem: PostmortemId): Promise<External | 'unknown' | undefined>;
  /**
   * Puts it with its `version` counted up, in the list of what is due at `dueAt`, or in none. False
   * if somebody else wrote it since it was read: nothing changed.
   */
  put(external: External, dueAt: Instant | undefined): Promise<boolean>;
}

export interface Artefacts {
  /** Stores it, if it is not stored. Returns its hash and that of its mail: see mailHashOf. */
  put(postmortem: PostmortemId, artefact: Artefact): Promise<{ readonly artefact: Hash; readonly mail: Hash }>;
  /** Undefined if a part is missing or differs from its hash. `mail`: the hash of its mail. */
  read(postmortem: PostmortemId, artefact: Hash): Promise<(Artefact & { readonly mail: Hash }) | undefined>;
}

/**
 * What the current version of a notice is. `unseen`: it was withdrawn before anybody could see it.
 */
export type PublicStanding = 'public' | 'withdrawn' | 'unseen';

export interface PublicNotice {
  readonly publicId: PublicId;
  readonly version: number;
  readonly standing: PublicStanding;
  /** When it was first public. */
  readonly publishedAt: Instant;
  /** When this version came. */
  readonly at: Instant;
}

export interface NoticeVersion {
  readonly version: number;
  readonly at: Instant;
  /** Absent: this version is a withdrawal. */
  readonly content?: NoticeContent | undefined;
  /** The hash of the mail that was approved. `deliver` sends nothing else. */
  readonly mailHash?: Hash | undefined;
}

/** What customers can read. Written by `compose` alone. */
export interface PublicNotices {
  /** Consistent. */
  read(publicId: PublicId): Promise<PublicNotice | undefined>;
  readVersion(publicId: PublicId, version: number): Promise<NoticeVersion | undefined>;
  /** Stores it once. The second time changes nothing. */
  putVersion(publicId: PublicId, version: NoticeVersion): Promise<void>;
  /**
   * Makes it current, if its version is higher than that of the current one, and if that one is
   * still `over` (undefined: none). False: it is not; nothing changed.
   */
  show(notice: PublicNotice, over: PublicNotice | undefined): Promise<boolean>;
  /** The newest first, withdrawn ones among them; unseen ones not. May lag by a second. */
  list(limit: number): Promise<PublicNotice[]>;
}

/** The mail of a withdrawal, which nobody approves. Written by `compose` alone. */
export interface WithdrawalMails {
  /**
   * Notes the mail of a withdrawn version, if none is noted. Answers the one that is noted: of two
   * who make it at once, or one after the other, the first decides.
   */
  note(publicId: PublicId, version: number, mail: StoredMail): Promise<StoredMail>;
}
export interface StoredMail {
  readonly hash: Hash;
  /** In how many parts it is stored. */
  readonly parts: number;
}

/** Finds secrets in a text. It throws if it could not look. */
export interface SecretFinder {
  find(text: string): Promise<readonly { readonly found: string; readonly what: string }[]>;
}

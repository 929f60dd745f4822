import { type Flaw, Refused } from '../../shared/errors.ts';
import type { Postmortem } from '../postmortem.ts';
import type { innerNames } from './field-names.ts';
import type { MomentContext } from './moments/moments.ts';

/** One value as it was sent, and the dotted path by which the sender knows it. */
export interface SentField {
  readonly value: unknown;
  readonly as: string;
  /** The name is in no list of ours. Such a value is dropped rather than refused. */
  readonly isLikely?: true;
}
/** A field with an unknown key, and the kind of object that contains it. */
export interface UnknownField extends SentField {
  readonly shape: Shape;
}
export type Shape = '' | keyof typeof innerNames;

/**
 * A place outside the fields that are read, where a document says that not everybody may see it.
 */
export interface RestrictionMark {
  /** The words, quoted for the author. */
  readonly quote: string;
  /**
   * It says so plainly: `Visibility: private`. If not, it may mean something else, and a plain
   * `restricted: false` takes precedence.
   */
  readonly isPlain: boolean;
}

/** A value that stands in a body and was not understood. */
export interface UnreadValue {
  readonly field: string;
  /** Label and value, as a warning may quote them. */
  readonly written: string;
  /** The end of a sentence that begins with the quotation: "is no severity here". */
  readonly why: string;
}

/**
 * Collects what is found while one document is read, so that all of it is reported at once. Use a
 * new one for each document.
 */
export interface Reading {
  readonly flaws: Flaw[];
  readonly warnings: string[];
  /** Where the document says outside its fields that it is restricted. */
  readonly marks: RestrictionMark[];
  /** What is written for a field and could not be read. */
  readonly unread: UnreadValue[];
  /** A line in which the name of a severity stands beside a word for severity. */
  severityLine?: string;
  /** Fields with keys that we know and do not use. They are kept as text. */
  readonly noted: UnknownField[];
  /** Fields with keys that we do not know. They are kept as text. */
  readonly unknown: UnknownField[];
  /** How the fields were written. A tool's JSON has members that only a program uses. */
  readonly source: 'json' | 'markdown';
  /**
   * The field that a member with an unlisted name most likely is. `find` knows the listed names.
   */
  readonly likelyField?: (shape: Shape, name: string, value: unknown, find: (name: string) => string | undefined) => string | undefined;
  /** The reference for days without a year and for "in the future". */
  readonly now: Date;
  /** IANA zone of the organisation, in which times without a zone are read. */
  readonly zone: string;
  /** What the document says elsewhere about how its dates are to be read. */
  dates: Pick<MomentContext, 'near' | 'order' | 'stated'>;
}

export const newReading = ({ now, zone = 'UTC' }: { now: Date; zone?: string }, source: Reading['source']): Reading => ({
  flaws: [],
  warnings: [],
  marks: [],
  unread: [],
  noted: [],
  unknown: [],
  source,
  now,
  zone,
  dates: {},
});

/** Throws `Refused` with all flaws found. Does nothing if there are none. */
export function refuseFlawed(reading: Reading): void {
  if (reading.flaws.length > 0) throw new Refused('content', reading.flaws.slice(0, mostFlaws));
}
const mostFlaws = 50;

/** The text is not in the format that it claims to be. */
export const unreadable = (problem: string, remedy: string, position: { line?: number; column?: number } = {}): Refused =>
  new Refused('unreadable', [{ field: '', problem, remedy, ...position }]);

/** A value that was recognised, and where. */
export interface Recognised {
  /** In words for the author: "start". */
  readonly what: string;
  /** As it is stored; a zone that was assumed is named behind it. */
  readonly value: string;
  /** `the table below "Metadata"`. */
  readonly from: string;
}
/** What the author is told of the reading. */
export interface Account {
  readonly recognised: readonly Recognised[];
  /** What a good postmortem has and this one has not, or what could not be read. */
  readonly missing: readonly string[];
  /** The one change that would help most. Absent if nothing is missing. */
  readonly advice?: string;
}

/** What a producer sent, read and understood. */
export interface ReadPostmortem extends Account {
  /** Complete except for what only intake knows: `publishedAt` if the author gave none. */
  readonly postmortem: Postmortem;
  /**
   * Canonical names of the recognised sections, in document order: summary, impact, timeline, cause
   * …
   */
  readonly sections: readonly string[];
  /** Sentences for the author about what was guessed, unknown or left out. Few and useful. */
  readonly warnings: readonly string[];
}

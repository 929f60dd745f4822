import { type Flaw, Refused } from '../../shared/errors.ts';
import type { Postmortem } from '../postmortem.ts';
import type { innerNames } from './field-names.ts';

/** One value as it was sent, and the dotted path under which the sender knows it. */
export interface SentField {
  readonly value: unknown;
  readonly as: string;
}
/** A key that stands for nothing, and the kind of object that it stands in. */
export interface UnknownField extends SentField {
  readonly shape: Shape;
}
export type Shape = '' | keyof typeof innerNames;

/**
 * A place in a text, outside the fields that are read, where it says that not everybody may see it.
 */
export interface RestrictionMark {
  /** The words, for its author. */
  readonly quote: string;
  /**
   * It says so plainly, `Visibility: private`. Else something else may be meant, and a plain
   * `restricted: false` outweighs it.
   */
  readonly isPlain: boolean;
}

/**
 * What came up while one document was read. One for each document; everything found is told at
 * once.
 */
export interface Reading {
  readonly flaws: Flaw[];
  readonly warnings: string[];
  /** Where the document says outside its fields that it is restricted. */
  readonly marks: RestrictionMark[];
  /** What stands under keys that mean nothing to us. */
  readonly unknown: UnknownField[];
  /** What becomes of those keys. */
  readonly unknownKeys: 'refuse' | 'report';
  /** Dates without a year, and "in the future", are told from here. */
  readonly now: Date;
}

export const newReading = (now: Date, unknownKeys: Reading['unknownKeys']): Reading => ({
  flaws: [],
  warnings: [],
  marks: [],
  unknown: [],
  unknownKeys,
  now,
});

/** Throws `Refused` with everything that was found, or does nothing. */
export function refuseFlawed(reading: Reading): void {
  if (reading.flaws.length > 0) throw new Refused('content', reading.flaws.slice(0, mostFlaws));
}
const mostFlaws = 50;

/** The text cannot be read as what it claims to be. */
export const unreadable = (problem: string, remedy: string, position: { line?: number; column?: number } = {}): Refused =>
  new Refused('unreadable', [{ field: '', problem, remedy, ...position }]);

/** What a producer sent, read and understood. */
export interface ReadPostmortem {
  /** Complete but for what only intake knows: `publishedAt` where the author gave none. */
  readonly postmortem: Postmortem;
  /**
   * Canonical names of the sections that were recognised, in document order: summary, impact,
   * timeline, cause …
   */
  readonly sections: readonly string[];
  /** Sentences for the author: what was guessed, unknown or left out. Few and useful. */
  readonly warnings: readonly string[];
}

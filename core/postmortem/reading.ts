import { type Flaw, Refused } from '../shared/errors.ts';
import type { RestrictionMark } from './restriction-marks.ts';
import type { UnknownField } from './sent-fields.ts';

/** What came up while one document was read. One for each document; everything found is told at once. */
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

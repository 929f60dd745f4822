import * as z from 'zod';
import { EditionId, type Tally } from '../edition/edition.ts';
import { Slot, type SubscriberId } from '../subscriber/subscriber.ts';
import type { Doubted, Outcomes } from './outcome.ts';

const sidBits = 128;

/**
 * Subscribers of a slot with ids that begin with these bits. The empty prefix is everybody. This is
 * all that a delivery message says.
 */
export const Range = z.strictObject({ edition: EditionId, slot: Slot, prefix: z.string().regex(/^[01]{0,128}$/) });
export type Range = z.infer<typeof Range>;

export const rootOf = (edition: EditionId, slot: Slot = 'default'): Range => ({ edition, slot, prefix: '' });
export const halvesOf = (range: Range): [Range, Range] => [
  { ...range, prefix: `${range.prefix}0` },
  { ...range, prefix: `${range.prefix}1` },
];
export const parentOf = (range: Range): { parent: Range; half: '0' | '1' } | undefined =>
  range.prefix === ''
    ? undefined
    : { parent: { ...range, prefix: range.prefix.slice(0, -1) }, half: range.prefix.endsWith('1') ? '1' : '0' };

const hex = (bits: string) =>
  bits
    .match(/.{4}/g)
    ?.map((four) => Number.parseInt(four, 2).toString(16))
    .join('') ?? '';

/** First and last id of a range, both included. */
export const boundsOf = (prefix: string): { first: SubscriberId; last: SubscriberId } => ({
  first: hex(prefix.padEnd(sidBits, '0')),
  last: hex(prefix.padEnd(sidBits, '1')),
});

/** A range with a decided shape. The shape never changes, so that nobody is in two ranges. */
export type RangeRow = Split | Leaf;

export interface Split {
  readonly shape: 'split';
  readonly tallies: Readonly<Partial<Record<'0' | '1', Tally>>>;
}

export interface Leaf {
  readonly shape: 'leaf';
  /** Raised by every write to the row. Zero: there is no row yet. */
  readonly version: number;
  /** The worker that may send. Each claim brings a new token. */
  readonly owner: string;
  /** Milliseconds since 1970. Zero once released. */
  readonly leaseEndsAt: number;
  /**
   * A message for it is on its way until then (milliseconds since 1970). Until then `sweep` leaves
   * it alone.
   */
  readonly expectedBy: number;
  /** Counts the writes of one owner, to tell our own landed write from somebody else's. */
  readonly step: number;
  /** 'settling': everybody has an outcome, and the doubts among them wait for evidence. */
  readonly state: 'open' | 'settling' | 'done';
  /**
   * Milliseconds since 1970. While settling: when the doubts are looked at. In a leaf that was done
   * and is open again: since when. Else zero.
   */
  readonly settlesAt: number;
  /**
   * While settling: evidence was asked for every doubt, and second copies wait for a brake.
   * Evidence that comes later corrects the outcome.
   */
  readonly isAsked: boolean;
  /** Attempts by subscriber that are about to be sent, or sent with an unknown outcome. */
  readonly submitting: Readonly<Record<SubscriberId, Submitted>>;
  readonly outcomes: Outcomes;
  /**
   * Readers who were refused for a reason that may be theirs or everybody's, and when first
   * (milliseconds since 1970). They are tried again.
   */
  readonly denied: Readonly<Record<SubscriberId, number>>;
}

/** Kept for a mail that may have left before its outcome is known. */
export type Submitted = Doubted;

/** The tally of a split, once both halves have one. Its version is the sum of theirs. */
export const tallyOfSplit = (row: Split, add: (a: Tally['counts'], b: Tally['counts']) => Tally['counts']): Tally | undefined => {
  const { 0: left, 1: right } = row.tallies;
  return left && right && { version: left.version + right.version, counts: add(left.counts, right.counts) };
};

import * as z from 'zod';
import { EditionId, type Tally } from '../edition/edition.ts';
import { Slot, type SubscriberId } from '../subscriber/subscriber.ts';
import type { Doubted, Outcomes } from './outcome.ts';

/** More people than this in a range make it split. */
export const leafSize = 50;

const sidBits = 128;

/** The subscribers of a slot whose id begins with a bit prefix; the empty prefix is everyone. All that a delivery message says. */
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

/** First and last sid of a range, both included. */
export const boundsOf = (prefix: string): { first: SubscriberId; last: SubscriberId } => ({
  first: hex(prefix.padEnd(sidBits, '0')),
  last: hex(prefix.padEnd(sidBits, '1')),
});

/** A range whose shape was decided. The shape never changes: that is what keeps a person out of two ranges. */
export type RangeRow = Split | Leaf;

export interface Split {
  readonly shape: 'split';
  readonly tallies: Readonly<Partial<Record<'0' | '1', Tally>>>;
}

export interface Leaf {
  readonly shape: 'leaf';
  /** Raised by every write to the row. */
  readonly version: number;
  /** Who may send; a new claim brings a new token. */
  readonly owner: string;
  /** Milliseconds since 1970; zero once released. */
  readonly leaseEndsAt: number;
  /** A message for it is on its way until then (milliseconds since 1970): before that `sweep` leaves it alone. */
  readonly expectedBy: number;
  /** Counts the writes of one owner: tells our own landed write from somebody else's. */
  readonly step: number;
  /** 'settling': everybody has an outcome, but some are in doubt and wait for evidence. */
  readonly state: 'open' | 'settling' | 'done';
  /** While settling: when the doubts are looked at (milliseconds since 1970). Of a leaf that was done and is open again: since when. Else zero. */
  readonly settlesAt: number;
  /** While settling: evidence was asked for every doubt; whoever is to be sent to once more waits for a brake, and later evidence heals. */
  readonly isAsked: boolean;
  /** About to be sent, or sent and not yet known: attempt by subscriber. */
  readonly submitting: Readonly<Record<SubscriberId, Submitted>>;
  readonly outcomes: Outcomes;
  /** Who was refused for a reason that may be theirs or everybody's, and when first (milliseconds since 1970): they are tried again. */
  readonly denied: Readonly<Record<SubscriberId, number>>;
}

/** What has to be kept of a mail that may have left before its outcome is known. */
export type Submitted = Doubted;

/** The tally of a split once both halves have one; its version is the sum of theirs. */
export const tallyOfSplit = (row: Split, add: (a: Tally['counts'], b: Tally['counts']) => Tally['counts']): Tally | undefined => {
  const { 0: left, 1: right } = row.tallies;
  return left && right && { version: left.version + right.version, counts: add(left.counts, right.counts) };
};

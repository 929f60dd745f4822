import type { Moment, PlainDate } from '../../../shared/instant.ts';
import { readWrittenInstant } from './dates.ts';

/** What is needed to read a time as people write it. */
export interface MomentContext {
  /** IANA zone of the organisation, in which times without a zone are read. */
  readonly zone: string;
  /** A day without a year is the first such day from this instant on. */
  readonly since: Date;
  /** The day of a text that is only a time of day. */
  readonly day?: PlainDate;
}

/**
 * What a text says about when something was. `moments`: a time or a range. `unclear`: it looks like
 * a time but may mean several things, or nothing; `why` says so to the author. `none`: the text is
 * no time.
 */
export type ReadMoments =
  | {
      readonly kind: 'moments';
      readonly start: Moment;
      readonly end?: Moment;
      /** Where the zone of the times comes from. `none`: only days. */
      readonly zone: 'written' | 'assumed' | 'none';
    }
  | { readonly kind: 'unclear'; readonly why: string }
  | { readonly kind: 'none' };

/** Reads a text that is nothing but a time or a range. */
export function readMoments(text: string, _context: MomentContext): ReadMoments {
  const start = readWrittenInstant(text);
  if (start === undefined) return { kind: 'none' };
  return /\d:\d\d/.test(text) ? { kind: 'moments', start, zone: 'written' } : { kind: 'moments', start: start.slice(0, 10), zone: 'none' };
}

import type { SeverityAliases } from '../classification-words.ts';
import type { DateOrder } from '../moments/moments.ts';
import type { WrittenZone } from '../moments/zones.ts';
import type { SentField } from '../reading.ts';

/** A field and its value, read from a body. */
export interface Fact {
  readonly field: string;
  readonly sent: SentField;
  /** Where it was found, in words for the author: `the table below "Metadata"`. */
  readonly place?: string;
  /** How far the place can be trusted, 0 to 100. Of two values the more trusted one wins. */
  readonly trust?: number;
  /** The Markdown as written, kept as text if the stored value does not have all its words. */
  readonly source?: string;
  /** The zone that was assumed for a time without one. */
  readonly zone?: string;
  /** Why the value could not be read, for the author. Such a fact has no value. */
  readonly unread?: string;
}

/** What is needed to read names, severities and times. */
export interface ReadingContext {
  readonly aliases: SeverityAliases;
  /** IANA zone of the organisation, in which times without a zone are read. */
  readonly zone: string;
  /** A day without a year is the first such day from this instant on. */
  readonly since: Date;
  /** The instant that the document itself gives. A day without a year is the nearest to it. */
  readonly near?: Date;
  /** Which number is the day in other dates of the document. */
  readonly order?: DateOrder;
  /** The zone that the document states for all its times. */
  readonly stated?: WrittenZone;
}

/** The field of a line that is kept and not understood. */
export const furtherLine = 'further';

/** How far each kind of place can be trusted. See docs/adr/040. */
export const trusts = {
  sent: 100,
  /**
   * A label with a time; the same with a day only; `Date`, which may be the document's, with and
   * without a time.
   */
  time: 90,
  day: 80,
  bareTime: 75,
  bareDay: 70,
  label: 80,
  heading: 70,
  title: 50,
  timeline: 45,
  prose: 40,
  /** A timeline whose day stands elsewhere. */
  clocks: 36,
} as const;
/** A label below a heading that we do not know may be about something else. */
export const unknownHeadingCosts = 15;

import type { Moment, PlainDate } from '../../../shared/instant.ts';
import type { WrittenZone } from './zones.ts';

/** Which of the two numbers of `11/12/2026` is the day. */
export type DateOrder = 'day first' | 'month first';

/** What is needed to read a time as people write it. */
export interface MomentContext {
  /** IANA zone of the organisation, in which times without a zone are read. */
  readonly zone: string;
  /**
   * The day of a text that is only a time of day. A day without a year is the nearest to it.
   */
  readonly day?: PlainDate;
  /**
   * A day without a year is the one nearest to this instant. Only something that the document says,
   * such as its publication: today would be a guess. Without it such a day is unclear.
   */
  readonly near?: Date;
  /** The zone that the document states for all its times. */
  readonly stated?: WrittenZone;
  /** As other dates of the same document are written. Without it `11/12/2026` is unclear. */
  readonly order?: DateOrder;
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
      /** What the author should know: a wrong weekday, a zone with several meanings. */
      readonly remark?: string;
    }
  | { readonly kind: 'unclear'; readonly why: string }
  | { readonly kind: 'none' };

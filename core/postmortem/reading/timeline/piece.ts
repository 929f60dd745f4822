import type { LeadingTime } from './leading-time.ts';

/** What a timeline is made of, in the order of its Markdown. */
export type Piece =
  /** Something that happened at a time. `event` is empty if the time stands alone. */
  | { readonly kind: 'time'; readonly time: EntryTime; readonly event: string; readonly alone: boolean }
  /** Something that happened, without a time. */
  | { readonly kind: 'note'; readonly event: string }
  /** A list without any time: entries, or the text of the time that stands above it. */
  | { readonly kind: 'list'; readonly events: readonly string[]; readonly source: string }
  | { readonly kind: 'text'; readonly source: string };

export type EntryTime = Pick<LeadingTime, 'written' | 'day' | 'clock' | 'zoned'>;

export interface PieceContext {
  readonly markdown: string;
  /** The time that a line begins with. */
  timeOf(line: string): LeadingTime | undefined;
}

import type { Fact, ReadingContext } from './facts/fact.ts';
import type { HeadingMeaning } from './headings/heading-map.ts';

/** The text of a heading, its meaning, and what is needed to read it. */
export interface HeadedText extends ReadingContext {
  readonly heading: string;
  readonly body: string;
  readonly meaning: HeadingMeaning | undefined;
}
/**
 * What was read from a text, and the Markdown that was not understood and stays under its heading.
 */
export interface Taken {
  readonly facts: readonly Fact[];
  readonly rest: string;
  /** Sections below it that turned out to be about something else. */
  readonly others?: readonly { readonly heading: string; readonly body: string }[];
}

/** The fact that a text states the value of a field. */
export const factAt = ({ heading }: HeadedText, field: string, value: unknown): Fact => ({ field, sent: { value, as: heading } });

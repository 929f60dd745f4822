import type { SeverityAliases } from './classification-words.ts';
import type { Fact } from './facts/read-facts.ts';
import type { HeadingMeaning } from './headings/heading-map.ts';

/** The text of a heading, its meaning, and what is needed to read it. */
export interface HeadedText {
  readonly heading: string;
  readonly body: string;
  readonly meaning: HeadingMeaning | undefined;
  readonly aliases: SeverityAliases;
  /** IANA zone of the organisation, in which times without a zone are read. */
  readonly zone: string;
  /** A day without a year is the first such day from this instant on. */
  readonly since: Date;
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

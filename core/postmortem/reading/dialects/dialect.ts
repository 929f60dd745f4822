import type { ReadHeading } from '../headings/heading-map.ts';

/** A way of writing that is not Markdown, or that adds signs of its own to it. */
export interface Dialect {
  /**
   * Whether a document is written so. Only several signs at the beginnings of lines count, so that
   * a Markdown document that merely contains one of them stays as it is.
   */
  readonly recognise: (lines: readonly string[], read: ReadHeading) => boolean;
  /**
   * The same document in Markdown. Every word stays; only marks and the names of settings go. Takes
   * time in proportion to the length.
   */
  readonly toMarkdown: (lines: readonly string[], read: ReadHeading) => string[];
}

import type { ReadHeading } from '../headings/heading-map.ts';
import { asciidoc } from './asciidoc.ts';
import type { Dialect } from './dialect.ts';
import { mail } from './mail.ts';
import { org } from './org.ts';

/**
 * What wraps a document comes before what it is written in, and that before what may stand in
 * Markdown. A new dialect is a file and a row.
 */
const dialects: readonly Dialect[] = [mail, org, asciidoc];

/**
 * A document in Markdown, whatever it was written in. One in Markdown is returned as it is. Takes
 * time in proportion to the length.
 */
export function inMarkdown(text: string, read: ReadHeading): string {
  const lines = text.split('\n');
  const written = dialects.reduce<readonly string[]>(
    (before, { recognise, toMarkdown }) => (recognise(before, read) ? toMarkdown(before, read) : before),
    lines,
  );
  return written === lines ? text : written.join('\n').replace(/\n{3,}/g, '\n\n');
}

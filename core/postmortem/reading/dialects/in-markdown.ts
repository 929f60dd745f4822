import type { ReadHeading } from '../headings/heading-map.ts';
import { admonitions } from './admonitions.ts';
import { asciidoc } from './asciidoc.ts';
import { chatAndNotes } from './chat-and-notes.ts';
import type { Dialect } from './dialect.ts';
import { jiraExport } from './jira-export.ts';
import { gridTables, tabbedLabels } from './label-rows.ts';
import { textLines } from './lines.ts';
import { mail } from './mail.ts';
import { mediawiki } from './mediawiki.ts';
import { oneColumnTables } from './one-column-tables.ts';
import { org } from './org.ts';
import { outline } from './outline.ts';
import { plainText } from './plain-text.ts';
import { restructuredText } from './restructured-text.ts';
import { wikiMarkup } from './wiki-markup.ts';

/**
 * What a text is written in comes before what it stands in, a mail or an export: that writes
 * headings of Markdown. What may stand in Markdown comes last. A new dialect is a file and a row.
 */
const dialects: readonly Dialect[] = [
  org,
  asciidoc,
  restructuredText,
  mediawiki,
  wikiMarkup,
  mail,
  jiraExport,
  outline,
  admonitions,
  gridTables,
  tabbedLabels,
  oneColumnTables,
  chatAndNotes,
  plainText,
];

/**
 * A document in Markdown, whatever it was written in. One in Markdown is returned as it is. Takes
 * time in proportion to the length.
 */
export function inMarkdown(text: string, read: ReadHeading): string {
  const lines = text.split('\n');
  const written = dialects.reduce<readonly string[]>(
    (before, { recognise, toMarkdown }) => (recognise(textLines(before), read) ? toMarkdown(before, read) : before),
    lines,
  );
  return written === lines ? text : written.join('\n').replace(/\n{3,}/g, '\n\n');
}

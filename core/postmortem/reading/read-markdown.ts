import { Refused } from '../../shared/errors.ts';
import { cleanText } from '../hidden-characters.ts';
import { forgetBlocks } from './body-blocks.ts';
import { refuseUnreadableText } from './clean-text.ts';
import { inMarkdown } from './dialects/in-markdown.ts';
import { openEnvelopes } from './envelopes.ts';
import type { Fact } from './facts/fact.ts';
import { takeForeignKeys } from './facts/foreign-keys.ts';
import { withDateOfPost } from './facts/publication-date.ts';
import { severityLineIn } from './facts/severity-line.ts';
import { finishPostmortem, type Given } from './finish-postmortem.ts';
import { partMarkdown } from './front-matter.ts';
import { headingReader, sectionsOf } from './headings/heading-map.ts';
import { keptHeadings } from './headings/kept-headings.ts';
import { orderOfLanguage } from './headings/order-of-language.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';
import { markdownFlaws } from './markdown-limits.ts';
import { orderOfDates, readInstant } from './moments/dates.ts';
import { readBody } from './read-body.ts';
import { newReading, type Reading, type ReadPostmortem } from './reading.ts';
import { marksInFields, marksOfNotice, restrictionMarks } from './restriction/restriction-marks.ts';
import { type SentFields, saysSomething, takeFields } from './sent-fields.ts';
import { asStatusPage } from './status-pages.ts';
import { zoneOfDocument } from './timeline/stated-zone.ts';

/**
 * Reads a postmortem written in Markdown, with or without front matter in YAML or TOML, under the
 * headings of any known template or of none. Front matter takes precedence over the body. Throws
 * `Refused` with everything that is wrong. Never takes only a part.
 */
export function readMarkdown(text: string, given: Given): ReadPostmortem {
  const reading = newReading(given, 'markdown');
  const { fields, facts, sections } = factsOfMarkdown(text, new Map(), given, reading);
  return { ...finishPostmortem(fields, facts, given, reading), sections };
}

/**
 * The fields of the front matter of a Markdown text, the facts of its body, and the names of its
 * recognised sections. `outer`: fields that were sent beside the text. They take precedence.
 */
export function factsOfMarkdown(
  text: string,
  outer: SentFields,
  given: Given,
  reading: Reading,
): { fields: SentFields; facts: readonly Fact[]; sections: readonly string[] } {
  refuseUnreadableText(text);
  const { frontMatter, body, comments } = partMarkdown(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
  const headings = headingReader(given.headings);
  const written = htmlToMarkdown(cleanText(body).replace(head, ''));
  const clean = inMarkdown(written, headings);
  const heavy = markdownFlaws([clean]);
  if (heavy.length > 0) throw new Refused('content', heavy);

  reading.marks.push(...marksInFields(frontMatter), ...comments.flatMap(marksOfNotice), ...restrictionMarks(clean));
  if (clean !== written) reading.marks.push(...restrictionMarks(written));
  const levels = openEnvelopes(frontMatter).map((level) => asStatusPage(level, given.aliases, reading));
  const known = joined(outer, withDateOfPost(takeFields(levels, reading), Object.keys(frontMatter)));
  const said = new Set([...known].filter(([, sent]) => sent.some(saysSomething)).map(([field]) => field));
  const severityLine = severityLineIn(clean);
  if (severityLine !== undefined) reading.severityLine = severityLine;
  const near = dateOf(known);
  const order = orderOfDates(clean, orderOfLanguage(clean));
  const stated = zoneOfDocument(clean);
  reading.dates = { ...(near && { near }), ...(order && { order }), ...(stated && { stated }) };
  const context = { aliases: given.aliases, zone: given.zone ?? 'UTC', since: near ?? given.now, ...reading.dates };
  const ofOtherLanguages = takeForeignKeys(reading.unknown, known, context);
  const fromBody = readBody(clean, {
    ...context,
    headings,
    title: String(known.get('title')?.[0]?.value ?? ''),
    given: said,
  });
  forgetBlocks();
  const sections = [...new Set([...sectionsOf(said), ...fromBody.recognised])];
  reading.warnings.push(...keptHeadings(fromBody.kept, sections));
  return { fields: known, facts: [...ofOtherLanguages, ...fromBody.facts], sections };
}

/**
 * The day from which "4 December" is counted, of publication or of the incident, if a field gives
 * one.
 */
function dateOf(fields: SentFields): Date | undefined {
  const written = [...(fields.get('publishedAt') ?? []), ...(fields.get('startedAt') ?? [])].map(({ value }) => readInstant(String(value)));
  const instant = written.find((date) => date !== undefined);
  return instant === undefined ? undefined : new Date(instant);
}

/** The values of both, the first ones before the others. */
const joined = (first: SentFields, others: SentFields): SentFields =>
  new Map(
    [...new Set([...first.keys(), ...others.keys()])].map((field) => [field, [...(first.get(field) ?? []), ...(others.get(field) ?? [])]]),
  );

/** What a file of HTML or MDX begins with for programs: its type, and the modules that it uses. */
const head =
  /^\s*(?:<!doctype[^<>]{0,200}>\s*)?(?:(?:import\s[^\n]{1,300}\sfrom\s+["'][^"'\n]{1,200}["'];?|export\s+const\s[^\n]{1,300})[ \t]*\n\s*)*/i;

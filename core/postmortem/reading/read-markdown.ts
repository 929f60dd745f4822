import { Refused } from '../../shared/errors.ts';
import { cleanText } from '../hidden-characters.ts';
import { refuseUnreadableText, withMarkdownHeadings } from './clean-text.ts';
import { finishPostmortem, type Given } from './finish-postmortem.ts';
import { partMarkdown } from './front-matter.ts';
import { ownNames, sectionsOf } from './headings/heading-map.ts';
import { keptHeadings } from './headings/kept-headings.ts';
import { markdownFlaws } from './markdown-limits.ts';
import { readInstant } from './moments/dates.ts';
import { readBody } from './read-body.ts';
import { newReading, type ReadPostmortem, type SentField } from './reading.ts';
import { marksInFields, marksOfNotice, restrictionMarks } from './restriction/restriction-marks.ts';
import { type SentFields, takeFields } from './sent-fields.ts';

/**
 * Reads a postmortem written in Markdown, with or without YAML front matter, under the headings of
 * any known template or of none. Front matter takes precedence over the body. Throws `Refused` with
 * everything that is wrong. Never takes only a part.
 */
export function readMarkdown(text: string, given: Given): ReadPostmortem {
  refuseUnreadableText(text);
  const { frontMatter, body, comments } = partMarkdown(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
  const clean = withMarkdownHeadings(cleanText(body));
  const heavy = markdownFlaws([clean]);
  if (heavy.length > 0) throw new Refused('content', heavy);

  const reading = newReading(given, 'report');
  reading.marks.push(...marksInFields(frontMatter), ...comments.flatMap(marksOfNotice), ...restrictionMarks(clean));
  const fromFrontMatter = takeFields(frontMatter, reading);
  const said = new Set([...fromFrontMatter].filter(([, sent]) => sent.some(saysSomething)).map(([field]) => field));
  const fromBody = readBody(clean, {
    aliases: given.aliases,
    zone: given.zone ?? 'UTC',
    headings: ownNames(given.headings ?? {}),
    since: dateOf(fromFrontMatter, given.now),
    given: said,
  });
  const fields = joined(fromFrontMatter, fromBody.facts);
  const sections = [...new Set([...sectionsOf(said), ...fromBody.recognised])];
  reading.warnings.push(...keptHeadings(fromBody.kept, sections));
  return { ...finishPostmortem(fields, given, reading), sections };
}

const saysSomething = ({ value }: SentField): boolean =>
  !(typeof value === 'string' && value.trim() === '') && !(Array.isArray(value) && value.length === 0);

/**
 * The day from which "4 December" is counted: of publication or of the incident, if the front
 * matter gives one, else today.
 */
function dateOf(fields: SentFields, now: Date): Date {
  const written = [...(fields.get('publishedAt') ?? []), ...(fields.get('startedAt') ?? [])].map(({ value }) => readInstant(String(value)));
  const instant = written.find((date) => date !== undefined);
  return instant === undefined ? now : new Date(instant);
}

function joined(frontMatter: SentFields, facts: readonly { field: string; sent: SentField }[]): SentFields {
  const fields = new Map([...frontMatter].map(([field, sent]) => [field, [...sent]]));
  for (const { field, sent } of facts) {
    const several = fields.get(field);
    if (several === undefined) fields.set(field, [sent]);
    else several.push(sent);
  }
  return fields;
}

import { headingReader, type OwnHeadings } from './headings/heading-map.ts';
import { spaced } from './likely-names.ts';
import type { Reading, SentField } from './reading.ts';
import { isRecord, type SentFields, takeInner } from './sent-fields.ts';

const hasHeading = /^(?: {0,3}#{1,6}[ \t]|<h[1-6][\s>])/im;
/** What a text below a heading may become. Other known headings are names of values. */
const texts = new Set(
  `summary impactText timeline rootCauses trigger contributingFactors fiveWhys detection resolution actionItems lessons wentWell wentWrong
  gotLucky say doNotSay workaround doing`.split(/\s+/),
);
const listed: Readonly<Record<string, string>> = { timeline: 'Timeline', actionItems: 'Action items' };

/**
 * Takes what is a section of a document out of JSON, as Markdown below its heading: an entry of
 * `sections` and an unknown key, if their names are known headings; and a list that was sent as one
 * text. Such texts are read as those of a document.
 */
export function partNamedTexts(sent: SentFields, own: OwnHeadings | undefined, reading: Reading): { fields: SentFields; texts: string[] } {
  const readHeading = headingReader(own);
  const isKnown = (name: string): boolean => {
    const found = readHeading(name);
    return found !== undefined && found.remark === undefined && texts.has(found.meaning.to);
  };
  const found: string[] = [];
  const fields = new Map(sent);
  const sections = (sent.get('sections') ?? []).map((one) => ({ ...one, value: leftOf(one, isKnown, found, reading) }));
  if (sections.length > 0) fields.set('sections', sections);
  for (const [field, heading] of Object.entries(listed)) {
    const isText = ({ value }: SentField) => typeof value === 'string' && isList(value) && !hasHeading.test(value);
    const several = fields.get(field) ?? [];
    found.push(...several.filter(isText).map(({ value }) => below(heading, String(value))));
    if (several.some(isText))
      fields.set(
        field,
        several.filter((one) => !isText(one)),
      );
    if (fields.get(field)?.length === 0) fields.delete(field);
  }
  const unknown = reading.unknown.splice(0);
  for (const one of unknown) {
    const name = spaced(one.as.slice(one.as.lastIndexOf('.') + 1).replace(/^u_/, ''));
    const text = one.shape === '' && isKnown(name) ? textOf(one.value) : undefined;
    if (text === undefined) reading.unknown.push(one);
    else found.push(below(name.charAt(0).toUpperCase() + name.slice(1), text));
  }
  return { fields, texts: found };
}

/** The entries of a list of sections that have no known heading. */
function leftOf({ value, as }: SentField, isKnown: (name: string) => boolean, found: string[], reading: Reading): unknown {
  if (!Array.isArray(value)) return value;
  return value.filter((entry) => {
    if (!isRecord(entry)) return true;
    const members = takeInner('section', entry, as, { ...reading, unknown: [], noted: [] });
    const [heading, body] = ['heading', 'body'].map((name) => members.get(name)?.[0]?.value);
    const text = textOf(body);
    if (typeof heading !== 'string' || text === undefined || !isKnown(heading)) return true;
    takeInner('section', entry, as, reading);
    found.push(below(heading, text));
    return false;
  });
}

const isList = (text: string): boolean => /\n/.test(text.trim()) || /^\s*(?:[-*+•]|\d{1,3}[.)])\s/.test(text);
const below = (heading: string, text: string): string => `## ${heading.replace(/\s+/g, ' ')}\n\n${text}`;

/** A text without headings of its own, or a list of texts. Undefined if it is something else. */
function textOf(value: unknown): string | undefined {
  const isLines = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string' && !one.includes('\n'));
  const text = isLines ? value.map((line) => `- ${line}`).join('\n') : value;
  return typeof text === 'string' && text.trim() !== '' && !hasHeading.test(text) ? text : undefined;
}

import type { ListItem, RootContent } from 'mdast';
import { textOf } from '../../plain-text.ts';
import { itemSource, type MarkdownBlock, rowsOf } from '../body-blocks.ts';
import { readDay } from '../moments/dates.ts';

export interface TimelineEntry {
  readonly at?: string;
  readonly event: string;
}

const clock = String.raw`\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\.?)?`;
const zone = String.raw`(?:\s*(?:UTC|GMT|Z|[A-Z]{2,4}T|[+-]\d{2}:?\d{2}))?`;
const date = String.raw`(?:\d{4}-\d\d-\d\d|\d{1,2}\s+[A-Z][a-z]{2,8}(?:\s+\d{4})?|[A-Z][a-z]{2,8}\s+\d{1,2}(?:,?\s+\d{4})?)`;
const moment = String.raw`(?:${date}(?:,?[T\s]\s*${clock}${zone})?|${clock}${zone}|T\s*[+-]\s*\d+\s*(?:min|m|h|s|d)?\w*)`;
const leadingTime = new RegExp(
  String.raw`^(?:\*\*|__|\x60|\[)?(?<at>${moment}(?:\s*(?:-|–|—|to)\s*${clock}${zone})?)(?:[:,]?(?:\*\*|__|\x60|\]))?(?:\s*(?:[:|,]|[-–—]+>?)\s*|\s+|$)`,
  'i',
);

/** Splits "09:14 UTC – alerts fire" into its time, kept as written, and the event. */
export function timelineEntry(source: string): TimelineEntry | undefined {
  const found = leadingTime.exec(source.slice(0, 120));
  const at = found?.groups?.at?.trim();
  const event = (found === null ? source : source.slice(found[0].length)).trim();
  if (event !== '') return at === undefined ? { event } : { at, event };
  return at === undefined ? undefined : { event: at };
}

const entriesOfList = (items: readonly ListItem[], markdown: string): TimelineEntry[] =>
  items.flatMap((item) => timelineEntry(itemSource(item, markdown)) ?? []);

/** The entries of a paragraph in which every line begins with a time. Undefined for any other. */
function entriesOfLines(paragraph: string): TimelineEntry[] | undefined {
  const entries = paragraph.split('\n').map((line) => timelineEntry(line.trim()));
  return entries.every((entry) => entry?.at !== undefined) ? entries.filter((entry) => entry !== undefined) : undefined;
}

/** A longer text is prose and goes into the event. */
const longestTime = 120;
const timeHeading = /^(?:date|time|when|at|timestamp|date ?\/? ?time)\b/i;

/**
 * Reads a table's rows as entries: the time from its column, and the other cells in order, joined
 * by dashes.
 */
function entriesOfTable(table: Extract<MarkdownBlock['node'], { type: 'table' }>): TimelineEntry[] {
  const [heading = [], ...rows] = rowsOf(table);
  const timeColumn = Math.max(
    0,
    heading.findIndex((cell) => timeHeading.test(cell)),
  );
  const zoneOfColumn = /\(([A-Z]{2,5})\)/.exec(heading[timeColumn] ?? '')?.[1];
  return rows.flatMap((cells) => {
    const written = cells[timeColumn] ?? '';
    const at = written !== '' && zoneOfColumn !== undefined && /\d$/.test(written) ? `${written} ${zoneOfColumn}` : written;
    const event = cells.filter((cell, i) => i !== timeColumn && cell !== '').join(' — ');
    if (at.length > longestTime) return { event: [at, event].filter(Boolean).join(' — ') };
    if (event === '') return at === '' ? [] : { event: at };
    return at === '' ? { event } : { at, event };
  });
}

/**
 * The entries of a list, a table, or lines that begin with a time. Undefined for any other block.
 */
export function entriesOfBlock({ node, source }: MarkdownBlock, markdown: string): TimelineEntry[] | undefined {
  if (node.type === 'list') return entriesOfList(node.children, markdown);
  return node.type === 'table' ? entriesOfTable(node) : node.type === 'paragraph' ? entriesOfLines(source) : undefined;
}

/**
 * The day, as written, if a paragraph contains nothing else. The entries below it happened on that
 * day.
 */
export function dayAlone(node: RootContent, since: Date): string | undefined {
  if (node.type !== 'paragraph') return undefined;
  const words = textOf(node).trim().replace(/:$/, '');
  return words.length <= 30 && !/\d:\d\d/.test(words) && readDay(words, since) !== undefined ? words : undefined;
}

import { cut } from '../../shared/text.ts';
import { blocksOf, isEmptyBlock, itemSource, joinBlocks, type MarkdownBlock } from './body-blocks.ts';
import type { SeverityAliases } from './classification-words.ts';
import type { HeadingMeaning } from './heading-map.ts';
import { actionOfItem, actionsOfLines, actionsOfTable } from './read-action.ts';
import { affectedIn, type Fact, factIn, isFactTable, namesIn, takeFactTable } from './read-facts.ts';
import { dayAlone, entriesOfBlock, type TimelineEntry } from './read-timeline.ts';
import { splitSections } from './split-sections.ts';

/** The text of a heading, its meaning, and what is needed to read it. */
export interface HeadedText {
  readonly heading: string;
  readonly body: string;
  readonly meaning: HeadingMeaning | undefined;
  readonly aliases: SeverityAliases;
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

/** Characters. A longer section is kept as text and not parsed: none of our lists could hold it. */
export const longestParsed = 60_000;
const mostEntries = { timeline: 1000, actionItems: 200 };
const none: Taken = { facts: [], rest: '' };

/**
 * Reads one section by its meaning. Nothing is lost: what no field takes is returned as the rest.
 */
export function readSection(text: HeadedText): Taken {
  const { meaning, body } = text;
  if (body.trim() === '') return none;
  if (meaning === undefined || meaning.to === 'section') return { facts: [], rest: isEmptyText(body) ? '' : body };
  if (body.length > longestParsed) return textReaders.has(meaning.to) ? whole(text) : { facts: [], rest: body };
  if (meaning.to === 'timeline') return readTimelineText(text);
  if (meaning.to === 'actionItems') return readActionText(text);
  if (meaning.to === 'links') return readLinkList(text);
  if (meaning.to === 'summary' || meaning.to === 'facts') return readFactText(text);
  if (oneValue.has(meaning.to)) return readValue(text);
  return readTexts(text);
}

const textReaders = new Set([
  'summary',
  'impactText',
  'rootCauses',
  'contributingFactors',
  'trigger',
  'detection',
  'resolution',
  'external',
]);
const oneValue = new Set(['startedAt', 'resolvedAt', 'status', 'severity', 'authors', 'services']);
const isEmptyText = (body: string): boolean => body.length <= longestParsed && blocksOf(body).every(isEmptyBlock);
const factAt = ({ heading }: HeadedText, field: string, value: unknown): Fact => ({ field, sent: { value, as: heading } });
const whole = (text: HeadedText): Taken => ({ facts: [factAt(text, text.meaning?.to ?? '', text.body)], rest: '' });

/**
 * Reads a timeline. Entries below a line that is only a day, or below a heading, are marked with
 * that day or heading.
 */
function readTimelineText(text: HeadedText): Taken {
  const marked = (mark: string, entry: TimelineEntry) => ({
    ...entry,
    at: cut([mark, entry.at].filter(Boolean).join(', '), 120),
  });
  let day = '';
  const taken = readEntries(
    text,
    mostEntries.timeline,
    ({ node, source }, body) => {
      const alone = dayAlone(node, text.since);
      if (alone !== undefined) {
        day = alone;
        return [];
      }
      const entries = entriesOfBlock({ node, source }, body);
      return day === '' ? entries : entries?.map((entry) => marked(day, entry));
    },
    marked,
  );
  return day !== '' && taken.entries.length === 0 ? { facts: [], rest: text.body } : taken;
}

function readActionText(text: HeadedText): Taken {
  const taken = readEntries(
    text,
    mostEntries.actionItems,
    ({ node }) => {
      if (node.type === 'paragraph') return actionsOfLines(node, text.since);
      if (node.type === 'list') return node.children.map((item) => actionOfItem(item, text.since)).filter(({ title }) => title !== '');
      return node.type === 'table' ? actionsOfTable(node, text.since) : undefined;
    },
    (heading, action) => ({ kind: cut(heading, 120), ...action }),
  );
  return taken.entries.some(({ title }) => title.length > 500) ? { facts: [], rest: text.body } : taken;
}

/**
 * The entries of a text and of the headings below it, each marked with its heading. A heading
 * without entries becomes a section of its own. If there are more entries than the field holds, the
 * text stays text.
 */
function readEntries<T>(
  text: HeadedText,
  most: number,
  read: (block: MarkdownBlock, body: string) => readonly T[] | undefined,
  under: (heading: string, entry: T) => T,
): Taken & { entries: readonly T[] } {
  const entries: T[] = [];
  const rest: string[] = [];
  const others: { heading: string; body: string }[] = [];
  for (const { heading, body, source } of splitSections(text.body)) {
    const { found, left } = sortBlocks(body, (block) => read(block, body));
    entries.push(...(heading === '' ? found : found.map((entry) => under(heading, entry))));
    if (left !== '' && heading !== '' && found.length === 0) others.push({ heading, body: left });
    else if (left !== '') rest.push([source, left].filter(Boolean).join('\n\n'));
  }
  if (entries.length > most) return { entries: [], facts: [], rest: text.body };
  return { entries, facts: entries.length === 0 ? [] : [factAt(text, text.meaning?.to ?? '', entries)], rest: rest.join('\n\n'), others };
}

/** The entries in the blocks that `read` understands, and the Markdown of the other blocks. */
function sortBlocks<T>(body: string, read: (block: MarkdownBlock) => readonly T[] | undefined): { found: T[]; left: string } {
  const found: T[] = [];
  const left = blocksOf(body).filter((block) => {
    const entries = read(block);
    found.push(...(entries ?? []));
    return entries === undefined && !isEmptyBlock(block);
  });
  return { found, left: joinBlocks(left) };
}

function readLinkList(text: HeadedText): Taken {
  const links: { title?: string; url: string }[] = [];
  const bare = /^(?:[-*+]\s+)?(?:\[([^\][]{1,300})\]\(<?(https?:\/\/[^\s<>()]+)>?\)|<?(https?:\/\/[^\s<>()]+)>?)$/;
  const rest = text.body.split('\n').filter((line) => {
    const [, title, url, alone] = (line.length > 2400 ? null : bare.exec(line.trim())) ?? [];
    if (url !== undefined && title !== undefined) links.push({ title, url });
    else if (alone !== undefined) links.push({ url: alone });
    else return line.trim() !== '';
    return false;
  });
  if (links.length === 0) return { facts: [], rest: isEmptyText(text.body) ? '' : text.body };
  return { facts: [factAt(text, 'links', links)], rest: rest.length === 0 ? '' : text.body };
}

/**
 * Takes facts from tables of names and values. In a summary, the text beside the tables is the
 * summary.
 */
function readFactText(text: HeadedText): Taken {
  const facts: Fact[] = [];
  const rows: string[] = [];
  const summaries: string[] = [];
  const { left } = sortBlocks(text.body, (block) => {
    if (!isFactTable(block)) return undefined;
    const taken = takeFactTable(block.node, text.aliases);
    facts.push(...taken.facts);
    rows.push(...taken.rest);
    if (taken.summary !== '') summaries.push(taken.summary);
    return [];
  });
  const isSummary = text.meaning?.to === 'summary';
  const summary = [...summaries, ...(isSummary && left !== '' ? [left] : [])].join('\n\n');
  if (summary !== '') facts.push(factAt(text, 'summary', summary));
  return { facts, rest: [...(rows.length > 0 ? [rows.join('\n')] : []), ...(isSummary || left === '' ? [] : [left])].join('\n\n') };
}

function readValue(text: HeadedText): Taken {
  const { meaning, body, heading, aliases } = text;
  const lines = body
    .split('\n')
    .map((line) => line.replace(/^[\s>*+-]+|[\s*_]+$/g, ''))
    .filter(Boolean);
  const value = meaning?.to === 'authors' || meaning?.to === 'services' ? namesIn(body).join(', ') : lines.join(' ');
  if (value === '') return none;
  const fact = value.length > 600 ? undefined : factIn(meaning?.to ?? '', value, heading, aliases);
  return fact === undefined ? { facts: [], rest: body } : { facts: [fact], rest: '' };
}

const several = new Set(['rootCauses', 'contributingFactors', 'wentWell', 'wentWrong', 'gotLucky', 'say', 'doNotSay', 'fiveWhys']);

/**
 * The Markdown as written. If the field takes several texts and the text is a single list, each
 * item is one.
 */
function readTexts(text: HeadedText): Taken {
  const field = text.meaning?.to ?? '';
  const blocks = blocksOf(text.body).filter((block) => !isEmptyBlock(block));
  const [only, ...others] = blocks;
  if (only === undefined) return none;
  if (field === 'impactText') return { ...whole(text), facts: [...whole(text).facts, ...affectedIn(blocks, text.aliases)] };
  if (!several.has(field) || others.length > 0 || only.node.type !== 'list') return whole(text);
  const items = only.node.children.map((item) => itemSource(item, text.body)).filter(Boolean);
  return items.length > 100 ? whole(text) : { facts: [factAt(text, field, items)], rest: '' };
}

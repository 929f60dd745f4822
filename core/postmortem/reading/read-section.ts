import { readActionText } from './actions/read-action-text.ts';
import { blocksOf, isEmptyBlock, itemSource } from './body-blocks.ts';
import { affectedIn, type Fact, factIn, isFactTable, namesIn, takeFactTable } from './facts/read-facts.ts';
import { factAt, type HeadedText, type Taken } from './headed-text.ts';
import { sortBlocks } from './sort-blocks.ts';
import { readTimelineText } from './timeline/read-timeline-text.ts';

/** Characters. A longer section is kept as text and not parsed: none of our lists could hold it. */
export const longestParsed = 60_000;
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
const whole = (text: HeadedText): Taken => ({ facts: [factAt(text, text.meaning?.to ?? '', text.body)], rest: '' });

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

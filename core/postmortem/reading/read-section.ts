import { readActionText } from './actions/read-action-text.ts';
import { blocksOf, isEmptyBlock, itemSource } from './body-blocks.ts';
import { asFurther, copyFacts, takeFacts, takeSupportLabels } from './facts/read-facts.ts';
import { factBelow } from './facts/read-value.ts';
import { readValueBelow, valueFieldOf } from './facts/value-heading.ts';
import { factAt, type HeadedText, type Taken } from './headed-text.ts';
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
  if (meaning === undefined || (meaning.to === 'section' && meaning.isWeak)) return readUnknown(text);
  if (meaning.to === 'section') return { facts: [], rest: isEmptyText(body) ? '' : body };
  if (body.length > longestParsed) return textReaders.has(meaning.to) ? whole(text) : { facts: [], rest: body };
  if (meaning.to === 'timeline') return readTimelineText(text);
  if (meaning.to === 'actionItems') return readActionText(text);
  if (meaning.to === 'links') return readLinkList(text);
  if (meaning.to === 'summary' || meaning.to === 'facts') return readFactText(text);
  if (valueFieldOf(text.heading) === meaning.to) return readValue(text, meaning.to);
  const moment = momentsOf[meaning.to];
  if (moment !== undefined && isOnlyMoment(moment, text)) return readValue(text, moment);
  return readTexts(text);
}

/** "Resolution: 17.11.2026 14:31" is a time, and no text. */
const momentsOf: Readonly<Record<string, string>> = { resolution: 'resolvedAt', detection: 'detectedAt' };
function isOnlyMoment(field: string, text: HeadedText): boolean {
  const fact = text.body.length > 120 ? undefined : factBelow(field, text.heading, text.body.trim(), text);
  return fact !== undefined && fact.unread === undefined;
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
/** Most texts have a line that begins with a letter, and need not be parsed to know. */
const isEmptyText = (body: string): boolean =>
  body.length <= longestParsed && !/^[\p{L}\p{N}]/mu.test(body) && blocksOf(body).every(isEmptyBlock);
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

/** A text that is nothing but facts, or a summary with facts beside it. */
function readFactText(text: HeadedText): Taken {
  const { facts, further, rest } = takeFacts(text.body, `below "${text.heading}"`, text);
  const left = isEmptyText(rest) ? '' : rest;
  if (text.meaning?.to !== 'summary') return { facts, rest: [bullets(further), left].filter(Boolean).join('\n\n') };
  const summary = [...facts.flatMap(({ field, sent }) => (field === 'summary' ? [String(sent.value)] : [])), left]
    .filter(Boolean)
    .join('\n\n');
  return {
    facts: [...facts.filter(({ field }) => field !== 'summary'), ...(summary === '' ? [] : [factAt(text, 'summary', summary)])],
    rest: bullets(further),
  };
}
const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

/**
 * A heading that names a field is read with its value. Below any other the text stays, and facts in
 * it are read.
 */
function readUnknown(text: HeadedText): Taken {
  if (text.body.length > longestParsed) return { facts: [], rest: text.body };
  if (isEmptyText(text.body)) return none;
  const field = valueFieldOf(text.heading);
  if (field !== undefined) return readValue(text, field);
  const facts = isElsewhere.test(text.heading) ? [] : copyFacts(text.body, `below "${text.heading}"`, text);
  return { facts, rest: text.body };
}
/** Headings above facts of something else. */
const isElsewhere =
  /related|similar|previous|earlier|past|other incident|history|historical|glossary|definition|appendix|example|template|feedback/i;

function readValue(text: HeadedText, field: string): Taken {
  const { facts, further, rest } = readValueBelow(field, text.heading, text.body, text);
  return { facts: [...facts, ...asFurther(further)], rest };
}

/** Texts in which labels tell facts, too: the number of customers, the time of detection. */
const told = new Set(['impactText', 'detection', 'resolution', 'trigger']);
const several = new Set([
  'rootCauses',
  'contributingFactors',
  'wentWell',
  'wentWrong',
  'gotLucky',
  'say',
  'doNotSay',
  'doing',
  'fiveWhys',
  'externalProducts',
  'externalWriters',
]);

/**
 * The Markdown as written. If the field takes several texts and the text is a single list, each
 * item is one.
 */
function readTexts(all: HeadedText): Taken {
  const { facts, rest: body } = takeSupportLabels(all.body, `below "${all.heading}"`, all);
  const { facts: ofText, ...taken } = readText({ ...all, body });
  return { ...taken, facts: [...ofText, ...facts] };
}

function readText(text: HeadedText): Taken {
  const field = text.meaning?.to ?? '';
  if (isEmptyText(text.body)) return none;
  if (told.has(field)) return { ...whole(text), facts: [...whole(text).facts, ...copyFacts(text.body, `below "${text.heading}"`, text)] };
  const [only, ...others] = blocksOf(text.body).filter((block) => !isEmptyBlock(block));
  if (only === undefined) return none;
  if (!several.has(field) || others.length > 0 || only.node.type !== 'list') return whole(text);
  const items = only.node.children.map((item) => itemSource(item, text.body)).filter(Boolean);
  return items.length > 100 ? whole(text) : { facts: [factAt(text, field, items)], rest: '' };
}

import type { Paragraph, RootContent } from 'mdast';
import { cut } from '../../../shared/text.ts';
import { excerpt, textOf } from '../../plain-text.ts';
import { blocksOf, isEmptyBlock, type MarkdownBlock } from '../body-blocks.ts';
import { factAt, type HeadedText, type Taken } from '../headed-text.ts';
import { splitSections } from '../headings/split-sections.ts';
import { isPriority, isTeamName, labelOf, stateWord } from './action-words.ts';
import { type Days, dayFirstIn } from './days.ts';
import { fold } from './filler-words.ts';
import { type FlatText, flatText } from './flat-text.ts';
import { type ActionContext, longestTitle, readActionLine } from './read-action-line.ts';
import { actionsOfList, endWithNames, isNoActionText } from './read-action-list.ts';
import { actionsOfTable } from './read-action-table.ts';
import { leadingSigns } from './read-state.ts';
import { beginsWithVerb } from './verbs.ts';
import { addFacts, hasFacts, type WrittenAction } from './written-action.ts';

/** Actions and the Markdown that no action takes, in order. */
interface Found {
  readonly actions: readonly WrittenAction[];
  readonly left: readonly string[];
}

/**
 * Reads promises. Entries below a heading have it as their kind, or as their state if it names one.
 * Nothing is lost: what no action takes is returned as the rest, and what its fields cannot hold as
 * a line about it.
 */
export function readActionText(text: HeadedText): Taken {
  const actions: WrittenAction[] = [];
  const rest: string[] = [];
  const others: { heading: string; body: string }[] = [];
  const days = { since: text.since, isDayFirst: dayFirstIn(`${text.heading}\n${text.body}`) ?? isDayFirstIn(text) };
  for (const { heading, body, source } of splitSections(text.body)) {
    const { actions: found, left } = readPart(heading, body, days);
    actions.push(...found);
    const remarks = [...left, ...remarksOn(found)].join('\n\n');
    if (remarks === '') continue;
    if (heading !== '' && found.length === 0) others.push({ heading, body: remarks });
    else rest.push([heading !== '' && left.length > 0 ? source : '', remarks].filter(Boolean).join('\n\n'));
  }
  const entries = actions.map(({ notes: _, ...action }) => ({ ...action, title: titleOf(action.title) }));
  return { facts: entries.length === 0 ? [] : [factAt(text, 'actionItems', entries)], rest: rest.join('\n\n'), others };
}

/** What other dates of the document show. */
const isDayFirstIn = ({ order }: HeadedText): boolean | undefined => (order === undefined ? undefined : order === 'day first');

const titleOf = (title: string): string => (title.length > longestTitle ? excerpt(title, longestTitle) : title);

/** What is said about actions and has no field, under the titles of the actions. */
function remarksOn(actions: readonly WrittenAction[]): string[] {
  const lines = actions.flatMap(({ title, notes }) => {
    const told = title.length > longestTitle ? [title, ...notes] : notes;
    if (told.length === 0) return [];
    const name = escaped(title.length > 80 ? excerpt(title, 80) : title);
    return told.some((note) => note.includes('\n') || note.startsWith('- '))
      ? [`**${name}**\n\n${told.join('\n\n')}`]
      : [`- **${name}:** ${told.join('; ')}`];
  });
  return lines.length === 0 ? [] : [lines.join(lines.some((line) => line.startsWith('**')) ? '\n\n' : '\n')];
}
const escaped = (title: string): string => title.replace(/[\\`*_<>[\]]/g, '\\$&');

const isListedNext = (block: MarkdownBlock | undefined): boolean => block?.node.type === 'list' || block?.node.type === 'table';

/** The words of a line that names the list below it: "**Prevent**", "Short term:". */
function groupName(node: RootContent): string | undefined {
  if (node.type !== 'paragraph') return undefined;
  const words = textOf(node).trim();
  const isBold = node.children.length === 1 && (node.children[0]?.type === 'strong' || node.children[0]?.type === 'emphasis');
  const isShort = /[:：]$/.test(words) && words.split(/\s+/).length <= 3;
  return (isBold || isShort) && words.length <= 80 && !words.includes('\n') ? words.replace(/\s*[:：]$/, '') : undefined;
}

/** The actions of one heading and its text. */
function readPart(heading: string, body: string, days: Days): Found {
  const blocks = blocksOf(body).filter((block) => !isEmptyBlock(block));
  const own = heading === '' ? undefined : headingAction(heading, days);
  const isListed = blocks.some(({ node }) => node.type === 'list' || node.type === 'table');
  const actions: WrittenAction[] = [];
  const left: string[] = [];
  const aboutHeading: WrittenAction[] = [];
  let group: Partial<WrittenAction> = {};
  for (const [i, block] of blocks.entries()) {
    const name = isListedNext(blocks[i + 1]) ? groupName(block.node) : undefined;
    if (name !== undefined) {
      group = givenBy(name);
      continue;
    }
    const found = readBlock(block.node, block.source, body, isListed, days);
    if (found === undefined) left.push(block.source);
    for (const action of found ?? []) {
      const before = actions.at(-1) ?? own;
      if (action.title !== '') actions.push({ ...group, ...action });
      else if (!hasFacts(action) && action.link === undefined) left.push(...action.notes);
      else if (before === undefined) left.push(block.source);
      else {
        addFacts(before, action);
        if (before === own) aboutHeading.push(action);
      }
    }
  }
  if (own === undefined) return { actions, left };
  if (aboutHeading.length > 0 || (actions.length === 0 && isPromise(heading, own))) {
    return { actions: [{ ...own, notes: [...own.notes, ...left] }, ...actions], left: [] };
  }
  const given = givenBy(heading);
  return { actions: actions.map((action) => ({ ...given, ...action })), left };
}

function headingAction(heading: string, context: ActionContext): WrittenAction {
  const numbered = /^(?:action(?: item)?|task|ai|maßnahme|step)?\s*#?\d{1,3}\s*[:.)–—-]\s*(?=\S)/i.exec(heading);
  return readActionLine(plainFlat(heading.slice(numbered?.[0].length ?? 0)), context);
}

/** Whether a heading without a list below it promises something. */
const isPromise = (heading: string, own: WrittenAction): boolean =>
  own.title !== '' &&
  !isNoActionText(own.title, own) &&
  (hasFacts(own) || /^(?:action(?: item)?|task|ai)\s*#?\d{1,3}\s*[:.)–—-]/i.test(heading) || beginsWithVerb(own.title));

/**
 * What a heading says about the actions below it: their state, their priority, their owner or their
 * kind.
 */
function givenBy(heading: string): Partial<WrittenAction> {
  const bare = heading
    .replace(/^\P{L}+/u, '')
    .replace(/\s*(?:action items?|actions|tasks?|items?|follow-?ups?)$/i, '')
    .replace(/[\s:]+$/, '');
  const status = stateWord(fold(bare))?.status;
  if (status !== undefined) return { status };
  if (isPriority(bare)) return { priority: bare };
  if (isTeamName(bare) && bare.length <= 60) return { owner: bare };
  return { kind: cut(heading, 120) };
}

function readBlock(
  node: RootContent,
  source: string,
  body: string,
  isListed: boolean,
  context: ActionContext,
): WrittenAction[] | undefined {
  if (node.type === 'list') return actionsOfList(node, body, context);
  if (node.type === 'table') return actionsOfTable(node, context);
  if (node.type === 'paragraph') return actionsOfParagraph(node, source, isListed, context);
  if (node.type !== 'blockquote') return undefined;
  const inside = node.children.map((child) => readBlock(child, '', body, isListed, context));
  return inside.every((found) => found !== undefined) ? inside.flat() : undefined;
}

const bullet = /^\s*(?:[•·‣◦▪●○–—]|\d{1,3}[.)]|[-*](?=\s))\s*(?=\S)/;
const titleLabel = /^[\s*_]*([\p{L}][\p{L} -]{1,22}?)\s*(?:#?\d{1,3}\s*)?[*_]{0,2}\s*[:：]/u;

/**
 * The actions of a paragraph: lines with drawn boxes or bullets, "Action: … Owner: …" blocks, a
 * single sentence. Undefined if it is only text.
 */
function actionsOfParagraph(node: Paragraph, source: string, isListed: boolean, context: ActionContext): WrittenAction[] | undefined {
  const flat = flatText(node.children);
  const lines = flat.text.split('\n').map((line) => line.trim());
  const marked = lines.filter((line) => bullet.test(line) || leadingSigns(line).status !== undefined).length;
  if (marked === lines.length || (marked >= 2 && bullet.test(lines[0] ?? ''))) return actionsOfLines(joinedLines(lines), context);
  const blocks = titledBlocks(lines);
  if (blocks !== undefined) return blocks.map((block) => readActionLine({ ...flat, text: block }, context));
  if (flat.text.length > longestTitle * 2) return undefined;
  const promised = promisedSentences(lines);
  if (promised !== undefined && !isListed) return promised.map((sentence) => readActionLine(plainFlat(sentence), context));
  const each = actionsOfLines(lines.length > 1 ? withoutNumbers(lines) : listedInLine(flat.text), context);
  if (each.length > 1 && each.every((action) => action.title !== '' && hasFacts(action))) return each;
  const action = readActionLine({ ...flat, text: flat.text.replace(/^\s*[:：]\s+/gm, '') }, context);
  if (action.title === '') return [{ ...action, notes: hasFacts(action) || action.link !== undefined ? action.notes : [source] }];
  if (isNoActionText(textOf(node), action)) return undefined;
  return hasFacts(action) || (!isListed && beginsWithVerb(action.title) && action.title.length <= longestTitle) ? [action] : undefined;
}

/** Lines numbered from 1 without a dot. */
const withoutNumbers = (lines: readonly string[]): string[] =>
  lines.every((line, i) => line.startsWith(`${i + 1} `)) ? lines.map((line) => line.replace(/^\d+\s+/, '')) : [...lines];

/** "disable the browser (Lou), order a disk (Ana)": each has its owner. */
function listedInLine(line: string): string[] {
  const parts = line.split(/(?<=\([^()]{2,60}\))[,;]\s+/);
  return parts.length > 1 && parts.every((part) => /\S \([^()]{2,60}\)\.?$/.test(part)) ? parts : [];
}

/** The sentences of a paragraph, if in each of them "we" promise to do something. */
function promisedSentences(lines: readonly string[]): string[] | undefined {
  const sentences = lines.join(' ').split(/(?<=[.!])\s+(?=\p{Lu})/u);
  return sentences.every((sentence) => ourPromise.test(sentence)) ? sentences : undefined;
}
const ourPromise =
  /^(?:we(?:['’]ll| will| are going to| plan to)|I(?:['’]ll| will)|wir werden|nous allons|vamos a|nosotros vamos a|nós vamos|noi faremo|we gaan|vi kommer att|vi vil) (?!not\b|be\b|keep you\b|update\b|share\b|publish\b|continue\b|nicht\b)\p{L}/iu;

/** A line without a mark goes on with the line above it. */
const joinedLines = (lines: readonly string[]): string[] =>
  joinedFrom(lines, (line) => bullet.test(line) || leadingSigns(line).status !== undefined);

/** The lines, with those that begin nothing added to the one above. */
function joinedFrom(lines: readonly string[], begins: (line: string) => boolean): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    if (joined.length === 0 || begins(line)) joined.push(line);
    else joined.push(`${joined.pop()}\n${line}`);
  }
  return joined;
}

function actionsOfLines(lines: readonly string[], context: ActionContext): WrittenAction[] {
  const named = { ...context, namesAtEnd: endWithNames(lines) };
  return lines.map((line) => readActionLine(plainFlat(line.replace(bullet, '')), named)).filter(({ title }) => title !== '');
}

const plainFlat = (text: string): FlatText => {
  const link = /https?:\/\/[^\s<>()]+/.exec(text)?.[0];
  return { text, link, key: undefined, isStruck: false, struck: [], reason: undefined };
};

/** The blocks of a text in which "Action: …" begins each one. */
function titledBlocks(lines: readonly string[]): string[] | undefined {
  const isTitled = (line: string): boolean => {
    const name = titleLabel.exec(line)?.[1];
    return name !== undefined && labelOf(name)?.field === 'title';
  };
  return isTitled(lines[0] ?? '') ? joinedFrom(lines, isTitled) : undefined;
}

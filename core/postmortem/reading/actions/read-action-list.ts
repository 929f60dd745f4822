import type { BlockContent, DefinitionContent, List, ListItem } from 'mdast';
import { textOf } from '../../plain-text.ts';
import { itemSource } from '../body-blocks.ts';
import { isNoPromise } from './action-words.ts';
import { isPlaceholder } from './filler-words.ts';
import { flatText } from './flat-text.ts';
import { type ActionContext, isName, readActionLine } from './read-action-line.ts';
import { addFacts, hasFacts, newAction, type WrittenAction } from './written-action.ts';

/**
 * The actions of a list. Items below an item are what is said about it ("Owner: Rosa"), or actions
 * of their own. An action without a title stands for what no action takes: facts about the action
 * before the list, or text in its notes.
 */
export function actionsOfList(list: List, body: string, context: ActionContext): WrittenAction[] {
  const names = { ...context, namesAtEnd: endWithNames(list.children.map((item) => textOf(item.children[0] ?? item))) };
  return list.children.flatMap((item) => actionsOfItem(item, body, names));
}

/**
 * Whether at least two lines, and half of all, end with what may be a name in brackets or behind a
 * dash.
 */
export function endWithNames(lines: readonly string[]): boolean {
  const named = lines.filter((line) => {
    const end = line.slice(-80).replace(/\s[–—-]\s[\d./-]{6,10}$/, '');
    const name = /(?:\(([^()]{2,40})\)|\s[–—-]\s([^–—()]{2,40}))\.?$/.exec(end);
    const words = name?.[1] ?? name?.[2] ?? '';
    return isName(words) && /^\p{Lu}\p{Ll}|^\p{Lo}{2,4}$/u.test(words);
  });
  return named.length >= 2 && named.length * 2 >= lines.length;
}

function actionsOfItem(item: ListItem, body: string, context: ActionContext): WrittenAction[] {
  const [first, ...others] = item.children;
  if (first === undefined) return [];
  const isLine = first.type === 'paragraph' || first.type === 'heading';
  const box = typeof item.checked === 'boolean' ? (item.checked ? 'done' : 'open') : undefined;
  const action = isLine ? readActionLine(flatText(first.children), { ...context, ...(box !== undefined && { box }) }) : newAction();
  const isNothing = isLine && others.length === 0 && !hasFacts(action) && isNoActionText(textOf(first), action);
  if (isNothing) return isPlaceholder(textOf(first)) ? [] : [{ ...newAction(), notes: [`- ${itemSource(item, body)}`] }];

  const below: WrittenAction[] = [];
  for (const child of isLine ? others : item.children) below.push(...readBelow(child, action, item, body, context));
  return sorted(action, below, box !== undefined);
}

export const isNoActionText = (text: string, { link, title }: WrittenAction): boolean =>
  isNoPromise(title === '' ? text : title) ||
  isPlaceholder(text.trim()) ||
  (link !== undefined && isBoard(link) && title.split(' ').length <= 8);

/** A list of tickets, which is no ticket. */
const isBoard = (url: string): boolean =>
  /\/(?:boards?|milestones?|projects|labels|filters?|dashboards?|sprints?|epics?|queries|views?)(?:[/?#]|$)|\/issues\/?(?:\?|$)|[?&](?:jql|q|filter|label)=|\/-\/issues\/?(?:\?|$)/i.test(
    url,
  );

/**
 * Puts what a block below an item says about it into `action`, and returns the actions of its own.
 */
function readBelow(
  block: BlockContent | DefinitionContent,
  action: WrittenAction,
  item: ListItem,
  body: string,
  context: ActionContext,
): WrittenAction[] {
  if (block.type === 'list') {
    const own: WrittenAction[] = [];
    for (const found of actionsOfList(block, body, context)) {
      if (found.title !== '') own.push(found);
      else addFacts(action, found);
    }
    return own;
  }
  if (block.type === 'paragraph') {
    const line = readActionLine(flatText(block.children), context);
    if (line.title === '') {
      addFacts(action, line);
      return [];
    }
  }
  const source = itemSource({ ...item, children: [block] }, body);
  if (source !== '') action.notes.push(source);
  return [];
}

/** Decides whether an item with others below it is an action itself, or only groups them. */
function sorted(action: WrittenAction, below: readonly WrittenAction[], isBoxed: boolean): WrittenAction[] {
  if (below.length === 0) return [action];
  const hasOwn = isBoxed || hasFacts(action);
  const isPromisedBelow = below.some((child) => hasFacts(child) || child.link !== undefined);
  if (action.title === '') return below.map((child) => ({ ...withoutNotes(action), ...child }));
  if (hasOwn && !isPromisedBelow) {
    return [{ ...action, notes: [...action.notes, below.map(({ title, notes }) => [`- ${title}`, ...notes].join('\n')).join('\n')] }];
  }
  if (hasOwn || isSentence(action.title)) return [action, ...below];
  const group = action.title.replace(/[:：]$/, '');
  return below.map((child, i) => {
    const notes = i === 0 ? [...action.notes, ...child.notes] : child.notes;
    const link = child.link ?? action.link;
    const grouped = { ...child, notes, ...(link !== undefined && { link }) };
    return isOwnSentence(child.title) ? { ...grouped, kind: child.kind ?? group } : { ...grouped, title: `${group}: ${child.title}` };
  });
}
const withoutNotes = ({ notes: _, ...action }: WrittenAction): Omit<WrittenAction, 'notes'> => action;

const isSentence = (title: string): boolean => !/[:：]$/.test(title) && (/[.!?。]$/.test(title) || title.split(' ').length >= 6);
const isOwnSentence = (title: string): boolean => /^[\p{Lu}\p{Lo}]/u.test(title) && title.split(' ').length >= 3;

import type { Nodes, Parents } from 'mdast';
import { textOf } from '../../plain-text.ts';
import { isPriority, stateWord, withSigns } from './action-words.ts';
import { fold } from './filler-words.ts';
import { readState } from './read-state.ts';
import { ticketKey } from './written-action.ts';

/** The words of a line, with what its markup says. */
export interface FlatText {
  /** Lines are kept apart. A state or a priority in bold or code stands in square brackets. */
  readonly text: string;
  /** The address of the ticket, or of the first link. */
  readonly link: string | undefined;
  /** The words of that link, if they are the key of a ticket. */
  readonly key: string | undefined;
  /** Most of the words are struck through. */
  readonly isStruck: boolean;
  /** Words struck through in a line that is not. They are not part of the text. */
  readonly struck: readonly string[];
  /** What stands behind a line that is struck through. It is not part of the text. */
  readonly reason: string | undefined;
}
interface FoundLink {
  readonly url: string;
  readonly words: string;
}

export function flatText(nodes: readonly Nodes[]): FlatText {
  const links = nodes.flatMap(linksIn);
  const main = links.find(({ url, words }) => ticketKey.test(words) || isTicketUrl(url)) ?? links[0];
  const all = nodes.map(textOf).join('').trim().length;
  const deleted = nodes.flatMap(deletedIn);
  const own = reasonBehind(nodes);
  const isStruck = deleted.length > 0 && (own !== undefined || deleted.join('').length >= all * 0.5 || isWholeLine(nodes));
  const text = (own === undefined ? nodes : own.struck).map((node) => wordsOf(node, main, isStruck)).join('');
  const key = main !== undefined && ticketKey.test(main.words) ? main.words : undefined;
  return { text, link: main?.url, key, isStruck, struck: isStruck ? [] : deleted, reason: own?.reason };
}

/** Nothing stands behind the struck words but brackets, and words behind a dash. */
const isWholeLine = ([first, ...others]: readonly Nodes[]): boolean =>
  first?.type === 'delete' && /^\s*(?:\([^()]{1,80}\)\s*){0,3}(?:[-–—]\s*[^–—]{1,60})?$/.test(others.map(textOf).join(''));

/** A line whose beginning is struck through, with the reason behind a dash or in brackets. */
function reasonBehind(nodes: readonly Nodes[]): { struck: readonly Nodes[]; reason: string } | undefined {
  const at = nodes.findIndex(({ type }) => type === 'delete');
  const before = nodes.slice(0, at).map(textOf).join('').trim();
  if (at < 0 || !/^[\P{L}]*$/u.test(before) || nodes.slice(at + 1).some(({ type }) => type === 'delete')) return undefined;
  const behind = nodes
    .slice(at + 1)
    .map((node) => wordsOf(node, undefined, true))
    .join('')
    .trim();
  const reason = behind
    .replace(/^[-–—:：]+\s*/, '')
    .replace(/^\(([^()]*)\)\.?$/, '$1')
    .trim();
  if (reason === '' || (readState(reason) === undefined && !againstIt.test(reason))) return undefined;
  return { struck: nodes.slice(0, at + 1), reason };
}

/** The beginning of a reason why something is not done. */
export const againstIt =
  /^(?:no|not|never|covered by|replaced by|instead|too (?:expensive|costly|complex|risky|much)|kein\p{L}*|nicht|zu teuer|pas|sans|sin|sem|não|geen|niet|nessun\p{L}*)(?!\p{L})/iu;

const isTicketUrl = (url: string): boolean =>
  /\/(?:issues?|browse|pull|merge_requests|tickets?|work_items|story|bugs?)\/|show_bug\.cgi/i.test(url);

function linksIn(node: Nodes): FoundLink[] {
  if (node.type === 'link') return /^https?:\/\//i.test(node.url) ? [{ url: node.url, words: textOf(node).trim() }] : [];
  return 'children' in node ? node.children.flatMap(linksIn) : [];
}
const deletedIn = (node: Nodes): string[] =>
  node.type === 'delete' ? [textOf(node).trim()] : 'children' in node ? node.children.flatMap(deletedIn) : [];

function wordsOf(node: Nodes, main: FoundLink | undefined, isStruck: boolean): string {
  const inside = (parent: Parents) => parent.children.map((child) => wordsOf(child, main, isStruck)).join('');
  switch (node.type) {
    case 'link': {
      const words = inside(node);
      return node.url === main?.url || !/^https?:/i.test(node.url) || words.trim() === node.url ? words : `${words} (${node.url})`;
    }
    case 'delete':
      return isStruck ? `${inside(node)} – ` : ' ';
    case 'strong':
    case 'emphasis':
      return marked(inside(node));
    case 'inlineCode':
      return marked(node.value);
    case 'html':
      return asText(node.value);
    case 'paragraph':
    case 'tableCell':
    case 'heading':
      return inside(node);
    case 'text':
      return withSigns(node.value);
    default:
      return textOf(node);
  }
}

/** Bold says that a word is not part of the sentence, if the word is a state or a priority. */
function marked(words: string): string {
  const bare = words.trim().replace(/[:.]$/, '');
  return bare.length <= 24 && (stateWord(fold(bare)) !== undefined || isPriority(bare)) ? `[${bare}] ` : words;
}

const asText = (html: string): string => {
  if (/^<br\b/i.test(html)) return '\n';
  if (/^<input\b[^<>]{0,200}checkbox/i.test(html)) return /\bchecked\b/i.test(html) ? '[x] ' : '[ ] ';
  return html;
};

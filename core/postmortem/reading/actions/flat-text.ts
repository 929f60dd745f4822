import type { Nodes, Parents } from 'mdast';
import { textOf } from '../../plain-text.ts';
import { fold, isPriority, stateWord, withSigns } from './action-words.ts';
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
  const isStruck = deleted.length > 0 && deleted.join('').length >= all * 0.5;
  const text = nodes.map((node) => wordsOf(node, main, isStruck)).join('');
  const key = main !== undefined && ticketKey.test(main.words) ? main.words : undefined;
  return { text, link: main?.url, key, isStruck, struck: isStruck ? [] : deleted };
}

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

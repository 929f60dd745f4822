import type { Nodes } from 'mdast';
import { cut } from '../shared/text.ts';
import { cleanText } from './hidden-characters.ts';
import { parseMarkdown } from './parse-markdown.ts';

/**
 * Readable text of Markdown, without control characters. Links keep their text, code and raw HTML
 * stay as written, and blocks are set apart.
 */
export const plainText = (markdown: string): string =>
  cleanText(textOf(parseMarkdown(cleanText(markdown))))
    .replaceAll('\t', ' ')
    .trim();

/** The text of one node, with its blocks on separate lines. */
export function textOf(node: Nodes): string {
  switch (node.type) {
    case 'root':
    case 'blockquote':
    case 'footnoteDefinition':
      return node.children.map(textOf).filter(Boolean).join('\n\n');
    case 'list':
      return node.children
        .map((item, i) => `${node.ordered === true ? `${(node.start ?? 1) + i}.` : '-'} ${indented(textOf(item))}`)
        .join('\n');
    case 'listItem':
      return node.children.map(textOf).filter(Boolean).join('\n');
    case 'table':
      return node.children.map(textOf).join('\n');
    case 'tableRow':
      return node.children.map(textOf).join(' | ');
    case 'break':
      return '\n';
    case 'thematicBreak':
    case 'definition':
      return '';
    case 'image':
    case 'imageReference':
      return node.alt ?? '';
    case 'footnoteReference':
      return '';
    default:
      return 'children' in node ? node.children.map(textOf).join('') : node.value;
  }
}

const indented = (text: string): string => text.replaceAll('\n', '\n  ');

/**
 * One line of at most `maxChars` characters: whole sentences if the first one fits, else whole
 * words and an ellipsis.
 */
export function excerpt(markdown: string, maxChars: number): string {
  const text = beginning(markdown, maxChars);
  if (text.length <= maxChars) return text;
  const sentences = /^.*[.!?](?=\s)/su.exec(text.slice(0, maxChars + 1))?.[0];
  if (sentences !== undefined && sentences.length >= maxChars / 3) return sentences;
  const room = cut(text, maxChars);
  const words = room.replace(/\s+\S*$/u, '');
  return `${(words.length < room.length ? words : cut(room, room.length - 1)).replace(/[\s,;:–—-]+$/u, '')}…`;
}

/**
 * More than `maxChars` characters of text, or all of it. The rest of a long text is not parsed.
 * Cuts between paragraphs where possible.
 */
function beginning(markdown: string, maxChars: number): string {
  const enough = maxChars * 4 + 1000;
  const paragraph = markdown.indexOf('\n\n', enough);
  const end = paragraph < 0 || paragraph > enough + longestParagraph ? enough + longestParagraph : paragraph;
  const text = oneLine(cut(markdown, end));
  return text.length > maxChars || markdown.length <= end ? text : oneLine(markdown);
}
const longestParagraph = 8000;

/**
 * Code, tables and pictures make no sense on one line. They are left out unless there is nothing
 * else.
 */
const oneLine = (markdown: string): string =>
  cleanText(running(parseMarkdown(cleanText(markdown))))
    .replace(/\s+/g, ' ')
    .trim() || plainText(markdown).replace(/\s+/g, ' ');

/**
 * The text of a node as running prose: the entries of a list follow one another without bullets.
 */
function running(node: Nodes): string {
  switch (node.type) {
    case 'root':
    case 'blockquote':
    case 'listItem':
      return node.children.map(running).filter(Boolean).join(' ');
    case 'list':
      return node.children
        .map((item) => running(item).trim())
        .filter(Boolean)
        .reduce((said, entry) => (said === '' ? entry : `${said}${/[.!?:;,…]$/u.test(said) ? '' : ';'} ${entry}`), '');
    case 'paragraph':
      return node.children
        .filter((child) => !isPicture(child))
        .map(textOf)
        .join('');
    case 'code':
    case 'table':
      return '';
    default:
      return textOf(node);
  }
}

/** The description of a picture is not part of the sentence around it. */
const isPicture = (node: Nodes): boolean =>
  node.type === 'image' || node.type === 'imageReference' || (node.type === 'link' && node.children.every(isPicture));

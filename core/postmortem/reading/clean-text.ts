import { fenceAfter } from './fences.ts';
import { unreadable } from './reading.ts';

const deepest = 20;
const forbiddenKeys = ['__proto__', 'constructor', 'prototype'];

/** Refuses a string that is not valid text: it contains a NUL, or half of a surrogate pair. */
export function refuseUnreadableText(text: string): void {
  const nul = text.indexOf('\u0000');
  if (nul >= 0) throw unreadable('holds a NUL character', 'Send UTF-8 text.', { line: text.slice(0, nul).split('\n').length });
  if (!text.isWellFormed()) throw unreadable('holds half of a surrogate pair', 'Send UTF-8 text.');
}

/**
 * Refuses a parsed value that nobody writes in good faith: nested too deep, with keys that reach
 * into prototypes, or with unreadable text.
 */
export function refuseUnreadable(value: unknown, depth = 0): void {
  if (depth > deepest) throw unreadable(`is nested more than ${deepest} levels deep`, 'Send a flatter document.');
  if (typeof value === 'string') refuseUnreadableText(value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (forbiddenKeys.includes(key)) throw unreadable(`has the key "${key}", which is never taken`, 'Remove that key.');
    refuseUnreadableText(key);
    refuseUnreadable(member, depth + 1);
  }
}

const heading = /<h([1-6])(?:\s[^<>]{0,1000})?>([^<>]{1,300})<\/h\1\s{0,5}>/gi;
const block = /<\/?(?:p|div|ul|ol|br)(?:\s[^<>]{0,1000})?\/?>/gi;
const item = /<li(?:\s[^<>]{0,1000})?>/gi;

/**
 * Some tools export a text with HTML headings. Turns those headings, and the paragraphs and list
 * items of such a text, into Markdown. Any other text, all other HTML and code are returned
 * unchanged.
 */
export function withMarkdownHeadings(text: string): string {
  if (!/<h[1-6][\s>]/i.test(text)) return text;
  let fence = '';
  return text
    .split('\n')
    .map((line) => {
      const before = fence;
      fence = fenceAfter(line, fence);
      return before !== '' || fence !== '' || !line.includes('<') ? line : asMarkdown(line);
    })
    .join('\n');
}

const asMarkdown = (line: string): string =>
  line
    .replace(heading, (_, level: string, words: string) => `\n\n${'#'.repeat(Number(level))} ${words.trim()}\n\n`)
    .replace(block, '\n\n')
    .replace(item, '\n- ')
    .replace(/<\/li\s{0,5}>/gi, '')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()
    .concat('\n');

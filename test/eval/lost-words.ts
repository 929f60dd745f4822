import type { Nodes, Paragraph, Table } from 'mdast';
import { parseMarkdown } from '../../core/postmortem/parse-markdown.ts';
import type { Postmortem } from '../../core/postmortem/postmortem.ts';
import type { LabelledDocument } from './corpus.ts';
import { placeholders, stateAndMonthWords, vocabulary } from './vocabulary.ts';

/**
 * The words of the source that stand nowhere in the stored postmortem, each once. Markup is no
 * word; names of usual sections and labels may be recognised and need not be kept as words.
 */
export function lostWords({ name, text }: Pick<LabelledDocument, 'name' | 'text'>, postmortem: Postmortem): string[] {
  const stored = textsIn(postmortem).join('\n');
  const words = new Set([...tokens(stored), ...(/T\d\d:\d\d:\d\d\S*Z/.test(stored) ? utc : [])]);
  const whole = stored.normalize('NFKC').toLowerCase();
  const stands = (word: string) => words.has(word) || (spaceless.test(word) && whole.includes(word));
  const source = name.endsWith('.json') ? wordsOfJson(JSON.parse(text)) : wordsOfMarkdown(text);
  const addresses = name.endsWith('.json') ? [] : addressesOf(text);
  return [...new Set([...source.filter((word) => !stands(word)), ...addresses.filter((url) => !stored.includes(url))])];
}

/** Instants are stored in UTC. */
const utc = ['utc', 'gmt'];

/** Scripts that have no blanks between words, so that a cut changes what a word is. */
const spaceless = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [String(value ?? '')];

/** Letters and numbers apart; `04` is `4`. */
const tokens = (text: string): string[] =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{L}[\p{L}\p{M}]*|\p{N}+/gu) ?? []
  ).map((word) => word.replace(/^0+(?=\d)/, ''));

/** Where a word stands decides whether it may be a name that need not be kept. */
type Place = 'text' | 'name' | 'entry';

const mayGo = (word: string, place: Place): boolean =>
  (place === 'name' && vocabulary.has(word)) || (place !== 'text' && (stateAndMonthWords.has(word) || placeholders.has(word)));

function wordsOfMarkdown(source: string): string[] {
  const { front, body } = partedText(source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
  const words: string[] = [];
  const add = (text: string, place: Place) => words.push(...tokens(text).filter((word) => !mayGo(word, place)));
  for (const value of frontMatterValues(front)) add(value, 'entry');
  visit(
    parseMarkdown(
      body
        .replace(/\[\]\{[^{}]{0,200}\}/g, '')
        .replace(kindsOfBoxes, '$1')
        .replace(shortcodes, (call) => call.match(/"[^"]*"/g)?.join(' ') ?? ''),
    ),
    false,
    add,
  );
  return words;
}

/** `:::danger SEV-1`, `!!! danger "SEV-1"`, `> [!danger] SEV-1`: of a box with a title, its kind is markup. */
const kindsOfBoxes = /^([ >]*(?::{3,6} ?|(?:!!!|\?\?\?\+?)[ \t]+|\[!))[a-z-]{2,20}(?=\]?[+-]?[ \t]+\S|\[)/gim;

/** Calls of Hugo and Jekyll. Of their arguments, only texts are words. */
const shortcodes = /\{%[^{}%]{0,1000}%\}|\{\{[<%][^{}]{0,1000}[>%]\}\}/g;

function partedText(text: string): { front: string; body: string } {
  const head = /^(?:\s|<!--[\s\S]*?-->)*(---|\+\+\+)[ \t]*\n([\s\S]*?)\n\1[ \t]*(?:\n|$)/.exec(text);
  return head === null ? { front: '', body: text } : { front: head[2] ?? '', body: text.slice(head[0].length) };
}

/**
 * Values that are read into another form: dates, states, flags, and what only a blog's pages need.
 */
const normalised =
  /date|time|_at$|At$|when|severity|status|state|priority|draft|visib|restrict|resolved|layout|slug|path|section|version|document|template|weight|type|categor|informational|^id$|pin|aliases|image|toc/i;

function frontMatterValues(front: string): string[] {
  let isTaken = false;
  return front.split('\n').flatMap((line) => {
    const entry = /^(\s*(?:-\s+)?)("?[\w-]+"?)\s*[:=]\s*(.*)$/.exec(line);
    if (entry !== null) isTaken = normalised.test(entry[2] ?? '');
    if (isTaken || /^\s*(?:#|\[)/.test(line)) return [];
    return [(entry === null ? line : (entry[3] ?? '')).replace(/\s#\s.*$/, '')];
  });
}

type Add = (text: string, place: Place) => void;

function visit(node: Nodes, isEntry: boolean, add: Add): void {
  const rest: Place = isEntry ? 'entry' : 'text';
  if (node.type === 'heading' || isBoldLine(node))
    add(plain(node).replace(/^[[\]\s]*(?:\d+(?:\.\d+)*[.)]?\s|[一二三四五六七八九十]{1,3}[、.]|[Dd]\d\s)/, ''), 'name');
  else if (node.type === 'paragraph' && isLineAbove(node)) {
    const [name = '', ...lines] = plain(node).split('\n');
    add(name, 'name');
    addLines(lines.join('\n'), rest, add);
  } else if (node.type === 'paragraph') addLines(plain(node), rest, add);
  else if (node.type === 'table') addTable(node, add);
  else if (node.type === 'code') add(node.value, 'text');
  else if (node.type === 'html') addLines(withoutTags(node.value), rest, add);
  else if ('children' in node) for (const child of node.children) visit(child, isEntry || node.type === 'listItem', add);
}

/** Begins with a line of nothing but emphasised words: a heading in a chat room. */
const isLineAbove = ({ children: [first, second] }: Paragraph): boolean =>
  (first?.type === 'strong' || first?.type === 'emphasis') && second?.type === 'text' && second.value.startsWith('\n');

/** Stands where others write a heading. */
const isBoldLine = (node: Nodes): boolean => node.type === 'paragraph' && node.children.length === 1 && node.children[0]?.type === 'strong';

/** Its head has names, and so has every second column of a table of pairs. */
function addTable({ children: [head, ...rows] }: Table, add: Add): void {
  const isPairs = head?.children.length === 2 || head?.children.length === 4;
  for (const cell of head?.children ?? []) add(plain(cell), 'name');
  for (const row of rows) {
    for (const [n, cell] of row.children.entries()) add(plain(cell), isPairs && n % 2 === 0 ? 'name' : 'entry');
  }
}

/** The words before a colon may be a label. */
function addLines(text: string, rest: Place, add: Add): void {
  for (const written of text.split('\n')) {
    const line = written.replace(/^\s*\[[ xX]\]\s/, '').replace(/^\d{1,2}\.\s+(?=\p{Lu}{3})/u, '');
    if (isName(line)) continue;
    for (const part of line.split(/(?<=[.,;|·、。(（]\s?)|\s[-–—]\s/)) {
      const label = /^[^:：=]{1,60}[:：=]/.exec(part)?.[0] ?? '';
      add(label, 'name');
      add(part.slice(label.length), rest);
    }
  }
}

/** A line of nothing but a name stands where others write a heading. */
function isName(line: string): boolean {
  const words = tokens(line);
  const longest = /\?$/.test(line.trim()) || (line === line.toUpperCase() && line !== line.toLowerCase()) ? 10 : 3;
  return words.length <= longest && words.every((word) => vocabulary.has(word));
}

const withoutTags = (html: string): string =>
  html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<\/(?:h\d|th)>/gi, ':')
    .replace(/<\/?[a-z!][^>]*>/gi, '\n')
    .replace(/^\[[ x]\]/gim, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>');

/** The text of a node, without shortcodes of site generators and of emoji. */
function plain(node: Nodes): string {
  const text = (one: Nodes): string => {
    if (one.type === 'html') return withoutTags(one.value).replace(/\n/g, one.value.startsWith('<br') ? '\n' : '');
    if (one.type === 'break') return '\n';
    if (one.type === 'image' || one.type === 'imageReference') return one.alt ?? '';
    if (one.type === 'link' && one.children.length === 1 && one.children[0]?.type === 'text' && one.children[0].value === one.url)
      return '';
    if ('value' in one) return one.value;
    return 'children' in one ? one.children.map(text).join('') : '';
  };
  return text(node)
    .replace(/\{\{[<%][\s\S]*?[>%]\}\}/g, ' ')
    .replace(/\{[:#.][^}\n]*\}/g, ' ')
    .replace(/:[a-z][a-z0-9_+-]{1,30}:/g, ' ');
}

/** Where links go. */
function addressesOf(source: string): string[] {
  const { body } = partedText(source.replace(/\r\n?/g, '\n'));
  const found: string[] = [];
  const used = new Set<string>();
  const defined = new Map<string, string>();
  const walk = (node: Nodes): void => {
    if (node.type === 'link') found.push(node.url);
    if (node.type === 'linkReference') used.add(node.identifier);
    if (node.type === 'definition') defined.set(node.identifier, node.url);
    if ('children' in node) node.children.forEach(walk);
  };
  walk(parseMarkdown(body));
  return [...found, ...[...used].flatMap((name) => defined.get(name) ?? [])].filter((url) => /^https?:/.test(url));
}

const ofTools =
  /(?:^|_)(?:id|ids|url|slug|uuid|type|color|colour|rank|kind|mode|reference|event|timezone|position)$|^(?:id|url)|(?:Id|Url)$|created|updated|_at$|At$/i;

function wordsOfJson(value: unknown, key = ''): string[] {
  if (normalised.test(key)) return [];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) => wordsOfJson(inner, Array.isArray(value) ? key : name));
  if (typeof value !== 'string' || ofTools.test(key) || /^\d{4}-\d\d-\d\dT/.test(value)) return [];
  if (/body|content|markdown|document|text/i.test(key) && value.includes('\n')) return wordsOfMarkdown(value);
  const words: string[] = [];
  addLines(withoutTags(value), 'entry', (text, place) => words.push(...tokens(text).filter((word) => !mayGo(word, place))));
  return words;
}

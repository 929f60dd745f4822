import type { List, ListItem, RootContent, Table, TableRow } from 'mdast';
import { parseMarkdown } from '../parse-markdown.ts';
import { textOf } from '../plain-text.ts';

/** A block of a text, together with its Markdown as written. */
export interface MarkdownBlock {
  readonly node: RootContent;
  readonly source: string;
}

/**
 * The top-level blocks of a text, which nobody may change. The text must be within the limits of
 * markdown-limits.ts. Several readers look at one section, so the last few texts are parsed once.
 */
export function blocksOf(markdown: string): readonly MarkdownBlock[] {
  const blocks = lastParsed.get(markdown) ?? parseMarkdown(markdown).children.map((node) => ({ node, source: sourceOf(node, markdown) }));
  lastParsed.delete(markdown);
  lastParsed.set(markdown, blocks);
  for (const oldest of lastParsed.keys()) {
    if (lastParsed.size <= mostKept) break;
    lastParsed.delete(oldest);
  }
  return blocks;
}
const mostKept = 4;
const lastParsed = new Map<string, readonly MarkdownBlock[]>();
/** To be called when a document was read, so that none stays in memory. */
export const forgetBlocks = (): void => lastParsed.clear();

const sourceOf = ({ position }: RootContent, markdown: string): string =>
  position === undefined ? '' : markdown.slice(position.start.offset, position.end.offset);

export const joinBlocks = (blocks: readonly MarkdownBlock[]): string => blocks.map(({ source }) => source).join('\n\n');

/** The Markdown of a list item's content, moved to the left margin. */
export function itemSource(item: ListItem, markdown: string): string {
  const first = item.children[0]?.position?.start;
  const last = item.children.at(-1)?.position?.end;
  if (first?.offset === undefined || last?.offset === undefined) return '';
  const margin = new RegExp(`^[ \\t]{1,${Math.max(1, first.column - 1)}}`);
  const [head = '', ...rest] = markdown.slice(first.offset, last.offset).split('\n');
  return [head, ...rest.map((line) => line.replace(margin, ''))].join('\n').trim();
}

/** The text of a table's cells, row by row, the heading first. Empty rows are left out. */
export const rowsOf = (table: Table): string[][] =>
  table.children.map(cellsOf).filter((cells, i) => i === 0 || cells.some((cell) => cell !== ''));
const cellsOf = (row: TableRow): string[] => row.children.map((cell) => textOf(cell).replace(/\s+/g, ' ').trim());

/**
 * Whether a block says nothing: a rule, an empty list, a table without a filled cell below its
 * heading, or a template's own remark.
 */
export function isEmptyBlock({ node, source }: MarkdownBlock): boolean {
  if (node.type === 'table') return isEmptyTable(node);
  if (node.type === 'list') return isEmptyList(node);
  if (node.type === 'blockquote') return /^>\s*(Sample )?Template from\b/i.test(source);
  return node.type === 'thematicBreak' || (node.type !== 'definition' && source.trim() === '');
}
const isEmptyList = (list: List): boolean => list.children.every((item) => item.children.every((child) => textOf(child).trim() === ''));
/** One template asks with "Q (who): A (who):". A cell with only that was not filled in. */
const isEmptyTable = (table: Table): boolean =>
  rowsOf(table)
    .slice(1)
    .every((cells) => cells.every((cell) => cell === '' || /^(Q|A) \(who\):( A \(who\):)?$/.test(cell)));

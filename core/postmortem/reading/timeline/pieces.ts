import type { Code, List, ListItem, Paragraph, RootContent } from 'mdast';
import { isEmptyBlock, itemSource, type MarkdownBlock } from '../body-blocks.ts';
import { entriesOfLines } from './entries-of-lines.ts';
import { linesOf } from './inline-lines.ts';
import type { LeadingTime } from './leading-time.ts';
import type { Piece, PieceContext } from './piece.ts';
import { piecesOfTable } from './read-table.ts';
import { statedZone } from './stated-zone.ts';

/** The pieces of the blocks below one heading. */
export function piecesOf(blocks: readonly MarkdownBlock[], context: PieceContext): Piece[] {
  const read = blocks.map((block) => ({ block, pieces: piecesOfBlock(block.node, context) }));
  const isTimed = read.some(({ block, pieces }) => !isQuoted(block.node) && pieces.some(({ kind }) => kind === 'time'));
  return read.flatMap(({ block, pieces }) => (isTimed && isQuoted(block.node) ? [textPiece(block)] : pieces)).filter(saysSomething);
}

/** A log or a chat beside entries is evidence. It is a timeline only if nothing else is. */
const isQuoted = ({ type }: RootContent): boolean => type === 'code' || type === 'blockquote';
const textPiece = (block: MarkdownBlock): Piece => ({ kind: 'text', source: isEmptyBlock(block) ? '' : block.source });
const saysSomething = (piece: Piece): boolean => piece.kind !== 'text' || piece.source !== '';

function piecesOfBlock(node: RootContent, context: PieceContext): Piece[] {
  const read = piecesOfNode(node, context);
  return read?.some(({ kind }) => kind !== 'text') ? read : [textPiece({ node, source: sourceOf(node, context.markdown) })];
}

function piecesOfNode(node: RootContent, context: PieceContext): Piece[] | undefined {
  if (node.type === 'paragraph') return piecesOfParagraph(node, context);
  if (node.type === 'list') return piecesOfList(node, context);
  if (node.type === 'table') return piecesOfTable(node, context);
  if (node.type === 'code') return piecesOfCode(node, context);
  if (node.type !== 'blockquote') return undefined;
  const read = node.children.map((child) => piecesOfNode(child, context));
  return read.every((pieces) => pieces?.some(({ kind }) => kind === 'time')) ? read.flatMap((pieces) => pieces ?? []) : undefined;
}

const sourceOf = ({ position }: RootContent, markdown: string): string =>
  position === undefined ? '' : markdown.slice(position.start.offset, position.end.offset);

/** Lines that begin with a time begin an entry. What stands above the first of them stays text. */
function piecesOfParagraph(node: Paragraph, context: PieceContext): Piece[] | undefined {
  const end = node.position?.end.offset ?? 0;
  const read = entriesOfLines(node, end, context);
  if (read === undefined) return undefined;
  const { above, entries } = read;
  return [...(above === '' ? [] : [{ kind: 'text', source: above } as const]), ...entries.flatMap(withoutZone)];
}

/** "2026-11-17 (all times UTC)" is a day that stands alone, and a remark about the zone. */
function withoutZone(entry: Extract<Piece, { kind: 'time' }>): Piece[] {
  const { time, event } = entry;
  const isRemark = time.day !== undefined && time.clock === undefined && statedZone(event) !== undefined;
  return isRemark
    ? [
        { kind: 'text', source: event },
        { ...entry, event: '', alone: true },
      ]
    : [entry];
}

/** Where to read more is no event. */
const isOnlyLink = ({ children: [only, ...others] }: ListItem): boolean =>
  others.length === 0 && only?.type === 'paragraph' && only.children.length === 1 && only.children[0]?.type === 'link';

function piecesOfList(list: List, context: PieceContext): Piece[] {
  const items = list.children.map((item) => piecesOfItem(item, context));
  if (items.flat().some(({ kind }) => kind === 'time')) return items.flat();
  if (list.children.every(isOnlyLink)) return [{ kind: 'text', source: sourceOf(list, context.markdown) }];
  const events = list.children.map((item) => itemSource(item, context.markdown)).filter(Boolean);
  return events.length === 0 ? [] : [{ kind: 'list', events, source: sourceOf(list, context.markdown) }];
}

/**
 * An item with the blocks in it. A list of times in it gives entries of its own. Below an event,
 * all items of the list must have a time for that.
 */
function piecesOfItem(item: ListItem, context: PieceContext): Piece[] {
  const [head, ...others] = item.children;
  if (head === undefined) return [];
  if (head.type === 'list') return [...piecesOfList(head, context), ...others.flatMap((child) => piecesOfBlock(child, context))];
  if (head.type !== 'paragraph') return [{ kind: 'note', event: itemSource(item, context.markdown) }];
  const lists = others.filter((child) => child.type === 'list');
  const own = lists.length === 0 ? undefined : entriesOfLines(head, head.position?.end.offset ?? 0, context)?.entries[0];
  const isEvent = own !== undefined && own.event !== '';
  const split = others.findIndex((child) => child.type === 'list' && isTimed(child, isEvent, context));
  const inside = split < 0 ? item.children : item.children.slice(0, split + 1);
  const end = inside.at(-1)?.position?.end.offset ?? 0;
  const told = entriesOfLines(head, end, context);
  const whole = () => itemSource({ ...item, children: inside }, context.markdown);
  const above = told === undefined ? whole() : told.above;
  const below = split < 0 ? [] : others.slice(split).flatMap((child) => piecesOfBlock(child, context));
  return [...(above === '' ? [] : [{ kind: 'note', event: above } as const]), ...(told?.entries ?? []), ...below];
}

function isTimed(list: List, all: boolean, context: PieceContext): boolean {
  const times = list.children.filter((item) => {
    const [head] = item.children;
    return head?.type === 'paragraph' && context.timeOf(linesOf(head, context.markdown)[0]?.text ?? '') !== undefined;
  }).length;
  return times > 0 && (all ? times === list.children.length : times * 2 >= list.children.length);
}

/** A code block with an entry a line. Lines without a time belong to the one above. */
function piecesOfCode(node: Code, context: PieceContext): Piece[] | undefined {
  const lines = node.value.split('\n').filter((line) => line.trim() !== '');
  const times = lines.map(context.timeOf);
  if (times[0] === undefined || times.filter((time) => time !== undefined).length * 2 < lines.length) return undefined;
  const pieces: { kind: 'time'; time: LeadingTime; event: string; alone: boolean }[] = [];
  lines.forEach((line, i) => {
    const time = times[i];
    const last = pieces.at(-1);
    if (time !== undefined) pieces.push({ kind: 'time', time, event: escaped(line.slice(time.to)), alone: false });
    else if (last !== undefined) last.event = [last.event, escaped(line)].filter(Boolean).join('\n');
  });
  return pieces;
}
const escaped = (code: string): string => code.trim().replace(/[\\`*<[\]~|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\$&`);

/** The time of a heading's own words, and what they say besides. Empty if it has none. */
export function piecesOfHeading(source: string, node: RootContent | undefined, context: Omit<PieceContext, 'markdown'>): Piece[] {
  if (node?.type !== 'heading' && node?.type !== 'paragraph') return [];
  const [entry] = entriesOfLines(node, node.children.at(-1)?.position?.end.offset ?? 0, { ...context, markdown: source })?.entries ?? [];
  return entry === undefined ? [] : withoutZone({ ...entry, alone: true });
}

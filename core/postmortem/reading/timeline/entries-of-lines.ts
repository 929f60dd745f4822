import type { Paragraph } from 'mdast';
import { type InlineLine, linesOf } from './inline-lines.ts';
import type { LeadingTime } from './leading-time.ts';
import type { Piece, PieceContext } from './piece.ts';
import { timeBehind } from './time-behind.ts';

type Entry = Extract<Piece, { kind: 'time' }>;
interface Start {
  readonly time: LeadingTime;
  readonly line: InlineLine;
  readonly i: number;
}

/**
 * The entries in the lines of a paragraph whose text goes on up to `end`, and the lines above the
 * first of them. Undefined if it has no time.
 */
export function entriesOfLines(
  node: Pick<Paragraph, 'children' | 'position'>,
  end: number,
  { markdown, timeOf }: PieceContext,
): { above: string; entries: Entry[] } | undefined {
  const column = node.position?.start.column ?? 1;
  const lines = linesOf(node, markdown);
  const own = node.position?.end.offset ?? end;
  const text = (from: number, to: number) => withoutBreaks(dedented(markdown.slice(from, to), column));
  const lineStart = (i: number, to: number) => lines[i]?.start ?? to;
  const starts = lines.flatMap((line, i): Start[] => {
    const time = line.cuttable && beginsAnew(lines[i - 1]) ? (timeOf(line.text) ?? timeBehind(line.text, timeOf)) : undefined;
    return time === undefined ? [] : [{ time, line, i }];
  });
  const first = starts[0];
  if (first === undefined) return undefined;
  if (isBelow(starts, lines)) {
    const entries = starts.map(({ time, line }, n): Entry => {
      const from = lineStart((starts[n - 1]?.i ?? -1) + 1, line.start);
      return { kind: 'time', time, event: text(from, line.start), alone: false };
    });
    return { above: '', entries };
  }
  if (first.i > 0 && starts.length === 1 && !/[:.!?\\]\s*$/.test(ending(lines[first.i - 1]))) return undefined;
  const entries = starts.map(({ time, line, i }, n): Entry => {
    const to = starts[n + 1]?.line.start ?? end;
    const isWhole = time.to >= line.text.length;
    const told = withoutBreaks(dedented(isWhole ? markdown.slice(lineStart(i + 1, own), to) : line.source(time.to, to), column));
    const words = line.text
      .slice(0, time.from)
      .replace(/[\ufffc\ufff9[({"'“「【]|^\s*[-•·▪◦‣–—*]\s|:\s*$/g, '')
      .trim();
    const before = [words, ...line.keptIn(0, time.to)].filter(Boolean).join(' ');
    const event = [before, told].filter(Boolean).join(/\p{L}$/u.test(words) ? ': ' : ' ');
    return { kind: 'time', time, event, alone: event === '' };
  });
  return { above: text(lineStart(0, end), first.line.start), entries };
}

/** Whether each time stands alone below its text, as on status pages. */
const isBelow = (starts: readonly Start[], lines: readonly InlineLine[]): boolean =>
  starts[0]?.i !== 0 &&
  starts.at(-1)?.i === lines.length - 1 &&
  starts.every(({ time, line }) => time.from === 0 && time.to >= line.text.length && time.clock !== undefined);

/** A line that was only wrapped begins nothing: the line before it ends in "at" or a comma. */
const beginsAnew = (before: InlineLine | undefined): boolean => before === undefined || !wrapped.test(ending(before));
const wrapped =
  /(?:[,(–—]|\s(?:at|until|till|from|to|by|and|or|between|around|about|since|before|after|the|of|on|um|bis|von|a|las|vers))\s*$/i;
const ending = (line: InlineLine | undefined): string => line?.text.slice(-40) ?? '';

const withoutBreaks = (text: string): string =>
  text
    .trim()
    .replace(/^:\s+/, '')
    .replace(/(?:\\|<br\s{0,3}\/?>|\s){1,20}$/i, '');

/** Markdown inside a list or a quotation, moved to the left margin. */
function dedented(source: string, column: number): string {
  if (!source.includes('\n') || column <= 1) return source;
  const margin = new RegExp(`^[ \\t>]{1,${column - 1}}`);
  const [head = '', ...rest] = source.split('\n');
  return [head, ...rest.map((line) => line.replace(margin, ''))].join('\n');
}

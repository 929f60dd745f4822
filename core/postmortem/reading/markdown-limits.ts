import type { Flaw } from '../../shared/errors.ts';
import { fenceAfter } from './fences.ts';

/**
 * What makes a Markdown parser slow is counted before it runs. A long, honest postmortem stays far
 * below every limit. A text of 256 KB at all limits together is parsed in about a second.
 */
const limits = {
  lines: { most: 6000, what: 'lines of text', remedy: 'Move raw data into a linked document.' },
  containers: { most: 4000, what: 'list items and quoted lines', remedy: 'Move long lists into a linked document.' },
  // A parser takes four times as long for twice as many of these.
  groups: { most: 1000, what: 'quotations, lists and footnotes with text between them', remedy: 'Move long lists into a linked document.' },
  // At the end of a deeper list, the parser copies all that it has read.
  ends: { most: 600, what: 'ends of lists within lists', remedy: 'Write the lists flatter, or move them into a linked document.' },
  // The parser looks at all open lists and quotations again.
  lazy: {
    most: 2000,
    what: 'lines that continue a list item or a quotation without its indentation',
    remedy: 'Put an empty line below lists.',
  },
  depth: {
    most: 12,
    what: 'marks of lists and quotes at the beginning of one line',
    remedy: 'Look for a line that begins as "> > > - -" does, and write it flatter.',
  },
  underlines: { most: 400, what: 'lines of nothing but hyphens or equals signs', remedy: 'Remove them.' },
  cells: { most: 12_000, what: 'table cells', remedy: 'Move large tables into a linked document.' },
  emphasis: { most: 8000, what: 'runs of asterisks, underscores, tildes and backticks', remedy: 'Put raw data into a code block.' },
  emphasisInBlock: {
    most: 1500,
    what: 'runs of asterisks, underscores, tildes and backticks in one paragraph',
    remedy: 'Put raw data into a code block.',
  },
  brackets: { most: 4000, what: 'opening brackets', remedy: 'Put raw data into a code block.' },
} as const;
type LimitCounts = Record<keyof typeof limits, number>;

/**
 * The limits that these texts exceed together. Empty if they may be parsed. Takes time in
 * proportion to their length.
 */
export function markdownFlaws(texts: readonly string[], field = ''): Flaw[] {
  const counts: LimitCounts = {
    lines: 0,
    containers: 0,
    groups: 0,
    ends: 0,
    lazy: 0,
    depth: 0,
    underlines: 0,
    cells: 0,
    emphasis: 0,
    emphasisInBlock: 0,
    brackets: 0,
  };
  for (const text of texts) count(text, counts);
  return Object.entries(limits)
    .filter(([name, { most }]) => isLimit(name) && counts[name] > most)
    .map(([, { most, what, remedy }]) => ({ field, problem: `holds more than ${most} ${what}`, remedy }));
}
const isLimit = (name: string): name is keyof typeof limits => name in limits;

const marker = /[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$))/y;

function count(text: string, counts: LimitCounts): void {
  let fence = '';
  let inBlock = 0;
  let open: Group = '';
  const containers = openContainers();
  for (const line of text.split('\n')) {
    const before = fence;
    fence = fenceAfter(line, fence);
    if (before === '' && fence !== '') counts.lines++;
    if (before !== '' || fence !== '') continue;
    const { depth, rest } = markersOf(line);
    const emphasis = matches(rest, /[*_~`]+/g);
    inBlock = rest.trim() === '' ? 0 : inBlock + emphasis;
    counts.lines++;
    counts.containers += depth;
    const { ends, lazy } = containers.take(line, depth, line.length - rest.length);
    counts.ends += ends;
    counts.lazy += lazy;
    const now = groupOf(line, depth, open);
    if ((now !== open && now !== '') || /^ {0,3}\[\^/.test(line)) counts.groups++;
    open = now;
    counts.depth = Math.max(counts.depth, depth);
    if (/^[ \t]*(?:-+|=+)[ \t]*$/.test(rest) || (depth > 0 && rest.trim() === '')) counts.underlines++;
    counts.cells += matches(rest, /\|/g);
    counts.emphasis += emphasis;
    counts.emphasisInBlock = Math.max(counts.emphasisInBlock, inBlock);
    counts.brackets += matches(rest, /\[/g);
  }
}

/** Follows which lists and quotations are open, by where their marks end on the line. */
function openContainers() {
  let columns: number[] = [];
  let isBelowText = false;
  return {
    /** What a line adds. `end`: where its marks end, 0 without marks. */
    take(line: string, depth: number, end: number): { ends: number; lazy: number } {
      const isBlank = line.trim() === '';
      const at = depth > 0 ? end : line.search(/\S|$/);
      const isLazy = depth === 0 && isBelowText && at < (columns.at(-1) ?? 0);
      isBelowText = !isBlank;
      if (isBlank || isLazy) return { ends: 0, lazy: isBlank ? 0 : 1 };
      const left = columns.filter((column) => column <= at);
      const ended = columns.length - left.length;
      columns = depth > 0 && left.at(-1) !== at ? [...left, at] : left;
      // Text at the margin ends whole lists, which are counted as groups.
      return { ends: at > 0 ? ended : 0, lazy: 0 };
    },
  };
}

type Group = '' | 'list' | 'quotation';

/** What a line belongs to: empty and indented lines end no list. */
function groupOf(line: string, depth: number, before: Group): Group {
  if (depth > 0) return line.trimStart().startsWith('>') ? 'quotation' : 'list';
  return before === 'list' && /^(?:\s|$)/.test(line) ? 'list' : '';
}

/** The markers of lists and quotes at the beginning of a line. */
function markersOf(line: string): { depth: number; rest: string } {
  let depth = 0;
  marker.lastIndex = 0;
  for (let end = 0; ; depth++) {
    if (!marker.test(line)) return { depth, rest: line.slice(end) };
    end = marker.lastIndex;
  }
}

function matches(text: string, pattern: RegExp): number {
  let n = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) n++;
  return n;
}

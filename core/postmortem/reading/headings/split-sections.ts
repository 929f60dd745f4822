import { fenceAfter } from '../fences.ts';
import { meaningOf } from './heading-map.ts';

/** A heading with the text up to the next one. The text before the first heading has level 0. */
export interface Section {
  readonly level: number;
  readonly heading: string;
  readonly body: string;
  /** The source lines of the heading, to put it back if it belongs to the text above it. */
  readonly source: string;
}

interface Found {
  readonly level: number;
  readonly heading: string;
  /** The number of its lines: an underlined heading takes two. */
  readonly lines: 1 | 2;
}
const boldLevel = 7;
const longestHeading = 1000;

/** Splits a text at its headings, in one pass over its lines. Headings in code do not count. */
export function splitSections(markdown: string): Section[] {
  const lines = markdown.split('\n');
  const sections: Section[] = [];
  let open: Omit<Section, 'body'> = { level: 0, heading: '', source: '' };
  let from = 0;
  const close = (to: number) => sections.push({ ...open, body: trimBlankLines(lines.slice(from, to).join('\n')) });

  for (let i = 0, fence = ''; i < lines.length; i++) {
    const before = fence;
    fence = fenceAfter(lines[i] ?? '', fence);
    const found = before === '' && fence === '' ? headingAt(lines, i) : undefined;
    if (found === undefined) continue;
    close(i);
    open = { level: found.level, heading: found.heading, source: lines.slice(i, i + found.lines).join('\n') };
    from = i + found.lines;
    i = from - 1;
  }
  close(lines.length);
  return sections;
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';

function headingAt(lines: readonly string[], i: number): Found | undefined {
  const line = lines[i] ?? '';
  if (line.length > longestHeading) return undefined;
  const atx = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(line);
  if (atx !== null) return { level: (atx[1] ?? '').length, heading: headingText((atx[2] ?? '').replace(/[ \t]+#+[ \t]*$/, '')), lines: 1 };
  if (!isBlank(lines[i - 1]) || isBlank(line) || line.length > 200) return undefined;
  const under = /^ {0,3}(?:(=)=*|-{2,})[ \t]*$/.exec(lines[i + 1] ?? '');
  if (under !== null && /^ {0,3}[^\s>|*+-]/.test(line)) return { level: under[1] === '=' ? 1 : 2, heading: headingText(line), lines: 2 };
  const bold = /^(\*\*|__)([^*_]{2,80})\1:?[ \t]*$/.exec(line);
  const known = bold?.[2] !== undefined && meaningOf(bold[2]) !== undefined;
  return known ? { level: boldLevel, heading: headingText(bold[2] ?? ''), lines: 1 } : undefined;
}

/** The text of a heading without its markup. Links keep their text. */
const headingText = (source: string): string =>
  source
    .replace(/!?\[([^\][]*)\]\([^()\s]*\)/g, '$1')
    .replace(/(\*\*|__|`|~~)/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/^[*_](.*)[*_]$/, '$1')
    .trim();

export const trimBlankLines = (text: string): string => text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();

import { findLabel, isGradeOfStatusPage } from '../facts/label-names.ts';
import { isVagueCount } from '../facts/read-value.ts';
import { fenceAfter } from '../fences.ts';
import { findField } from '../sent-fields.ts';
import { headingReader, type ReadHeading } from './heading-map.ts';

/**
 * A heading with the text up to the next one. The text before the first heading has level 0.
 *
 * - `heading`: a heading of Markdown, or a known name in bold on a line of its own.
 * - `label`: a known name before its text, as in `**Impact:** No orders`.
 * - `item`: the same as an item of a list.
 * - `back`: a label of another kind, or the text below a list of labels. It belongs to what was
 *   open before the labels.
 */
export interface Section {
  readonly kind: 'heading' | 'label' | 'item' | 'back';
  readonly level: number;
  readonly heading: string;
  readonly body: string;
  /** The source lines of the heading, to put it back if it belongs to the text above it. */
  readonly source: string;
  /** The whole as written. */
  readonly raw: string;
}

interface Found extends Pick<Section, 'kind' | 'level' | 'heading'> {
  /** The number of its lines: an underlined heading takes two. */
  readonly lines: 0 | 1 | 2;
  /** Text on the line of the heading. */
  readonly inline?: string;
}
export const labelLevel = 7;
export const itemLevel = 8;
const longestHeading = 1000;

/** Splits a text at its headings, in one pass over its lines. Headings in code do not count. */
export const splitSections = (markdown: string): Section[] => {
  const read = headingReader();
  return split(markdown, (lines, i) => headingAt(lines, i, read));
};

/** As `splitSections`, but known names before their text count too. */
export const splitAtLabels = (markdown: string, read: ReadHeading): Section[] => {
  const lists = labelLists();
  return split(markdown, (lines, i) => headingAt(lines, i, read) ?? labelAt(lines, i, read) ?? lists.itemAt(lines, i, read));
};

function split(markdown: string, find: (lines: readonly string[], i: number) => Found | undefined): Section[] {
  const lines = markdown.split('\n');
  const sections: Section[] = [];
  let open: Found & { source: string } = { kind: 'heading', level: 0, heading: '', source: '', lines: 0 };
  let start = 0;
  let from = 0;
  const close = (to: number) => {
    const { kind, level, heading, source, inline } = open;
    const below = lines.slice(from, to);
    const body = trimBlankLines([...(inline === undefined ? [] : [inline]), ...(kind === 'item' ? dedented(below) : below)].join('\n'));
    sections.push({ kind, level, heading, source, body, raw: trimBlankLines(lines.slice(start, to).join('\n')) });
  };

  for (let i = 0, fence = ''; i < lines.length; i++) {
    const before = fence;
    fence = fenceAfter(lines[i] ?? '', fence);
    const found = before === '' && fence === '' ? find(lines, i) : undefined;
    if (found === undefined) continue;
    close(i);
    open = { ...found, source: lines.slice(i, i + found.lines).join('\n') };
    start = i;
    from = i + found.lines;
    i = Math.max(i, from - 1);
  }
  close(lines.length);
  return sections;
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';
const dedented = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/^(?:\t| {1,4})/, ''));

function headingAt(lines: readonly string[], i: number, read: ReadHeading): Found | undefined {
  const line = lines[i] ?? '';
  if (line.length > longestHeading) return undefined;
  const atx = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(line);
  if (atx !== null) {
    const heading = headingText((atx[2] ?? '').replace(/[ \t]+#+[ \t]*$/, ''));
    return { kind: 'heading', level: (atx[1] ?? '').length, heading, lines: 1 };
  }
  if (!isBlank(lines[i - 1]) || isBlank(line) || line.length > 200) return undefined;
  const under = /^ {0,3}(?:(=)=*|-{2,})[ \t]*$/.exec(lines[i + 1] ?? '');
  if (under !== null && /^ {0,3}[^\s>|*+-]/.test(line)) {
    return { kind: 'heading', level: under[1] === '=' ? 1 : 2, heading: headingText(line), lines: 2 };
  }
  const bold = /^(\*\*|__|\*|_)([^*_]{2,80})\1(?:[ \t]{0,3}(\([^()]{1,60}\)))?:?[ \t]*$/.exec(line);
  const name = bold === null ? '' : nameAndRemark(bold[2], bold[3]);
  return name !== '' && read(name) !== undefined ? { kind: 'heading', level: labelLevel, heading: headingText(name), lines: 1 } : undefined;
}

const nameAndRemark = (name = '', remark?: string): string => (remark === undefined ? name : `${name.replace(/[ \t]*:$/, '')} ${remark}`);

const boldLabel =
  /^ {0,3}(?:\d{1,2}[.)] )?(\*\*|__|\*|_)([^*_]{2,80}?)[ \t]{0,3}(?:[:：.]\1|\1[ \t]{0,3}(?:(\([^()]{1,60}\))[ \t]{0,3})?[:：]|\1[ \t]+[-–—](?=\s))[ \t]*(.*)$/;
const plainLabel = /^(?:\d{1,2}[.)] )?([\p{Lu}\p{Lo}][\p{L}\p{M} '’/&()-]{1,60}?)(?:[ \t]*:(?:[ \t]+|$)|[ \t]*：[ \t]*)(.*)$/u;
const bareName =
  /^(?:\d{1,2}[.)][ \t]{1,4}|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、][ \t]?|[■◆●▼▶◇□○【〔[][ \t]?)?([\p{Lu}\p{Lo}¿][\p{L}\p{M} '’/&(),?-]{1,70}?)[】〕\]]?[ \t]*[:：]?$/u;

/** A known name before its text, or alone on the first line of a paragraph. */
function labelAt(lines: readonly string[], i: number, read: ReadHeading): Found | undefined {
  const line = (lines[i] ?? '').trimEnd();
  if (line === '' || line.length > longestLabelled) return undefined;
  const bold = boldLabel.exec(line);
  if (bold !== null) return labelled(nameAndRemark(bold[2], bold[3]), bold[4] ?? '', read);
  const isFirst = isBlank(lines[i - 1]);
  const bare = isFirst && line.length <= 80 ? bareName.exec(line) : null;
  if (bare?.[1] !== undefined && standsAlone(lines, i) && readsAsSection(bare[1], read)) {
    return { kind: 'label', level: labelLevel, heading: headingText(line.replace(/\s*[:：]$/, '')), lines: 1 };
  }
  const isAfterLabel = !isFirst && !/^\d/.test(line) && plainLabel.test((lines[i - 1] ?? '').slice(0, 100));
  const plain = isFirst || isAfterLabel ? plainLabel.exec(line) : null;
  return plain?.[1] !== undefined && plain[2] !== '' ? labelled(plain[1], plain[2] ?? '', read) : undefined;
}
/** Characters. A paragraph on one line may be long. */
const longestLabelled = 20_000;

/** A name with a number may be an entry of a list: then another entry is the next line. */
const standsAlone = (lines: readonly string[], i: number): boolean =>
  !/^\d/.test(lines[i] ?? '') || !lines.slice(i + 1, i + 4).some((line) => /^\d{1,2}[.)] /.test(line));

const factual = new Set(['startedAt', 'resolvedAt', 'status', 'severity', 'authors', 'services', 'facts']);
const readsAsSection = (name: string, read: ReadHeading): boolean => {
  const meaning = read(name)?.meaning;
  return meaning !== undefined && !factual.has(meaning.to);
};

/** Names of facts end the text of the label above them, and are read where the labels stand. */
function labelled(name: string, inline: string, read: ReadHeading): Found | undefined {
  const isGrade = isGradeOfStatusPage(inline) && read(name)?.meaning.to === 'impactText';
  const isCount = isVagueCount(inline) && findLabel(name) === 'customersAffected';
  if (!isGrade && !isCount && readsAsSection(name, read))
    return { kind: 'label', level: labelLevel, heading: headingText(name), lines: 1, inline };
  return findField(name) !== undefined || read(name) !== undefined ? { kind: 'back', level: labelLevel, heading: '', lines: 0 } : undefined;
}

const itemLabel =
  /^[-*+•][ \t]+(?:\[[ xX]\][ \t]+)?(\*\*|__)([^*_]{2,80}?)[ \t]{0,3}(?:[:：.]\1|\1[ \t]{0,3}[:：]|\1(?=[ \t]{0,3}$)|\1[ \t]+[-–—](?=\s))[ \t]*(.*)$/;

/** Lists in which every item begins with a label in bold. */
function labelLists() {
  let end = 0;
  let isList = false;
  return {
    itemAt(lines: readonly string[], i: number, read: ReadHeading): Found | undefined {
      const line = lines[i] ?? '';
      if (i >= end) {
        const wasList = isList;
        const endOfLast = end;
        isList = itemLabel.test(line.slice(0, 200));
        if (isList) {
          end = endOfList(lines, i);
          isList = lines.slice(i, end).every((one) => /^\s|^$/.test(one) || itemLabel.test(one.slice(0, 200)));
        }
        if (!isList && wasList && i === endOfLast) return { kind: 'back', level: itemLevel, heading: '', lines: 0 };
      }
      if (!isList || line.length > longestLabelled) return undefined;
      const [, , name, inline] = itemLabel.exec(line) ?? [];
      if (name === undefined) return undefined;
      if (readsAsSection(name, read)) return { kind: 'item', level: itemLevel, heading: headingText(name), lines: 1, inline: inline ?? '' };
      return { kind: 'back', level: itemLevel, heading: '', lines: 0 };
    },
  };
}

/** The first line behind a list: one that is neither an item, nor indented, nor blank. */
function endOfList(lines: readonly string[], from: number): number {
  let i = from;
  while (i < lines.length && (isBlank(lines[i]) || /^(?:[-*+•]\s|\s)/.test(lines[i] ?? ''))) i++;
  return i;
}

/**
 * The text of a heading without its markup, and without anchors of exports: `{#summary}`. Links
 * keep their text.
 */
const headingText = (source: string): string =>
  source
    .replace(/\[\]\{[^{}]{0,200}\}|[ \t]\{[#.][^{}]{0,300}\}$/g, '')
    .replace(/!?\[([^\][]*)\]\([^()\s]*\)/g, '$1')
    .replace(/(\*\*|__|`|~~)/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/^[*_](.*)[*_]$/, '$1')
    .trim();

export const trimBlankLines = (text: string): string => text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();

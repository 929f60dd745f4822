import type { List, ListItem, RootContent, Table } from 'mdast';
import { textOf } from '../../plain-text.ts';
import { itemSource, type MarkdownBlock } from '../body-blocks.ts';
import { findLabel } from './label-names.ts';
import { factsInLine, labelsOfGitlab } from './told-line.ts';
import { statusWordIn } from './written-words.ts';

/** A name with a value, as it stands in a text. */
export interface Labelled {
  readonly label: string;
  /** Markdown. */
  readonly value: string;
  /** Both as written, on one line. */
  readonly source: string;
  /** In bold, in a table or in a list of labels: not the beginning of a sentence. */
  readonly isSet: boolean;
}
/** A piece of a block: a label with its value, or text. */
export type Piece = Labelled | string;
export const isLabelled = (piece: Piece): piece is Labelled => typeof piece !== 'string';

/** What labels stand in, in words for the author. */
export type Form = 'line' | 'list' | 'table' | 'quotation';
export interface Split {
  readonly form: Form;
  readonly pieces: readonly Piece[];
}

/**
 * Splits a block into labels with their values and the text between them. Undefined for a block of
 * another form. A new form is a new reader in this list.
 */
export function splitLabels({ node, source }: MarkdownBlock, markdown: string): Split | undefined {
  for (const read of readers) {
    const split = read(node, source, markdown);
    if (split !== undefined) return split.pieces.some(isLabelled) ? split : undefined;
  }
  return undefined;
}
type Reader = (node: RootContent, source: string, markdown: string) => Split | undefined;
const readers: readonly Reader[] = [
  (node, source) => (node.type === 'paragraph' ? { form: 'line', pieces: linesOf(source) } : undefined),
  (node, _, markdown) => (node.type === 'list' ? { form: 'list', pieces: itemsOf(node, markdown) } : undefined),
  (node, _, markdown) => (node.type === 'table' ? { form: 'table', pieces: cellsOf(node, markdown) } : undefined),
  (node, source) =>
    node.type === 'blockquote' && node.children.every(({ type }) => type === 'paragraph')
      ? { form: 'quotation', pieces: linesOf(source.replace(/^ {0,3}> ?/gm, '')) }
      : undefined,
];

const longestLine = 2000;

function linesOf(paragraph: string): Piece[] {
  const lines = paragraph.split('\n');
  const pieces: Piece[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = (lines[i] ?? '').replace(/\\$/, '');
    const next = lines[i + 1] ?? '';
    const defined = /^[ \t]*:[ \t]+(\S.*)$/.exec(next.slice(0, longestLine))?.[1];
    if (defined !== undefined && isName(line)) {
      pieces.push({ label: bare(line), value: defined, source: `${line.trim()}: ${defined}`, isSet: true });
      i += 1;
    } else pieces.push(...labelsOf(line));
  }
  return pieces;
}
const isName = (line: string): boolean => line.length <= 80 && findLabel(nameIn(bare(line))) !== undefined;

const marks = String.raw`(?:\*\*|__|[*_]|\x60)`;
/** `**Label:**`, `**Label**:`, `_Label_:` */
const boldLabel = new RegExp(String.raw`^${marks}([^*_\x60\n|]{1,60}?)(?:\s*[:：]\s*${marks}|${marks}\s*[:：])\s*`, 'u');
/** `**Severity** SEV-1`, for names that we know. */
const boldName = /^(?:\*\*|__)([^*_`\n|]{1,60}?)(?:\*\*|__)\s+(?:[-–—]+\s+)?(?=\S)/u;
const plainLabel = /^([\p{L}\p{N}][\p{L}\p{N} /#'’()&.,+-]{0,60}?)\s*[:：](?!\/\/)\s*/u;
const dashLabel = /^([\p{L}][\p{L} /()]{0,40}?)\s+[-–—]+\s+(?=\S)/u;
const bullet = /^\s*(?:[-*+•‣]|\d{1,2}[.)])\s+/;
/** Signs before a label: ":rotating_light: *Severity:*", "🔴 Severity:". */
const signs = /^(?:(?::[a-z][a-z0-9_+-]{1,30}:|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u200d|\u20e3)\s*){1,6}(?=\S)/u;
const ofTexts = new Set(['summary', 'impactText', 'rootCauses', 'contributingFactors', 'trigger', 'detection', 'resolution', 'workaround']);

/** A line without the signs before its label, if it is the label of a value. */
function withoutSigns(text: string): string {
  const plain = text.replace(signs, '');
  if (plain === text) return text;
  const label = labelAt(plain)?.label;
  return label === undefined || ofTexts.has(findLabel(nameIn(bare(label))) ?? '') ? text : plain;
}

/**
 * The labels of one line, with their values. A further label in bold begins a new one wherever it
 * stands; a plain one only behind a bar, a middle dot or two blanks.
 */
function labelsOf(line: string): Piece[] {
  const text = withoutSigns(withoutEmphasis(line.replace(bullet, '').trim()));
  const told = factsInLine(text);
  if (told !== undefined) return [...told];
  const scoped = labelsOfGitlab(text);
  if (scoped !== undefined) return scoped.rest === '' ? [...scoped.labels] : [...scoped.labels, scoped.rest];
  if (text.length > longestLine) return [line];
  const labels: Piece[] = [];
  const [first = '', ...others] = partsOf(text);
  if (labelAt(first) === undefined) {
    if (first.length > longestBefore || !others.some(isKnownLabel)) return [line];
    labels.push(first);
  }
  for (const part of labelAt(first) === undefined ? others : [first, ...others]) {
    const found = labelAt(part);
    const before = labels.at(-1);
    if (found !== undefined) labels.push({ ...found, source: part });
    else if (before !== undefined && !isLabelled(before)) labels[labels.length - 1] = `${before} · ${part}`;
    else if (before !== undefined) {
      const bar = before.value === '' ? '' : ' | ';
      labels[labels.length - 1] = { ...before, value: `${before.value}${bar}${part}`, source: `${before.source}${bar}${part}` };
    }
  }
  return labels;
}

/** Characters before the first label of a line, as in "Published 30 September · severity: high". */
const longestBefore = 80;
const isKnownLabel = (part: string): boolean => {
  const label = labelAt(part)?.label;
  return label !== undefined && findLabel(nameIn(bare(label))) !== undefined;
};

/** A line that is in italics as a whole. */
const withoutEmphasis = (text: string): string => /^([*_])(?![*_\s])([^*_\n]*(?:(\*\*|__)[^*_\n]*\3[^*_\n]*)*)\1$/.exec(text)?.[2] ?? text;

const separator =
  /(?<!\s)\s{1,40}[|·•‖]\s{1,40}|(?<![\s:：])\s{2,40}(?=[\p{L}*_])|(?<=[.;,|·•]\s{0,3})(?=\*\*[^*\n]{1,60}(?:[:：]\*\*|\*\*\s*[:：]))/u;
const partsOf = (text: string): string[] =>
  text
    .split(separator)
    .map((part) => withoutSigns(part.trim()).replace(/^[|·•]\s*|\s*[|·•]$/g, ''))
    .filter(Boolean);

function labelAt(text: string): Omit<Labelled, 'source'> | undefined {
  const bold = boldLabel.exec(text);
  if (bold?.[1] !== undefined) return { label: bold[1].trim(), value: text.slice(bold[0].length).trim(), isSet: true };
  const name = boldName.exec(text);
  if (name?.[1] !== undefined && findLabel(nameIn(name[1])) !== undefined)
    return { label: name[1].trim(), value: text.slice(name[0].length).trim(), isSet: true };
  const plain = plainLabel.exec(text);
  if (plain?.[1] !== undefined) return { label: plain[1].trim(), value: text.slice(plain[0].length).trim(), isSet: false };
  const dash = dashLabel.exec(text);
  return dash?.[1] !== undefined && findLabel(nameIn(dash[1])) !== undefined
    ? { label: dash[1].trim(), value: text.slice(dash[0].length).trim(), isSet: false }
    : undefined;
}

/** The items of a list. The items below one that is only a label are its value. */
const itemsOf = (list: List, markdown: string): Piece[] => list.children.flatMap((item) => itemOf(item, markdown));

function itemOf(item: ListItem, markdown: string): Piece[] {
  const source = itemSource(item, markdown);
  const asItem = `- ${source.replaceAll('\n', '\n  ')}`;
  const [head, nested, ...others] = item.children;
  if (head?.type !== 'paragraph' || others.length > 0) return [asItem];
  const lines = nested === undefined ? source : source.split('\n').slice(0, lineCount(head)).join('\n');
  const pieces =
    nested !== undefined && isName(lines) ? [{ label: bare(lines), value: '', source: `${lines.trim()}:`, isSet: true }] : linesOf(lines);
  if (!pieces.every(isLabelled)) return [asItem];
  const [only] = pieces;
  if (nested === undefined) return pieces;
  if (nested.type !== 'list' || pieces.length !== 1 || only === undefined || only.value !== '') return [asItem];
  const values = nested.children.map((one) => itemSource(one, markdown).replace(/\s+/g, ' '));
  const inner = itemsOf(nested, markdown);
  if (inner.every(isLabelled) && findLabel(nameIn(only.label)) === undefined) return inner;
  return [{ ...only, value: values.join('; '), source: `${only.source} ${values.join('; ')}`, isSet: true }];
}
const lineCount = ({ position }: RootContent): number => (position === undefined ? 1 : position.end.line - position.start.line + 1);

const sourceOfCell = (cell: Table['children'][number]['children'][number], markdown: string): string => {
  const from = cell.children[0]?.position?.start.offset;
  const to = cell.children.at(-1)?.position?.end.offset;
  return from === undefined || to === undefined ? textOf(cell) : markdown.slice(from, to);
};

/** Names that say what the columns are, and no more. */
const columnName =
  /^(?:metric|field|item|name|key|value|values|property|attribute|detail|details|info|information|category|description|data|entry)$/i;

/**
 * The cells of a table of names and values: two columns or four, or a row of names above one row of
 * values. A table of two rows that could be both is read as neither.
 */
function cellsOf(table: Table, markdown: string): Piece[] {
  const rows = table.children.map((row) => row.children.map((cell) => sourceOfCell(cell, markdown).trim()));
  const [heading = [], only = [], ...others] = rows;
  const labelled = (label: string, value: string): Piece[] => {
    if (label.length > 200) return [[label, value].filter(Boolean).join(' — ')];
    const name = bare(label);
    if (name === '' && value === '') return [];
    if (columnName.test(name) && (value === '' || columnName.test(bare(value)))) return [];
    if (name === '' || value === '') return name === '' ? [value] : [{ label: name, value: '', source: `**${name}:**`, isSet: true }];
    return [{ label: name, value, source: `**${name}:** ${value}`, isSet: true }];
  };
  const mayBeHeaded = others.every((cells) => cells.every((cell) => cell === '')) && heading.filter(isKnownCell).length >= 2;
  if (mayBeHeaded) {
    const fits = isKnownCell(only[0] ?? '') ? misfitsAcross([heading, only]) - misfitsDown(heading, only) : 1;
    if (fits === 0 && isMisfit(heading[0] ?? '', only[0] ?? '')) return [];
    if (fits >= 0) return heading.flatMap((name, i) => labelled(name, only[i] ?? ''));
  }
  const width = heading.length;
  if (others.length > 0 && isColumn(heading[0] ?? '') && !rows.slice(1).some(([name = '']) => isKnownCell(name))) return [];
  if (width < 2 || (width % 2 !== 0 && width !== 3)) return [];
  const isSmall = width === 2 || width === 4 || rows.every((cells) => cells.slice(2).every((cell) => cell === ''));
  if (!isSmall) return [];
  return rows.flatMap((cells) =>
    cells.flatMap((cell, i) => (i % 2 === 0 && (i + 1 < cells.length || cell !== '') ? labelled(cell, cells[i + 1] ?? '') : [])),
  );
}

/** Names that stand where a value would, if each row holds names and values in turn. */
const misfitsAcross = (rows: readonly (readonly string[])[]): number =>
  rows.reduce((sum, cells) => sum + cells.filter((cell, i) => i % 2 === 1 && isMisfit(cells[i - 1] ?? '', cell)).length, 0);
/** The same, if the first row holds the names and the second one their values. */
const misfitsDown = (names: readonly string[], values: readonly string[]): number =>
  names.filter((name, i) => isMisfit(name, values[i] ?? '')).length;
/** "Resolved" is the name of a time, and what a status may say. */
const isMisfit = (name: string, value: string): boolean =>
  isKnownCell(value) && !(findLabel(nameIn(bare(name))) === 'status' && statusWordIn(value) !== undefined);

/** "Service | Effect" above services is no pair of a name and a value. */
const isColumn = (cell: string): boolean => ['services', 'regions', 'owningTeam'].includes(findLabel(nameIn(bare(cell))) ?? '');

const isKnownCell = (cell: string): boolean => cell.length <= 200 && findLabel(nameIn(bare(cell))) !== undefined;

/** A name without the markup around it. */
export const bare = (name: string): string =>
  name
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/[*_`\\]|:[a-z][a-z0-9_+-]{1,30}:/g, '')
    .replace(/^(?:\s|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u200d|\u20e3)+|[\s:：]+$/gu, '')
    .replace(/\s+/g, ' ');

/** The name of a label without a remark in brackets: "Start" of "Start (UTC)". */
export const nameIn = (label: string): string =>
  label
    .replace(/\(s\)/gi, 's')
    .replace(/\s*[([][^()[\]]*[)\]]/g, ' ')
    .trim();
/** What stands in brackets in a label, such as the zone of its value. */
export const remarkIn = (label: string): string => /[([]([^()[\]]+)[)\]]/.exec(label.replace(/\(s\)/gi, ''))?.[1]?.trim() ?? '';

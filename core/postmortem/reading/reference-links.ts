import { fenceAfter } from './fences.ts';

/** Characters that all addresses and footnotes together may add to a text. */
const mostAdded = 100_000;
/** Characters. A longer footnote stays a footnote. */
const longestInline = 600;

interface Definitions {
  readonly links: ReadonlyMap<string, string>;
  readonly footnotes: ReadonlyMap<string, string>;
}

/**
 * Puts the address of a reference link (`[the ticket][1]`) and the text of a footnote (`[^1]`)
 * where they are used, because a text is cut into sections, and each section is read by itself. A
 * definition that nothing uses stays. Takes time in proportion to the text's length.
 */
export function withInlineLinks(markdown: string): string {
  if (!/\[|data:/.test(markdown)) return markdown;
  const blocks = partedAtFences(markdown);
  const found = blocks.map((block) => (block.isCode ? [] : definitionsIn(block.lines)));
  const all = found.flat();
  const definitions: Definitions = { links: targetsOf(all, false), footnotes: targetsOf(all, true) };
  const used = new Set<string>();
  const budget = { left: mostAdded };
  const texts = blocks.map(({ lines, isCode }, b) => {
    if (isCode) return lines.join('\n');
    const own = found[b] ?? [];
    const defined = new Set(own.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)));
    return resolved(lines.map((line, i) => (defined.has(i) ? '' : line)).join('\n'), definitions, used, budget);
  });
  return texts
    .map((text, b) => {
      const unused = (found[b] ?? []).filter(({ label, isFootnote }) => !used.has(isFootnote ? `^${label}` : label));
      const lines = text.split('\n');
      for (const { from, source } of unused) lines[from] = source;
      return lines.join('\n');
    })
    .join('\n');
}

/** The first definition of a label counts. */
const targetsOf = (all: readonly Definition[], isFootnote: boolean): ReadonlyMap<string, string> =>
  new Map(
    all
      .filter((one) => one.isFootnote === isFootnote)
      .toReversed()
      .map(({ label, target }) => [label, target] as const),
  );

function partedAtFences(markdown: string): { lines: string[]; isCode: boolean }[] {
  const blocks: { lines: string[]; isCode: boolean }[] = [];
  let fence = '';
  for (const line of markdown.split('\n')) {
    const before = fence;
    fence = fenceAfter(line, fence);
    const isCode = before !== '' || fence !== '';
    const open = blocks.at(-1);
    if (open?.isCode === isCode) open.lines.push(line);
    else blocks.push({ lines: [line], isCode });
  }
  return blocks;
}

interface Definition {
  readonly label: string;
  readonly target: string;
  readonly isFootnote: boolean;
  /** Its lines, the last one not included. */
  readonly from: number;
  readonly to: number;
  readonly source: string;
}

const linkDefinition =
  /^ {0,3}\[([^\][^][^\][]{0,200})\]:[ \t]*(<[^<>\n]{0,4000}>|[^\s<>]{1,4000})(?:[ \t]+(?:"([^"]*)"|'([^']*)'|\(([^()]*)\)))?[ \t]*$/;
/** A picture inside the document, as Google Docs exports it. */
const pictureDefinition = /^ {0,3}\[([^\][]{1,200})\]:[ \t]*<?data:/;
const footnoteDefinition = /^ {0,3}\[\^([^\][\s]{1,100})\]:[ \t]*(.*)$/;

/** A definition begins a block, or follows another one. */
function definitionsIn(lines: readonly string[]): Definition[] {
  const found: Definition[] = [];
  let isOpen = true;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const footnote = isOpen && line.length < 20_000 ? footnoteDefinition.exec(line) : null;
    const link = isOpen && footnote === null && line.length < 5000 ? linkDefinition.exec(line) : null;
    if (footnote !== null) {
      const to = endOfFootnote(lines, i);
      const text = [footnote[2] ?? '', ...lines.slice(i + 1, to).map((one) => one.trim())].join('\n').trim();
      found.push({ label: labelOf(footnote[1] ?? ''), target: text, isFootnote: true, from: i, to, source: lines.slice(i, to).join('\n') });
      i = to - 1;
    } else if (isOpen && pictureDefinition.test(line.slice(0, 300))) {
      const label = labelOf(pictureDefinition.exec(line.slice(0, 300))?.[1] ?? '');
      found.push({ label, target: 'data:', isFootnote: false, from: i, to: i + 1, source: '' });
    } else if (link !== null) {
      const title = link[3] ?? link[4] ?? link[5];
      const address = link[2]?.replace(/^<(.*)>$/, '$1') ?? '';
      const target = (/[\s()]/.test(address) ? `<${address}>` : address) + (title === undefined ? '' : ` "${title.replaceAll('"', "'")}"`);
      found.push({ label: labelOf(link[1] ?? ''), target, isFootnote: false, from: i, to: i + 1, source: line });
    } else isOpen = line.trim() === '' || /^ {0,3}#/.test(line);
  }
  return found;
}

/** The lines of a footnote: the first, those that go on with it, and indented paragraphs. */
function endOfFootnote(lines: readonly string[], from: number): number {
  let to = from + 1;
  for (let i = to; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.trim() === '') continue;
    const goesOn = i === to && !/^ {0,3}(?:\[[^\]]{1,200}\]:|#|[-*+] |\d{1,9}[.)] |>|\|)/.test(line);
    if (!goesOn && !/^(?: {2,}|\t)/.test(line)) break;
    to = i + 1;
  }
  return to;
}

const labelOf = (written: string): string => written.trim().toLowerCase().replace(/\s+/g, ' ');

const reference = /(\\?)(!?)\[([^\][]{0,1000})\](?:\[([^\][]{0,200})\]|(\(data:[^()\s]{0,200}\)))?/g;
const pictureWithReference = /\[(!\[[^\][]{0,1000}\]\([^()\s]{0,4000}\))\]\[([^\][]{1,200})\]/g;

function resolved(text: string, definitions: Definitions, used: Set<string>, budget: { left: number }): string {
  const code = codeSpans(text);
  let span = 0;
  const inline = text.replace(
    reference,
    (whole, backslash: string, bang: string, words: string, label: string | undefined, data: string | undefined, at: number) => {
      while ((code[span]?.to ?? Number.POSITIVE_INFINITY) <= at) span++;
      if (backslash !== '' || at >= (code[span]?.from ?? Number.POSITIVE_INFINITY)) return whole;
      if (data !== undefined) return bang === '' ? whole : words;
      if (isPartOfAnother(text, at, whole)) return whole;
      if (bang === '' && words.startsWith('^') && label === undefined) return footnoteFor(words.slice(1), whole, definitions, used, budget);
      const name = labelOf(label === undefined || label === '' ? words : label);
      const target = name.includes('\n') ? undefined : definitions.links.get(name);
      if (target === undefined || !takes(budget, target.length)) return whole;
      used.add(name);
      if (target === 'data:') return words === label ? '' : words;
      return `${bang}[${words}](${target})`;
    },
  );
  return inline.replace(pictureWithReference, (whole, picture: string, label: string) => {
    const target = definitions.links.get(labelOf(label));
    if (target === undefined || !takes(budget, target.length)) return whole;
    used.add(labelOf(label));
    return `[${picture}](${target})`;
  });
}

/** The second half of `[![picture](…)][label]`, the text of an inline link, or a definition. */
const isPartOfAnother = (text: string, at: number, whole: string): boolean =>
  (text[at - 1] === ']' && !whole.startsWith('!')) ||
  text[at + whole.length] === '(' ||
  (text[at + whole.length] === ':' && /(?:^|\n) {0,3}$/.test(text.slice(Math.max(0, at - 4), at))) ||
  isCheckbox(text, at, whole);
const isCheckbox = (text: string, at: number, whole: string): boolean =>
  /^\[[ xX]\]$/.test(whole) && /(?:[-*+]|\d[.)])[ \t]+$/.test(text.slice(Math.max(0, at - 6), at));

function footnoteFor(name: string, whole: string, { footnotes, links }: Definitions, used: Set<string>, budget: { left: number }): string {
  const note = footnotes.get(labelOf(name));
  if (note === undefined || note.length > longestInline || note.includes('\n\n') || !takes(budget, note.length)) return whole;
  used.add(`^${labelOf(name)}`);
  return note === '' ? '' : ` (${resolved(note.replace(/\s+/g, ' '), { links, footnotes: new Map() }, used, budget)})`;
}

function takes(budget: { left: number }, length: number): boolean {
  if (budget.left < length) return false;
  budget.left -= length;
  return true;
}

/** Code within lines, in order. */
const codeSpans = (text: string): { from: number; to: number }[] =>
  [...text.matchAll(/(?<!`)(`{1,3})(?!`)[^`\n]{1,2000}\1(?!`)/g)].map(({ index, 0: span }) => ({ from: index, to: index + span.length }));

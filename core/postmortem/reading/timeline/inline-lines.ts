import type { Nodes, Paragraph, PhrasingContent } from 'mdast';

/** A line of a paragraph as it is shown, each character with its place in the Markdown. */
export interface InlineLine {
  readonly text: string;
  /** Whether the line begins outside all emphasis and links that the line before it opened. */
  readonly cuttable: boolean;
  /** Where the Markdown of the line begins, with the marks that open there. */
  readonly start: number;
  /** The Markdown from a character of the line up to `end`, with the marks that are open there. */
  source(from: number, end: number): string;
  /** The Markdown of the links and pictures in a part of the line. */
  keptIn(from: number, to: number): string[];
}

interface Leaf {
  readonly at: number;
  readonly around: readonly Span[];
}
interface Span {
  readonly node: Nodes;
  readonly at: number;
  readonly start: number;
  readonly opening: string;
  readonly isKept: boolean;
  end: number;
}

/** Stands for a picture or a footnote, so that it keeps its place. */
const picture = '\ufffc';
/** Stands for an HTML tag. */
const tag = '\ufff9';

/** The lines of a paragraph. Soft and hard breaks and `<br>` end a line. */
export function linesOf(paragraph: { readonly children: Paragraph['children'] }, markdown: string): InlineLine[] {
  const offsets: number[] = [];
  const leaves: Leaf[] = [];
  const spans: Span[] = [];
  let text = '';

  const add = (value: string, from: number, source: string, around: readonly Span[]) => {
    leaves.push({ at: text.length, around });
    for (const offset of offsetsOf(value, source, from)) offsets.push(offset);
    text += value;
  };
  const visit = (node: PhrasingContent, around: readonly Span[]): void => {
    const start = node.position?.start.offset ?? 0;
    const source = markdown.slice(start, node.position?.end.offset ?? start);
    if (node.type === 'text') add(node.value, start, source, around);
    else if (node.type === 'break') add('\n', start, '\n', around);
    else if (node.type === 'html') add(/^<br\b/i.test(source) ? '\n' : tag, start, '', around);
    else if (node.type === 'inlineCode') {
      const inside = Math.max(0, source.indexOf(node.value));
      const span = opened(node, start, source.slice(0, inside));
      add(node.value, start + inside, source.slice(inside), [...around, span]);
    } else if ('children' in node) {
      const first = node.children[0]?.position?.start.offset ?? start;
      const span = opened(node, start, markdown.slice(start, first));
      for (const child of node.children) visit(child, [...around, span]);
      span.end = text.length;
    } else {
      const span = opened(node, start, '');
      add(picture, start, '', around);
      span.end = text.length;
    }
  };
  const opened = (node: Nodes, start: number, opening: string): Span => {
    const span = { node, at: text.length, start, opening, isKept: /^(?:link|image|footnote)/.test(node.type), end: text.length };
    spans.push(span);
    return span;
  };
  for (const child of paragraph.children) visit(child, []);

  let leaf = 0;
  const around = (at: number): readonly Span[] => {
    while (leaf > 0 && (leaves[leaf]?.at ?? 0) > at) leaf--;
    while ((leaves[leaf + 1]?.at ?? Number.POSITIVE_INFINITY) <= at) leaf++;
    return leaves[leaf]?.around ?? [];
  };
  const kept = spans.filter(({ isKept }) => isKept);
  const lines: InlineLine[] = [];
  let begin = 0;
  for (const line of text.split('\n')) {
    const at = begin;
    begin += line.length + 1;
    const outer = around(at);
    lines.push({
      text: line,
      cuttable: outer.every((span) => span.at >= at),
      start: outer[0]?.start ?? offsets[at] ?? markdown.length,
      source: (from, end) => {
        const opening = around(at + from).map((span) => span.opening);
        return [...opening, markdown.slice(offsets[at + from] ?? end, end)].join('');
      },
      keptIn: (from, to) =>
        kept
          .filter((link) => link.at >= at + from && link.end <= at + to && link.end > link.at)
          .map(({ node, start }) => markdown.slice(start, node.position?.end.offset)),
    });
  }
  return lines;
}

const longestEntity = 40;
/** Where each character of a text's value stands in the Markdown. */
function offsetsOf(value: string, source: string, from: number): number[] {
  if (value === source) return Array.from({ length: value.length }, (_, i) => from + i);
  const offsets: number[] = [];
  let at = 0;
  for (let i = 0; i < value.length; i++) {
    const char = value[i];
    if (source[at] !== char) {
      if (source[at] === '\\') at++;
      else if (source[at] !== '&') while (at < source.length && source[at] !== char && /[\s>]/.test(source[at] ?? '')) at++;
    }
    offsets.push(from + Math.min(at, source.length));
    if (source[at] === char) at++;
    else at += Math.max(0, source.slice(at, at + longestEntity).indexOf(';')) + 1;
  }
  return offsets;
}

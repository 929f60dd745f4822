/** A run of words that both texts have, that the later one lacks, or that it alone has. */
export interface DifferencePiece {
  readonly kind: 'same' | 'out' | 'in';
  readonly text: string;
}

/** One paragraph of either text that is not the same in both. */
export interface ChangedParagraph {
  /** Counted from 1 in the later text. Absent: it was taken out. */
  readonly at?: number;
  /** The earlier text has none like it. */
  readonly isNew: boolean;
  readonly pieces: readonly DifferencePiece[];
}

/** More than this many comparisons of two words or paragraphs are not made. */
const mostCells = 1_000_000;
/** With a lower share of common words, neither paragraph is a change of the other. */
const leastLike = 0.35;

/**
 * Where a text in Markdown differs from the one before, paragraph by paragraph and word by word, in
 * the order of the later text. A text that is changed beyond comparison is out and in as a whole:
 * nothing that differs is ever left out.
 */
export function paragraphDifference(before: string, after: string): ChangedParagraph[] {
  const [was, is] = [paragraphsOf(before), paragraphsOf(after)];
  return aligned(was, is).flatMap(([from, to]): ChangedParagraph[] => {
    const [one, other] = [from === undefined ? undefined : was[from], to === undefined ? undefined : is[to]];
    if (one !== undefined && one === other) return [];
    const at = to === undefined ? {} : { at: to + 1 };
    return [{ ...at, isNew: one === undefined, pieces: wordDifference(one ?? '', other ?? '') }];
  });
}

const paragraphsOf = (text: string): string[] =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) => paragraph.trimEnd())
    .filter((paragraph) => paragraph !== '');

/** Each word with the blanks after it. A line break is part of what is compared. */
const wordsOf = (text: string): string[] => text.match(/\S+\s*/g) ?? [];
const keyOf = (word: string): string =>
  word.trimEnd().length === word.length ? word : `${word.trimEnd()}${word.includes('\n') ? '\n' : ''}`;

/** Where one text differs from another, word by word. */
export function wordDifference(before: string, after: string): DifferencePiece[] {
  const [was, is] = [wordsOf(before), wordsOf(after)];
  const pairs = alike(was.map(keyOf), is.map(keyOf), (one, other) => (one === other ? 1 : 0));
  const pieces: DifferencePiece[] = [];
  const add = (kind: DifferencePiece['kind'], words: readonly string[]) => {
    if (words.length === 0) return;
    const last = pieces.at(-1);
    if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: last.text + words.join('') };
    else pieces.push({ kind, text: words.join('') });
  };
  let [from, to] = [0, 0];
  for (const [one, other] of [...pairs, [was.length, is.length] as const]) {
    add('out', was.slice(from, one));
    add('in', is.slice(to, other));
    add('same', is.slice(other, other + 1));
    [from, to] = [one + 1, other + 1];
  }
  return pieces;
}

/** Pairs of paragraphs, in the order of the later text; those taken out stand where they stood. */
function aligned(was: readonly string[], is: readonly string[]): (readonly [from: number | undefined, to: number | undefined])[] {
  const [bagsBefore, bagsAfter] = [was.map(bagOf), is.map(bagOf)];
  const pairs = alike(
    was.map((_, n) => n),
    is.map((_, n) => n),
    (one, other) => (was[one] === is[other] ? 1.1 : likeness(bagsBefore[one] ?? none, bagsAfter[other] ?? none)),
    (one, other) => was[one] === is[other],
  );
  const rows: (readonly [number | undefined, number | undefined])[] = [];
  let [from, to] = [0, 0];
  for (const [one, other] of [...pairs, [was.length, is.length] as const]) {
    for (; from < one; from += 1) rows.push([from, undefined]);
    for (; to < other; to += 1) rows.push([undefined, to]);
    if (one < was.length) rows.push([one, other]);
    [from, to] = [one + 1, other + 1];
  }
  return rows;
}

interface Bag {
  readonly size: number;
  readonly words: ReadonlyMap<string, number>;
}
const none: Bag = { size: 0, words: new Map() };

function bagOf(paragraph: string): Bag {
  const words = new Map<string, number>();
  const all = paragraph.split(/\s+/);
  for (const word of all) words.set(word, (words.get(word) ?? 0) + 1);
  return { size: all.length, words };
}

/** The share of words that both have, 0 to 1 (Dice). 0 if it is too low for them to be one. */
function likeness(one: Bag, other: Bag): number {
  let shared = 0;
  for (const [word, count] of one.words) shared += Math.min(count, other.words.get(word) ?? 0);
  const share = (2 * shared) / (one.size + other.size);
  return share < leastLike ? 0 : share;
}

/**
 * The pairs, in order, whose likenesses add up to most: a longest common subsequence if each is 0
 * or 1. What both begin and end with is paired without a look at the rest.
 */
function alike<T>(
  was: readonly T[],
  is: readonly T[],
  like: (one: T, other: T) => number,
  isSame: (one: T, other: T) => boolean = (one, other) => one === other,
): (readonly [number, number])[] {
  const same = (from: number, to: number): boolean => {
    const [one, other] = [was[from], is[to]];
    return one !== undefined && other !== undefined && isSame(one, other);
  };
  let start = 0;
  while (start < was.length && start < is.length && same(start, start)) start += 1;
  let end = 0;
  while (end < was.length - start && end < is.length - start && same(was.length - 1 - end, is.length - 1 - end)) end += 1;
  const [height, width] = [was.length - start - end, is.length - start - end];
  const pairs = Array.from({ length: start }, (_, n) => [n, n] as const);
  if (height * width <= mostCells) {
    const likes = Array.from({ length: height }, (_, y) =>
      Float32Array.from({ length: width }, (_, x) => {
        const [one, other] = [was[start + y], is[start + x]];
        return one === undefined || other === undefined ? 0 : like(one, other);
      }),
    );
    pairs.push(...best(likes, height, width).map(([y, x]) => [start + y, start + x] as const));
  }
  return [...pairs, ...Array.from({ length: end }, (_, n) => [was.length - end + n, is.length - end + n] as const)];
}

function best(likes: readonly Float32Array[], height: number, width: number): [number, number][] {
  /** The most that can be had from here to the ends. */
  const most = Array.from({ length: height + 1 }, () => new Float32Array(width + 1));
  const at = (y: number, x: number): number => most[y]?.[x] ?? 0;
  const likeAt = (y: number, x: number): number => likes[y]?.[x] ?? 0;
  for (let y = height - 1; y >= 0; y -= 1) {
    const row = most[y];
    if (!row) continue;
    for (let x = width - 1; x >= 0; x -= 1) {
      const like = likeAt(y, x);
      row[x] = Math.max(at(y + 1, x), at(y, x + 1), like > 0 ? like + at(y + 1, x + 1) : 0);
    }
  }
  const pairs: [number, number][] = [];
  for (let y = 0, x = 0; y < height && x < width; ) {
    if (at(y, x) === at(y + 1, x)) y += 1;
    else if (at(y, x) === at(y, x + 1)) x += 1;
    else pairs.push([y++, x++]);
  }
  return pairs;
}

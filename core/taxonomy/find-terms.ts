import type { Sequence, Sequences } from './compile.ts';
import { isDenial, isDenied } from './denials.ts';
import { patternLimits, type Spelling, type Step } from './pattern.ts';
import type { Term } from './term.ts';
import type { Words } from './words-of.ts';

/** A term and the words that show it, by their places. */
export interface Find {
  readonly term: Term;
  readonly from: number;
  readonly to: number;
}

/**
 * All finds of a text, in its order. Each word is looked up once and begins a bounded number of
 * short sequences, so the time grows with the length of the text.
 */
export function findTerms(words: Words, sequences: Sequences): Find[] {
  const begin = beginnersOf(sequences);
  const found: Find[] = [];
  const others: Find[] = [];
  for (const [from, word] of words.folded.entries()) {
    for (const { term, steps, meansOther } of begin(word)) {
      const to = endOf(steps, words, from);
      if (to === undefined) continue;
      if (meansOther) others.push({ term, from, to });
      else if (term.kind === 'technology' && isOwner(words, to)) continue;
      else if (!isDenied(words, from, to, { supposed: term.kind === 'failure mode' })) found.push({ term, from, to });
    }
  }
  return others.length === 0 ? found : found.filter((find) => !isInside(find, others));
}

/** "Datadog's agents" are those of a company. */
const isOwner = ({ text, to }: Words, at: number): boolean => /['’]s$/.test(text.slice((to[at] ?? 0) - 2, to[at]));

const isInside = (find: Find, others: readonly Find[]): boolean =>
  others.some(({ term, from, to }) => term === find.term && from <= find.from && find.to <= to);

/** Which sequences a word may begin. A text repeats its words, so each is looked up once. */
function beginnersOf({ byWord, byBeginning }: Sequences): (word: string) => readonly Sequence[] {
  const known = new Map<string, readonly Sequence[]>();
  return (word) => {
    const before = known.get(word);
    if (before) return before;
    const singulars = [word, ...(word.endsWith('s') ? [word.slice(0, -1)] : []), ...(word.endsWith('es') ? [word.slice(0, -2)] : [])];
    const found = singulars.flatMap((one) => byWord.get(one) ?? []);
    for (let length = patternLimits.beginning; length <= Math.min(word.length, patternLimits.length); length += 1) {
      found.push(...(byBeginning.get(word.slice(0, length)) ?? []));
    }
    known.set(word, found);
    return found;
  };
}

/** Where a sequence that begins at a word ends, if the words follow. The nearest end of several. */
function endOf(steps: readonly Step[], words: Words, from: number): number | undefined {
  let ends: readonly number[] = steps[0] && fits(steps[0], words, from) ? [from] : [];
  for (const step of steps.slice(1)) {
    if (ends.length === 0) return undefined;
    ends = [...new Set(ends.flatMap((end) => nextOf(step, words, end)))];
  }
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/**
 * Places of a step's word behind another one, within its gap, its sentence, and before a denial.
 */
function nextOf(step: Step, words: Words, end: number): number[] {
  const found: number[] = [];
  const { folded, sentence } = words;
  for (let at = end + 1; at <= end + 1 + step.gap && at < folded.length && sentence[at] === sentence[end]; at += 1) {
    if (fits(step, words, at)) found.push(at);
    else if (isDenial(folded[at] ?? '')) break;
  }
  return found;
}

/** A word stands for its plural, too, and a verb for its third person. */
const endings: ReadonlySet<string> = new Set(['', 's', 'es']);

const fits = ({ spellings }: Step, words: Words, at: number): boolean => spellings.some((spelling) => isSpelt(spelling, words, at));

function isSpelt(spelling: Spelling, { folded, text, from, to }: Words, at: number): boolean {
  const word = folded[at] ?? '';
  if (spelling.is === 'beginning') return word.startsWith(spelling.text);
  if (spelling.is === 'exact') return word === spelling.text && text.slice(from[at], to[at]) === spelling.exact;
  return word.startsWith(spelling.text) && endings.has(word.slice(spelling.text.length));
}

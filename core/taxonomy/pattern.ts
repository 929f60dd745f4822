import { folded } from '../shared/text.ts';
import type { Pattern } from './term.ts';

/** One word of a sequence, in one of its spellings. */
export type Spelling =
  | { readonly is: 'word'; readonly text: string }
  | { readonly is: 'beginning'; readonly text: string }
  /** `text` for looking up, `exact` for comparing with case. */
  | { readonly is: 'exact'; readonly text: string; readonly exact: string };

export interface Step {
  /** How many other words may stand between the word before and this one. */
  readonly gap: number;
  readonly spellings: readonly Spelling[];
}

export const patternLimits = { length: 300, words: 8, gap: 8, gaps: 16, spellings: 40, beginning: 3 } as const;

const gapForm = /^(?:…|\.\.\.)(\d{1,3})$/;
const wordForm = /^[\p{L}\p{N}]+$/u;

/**
 * The steps of a sequence. `problem`: why it is none, in words that end a sentence about it. A
 * compound such as `split-brain` is a sequence of its words, as it is in texts.
 */
export function readPattern(pattern: Pattern): { readonly steps: readonly Step[] } | { readonly problem: string } {
  if (pattern.length > patternLimits.length) return { problem: `is longer than ${patternLimits.length} characters` };
  if (pattern.trim() === '') return { problem: 'has no word' };
  const steps: Step[] = [];
  let gap = 0;
  let gaps = 0;
  for (const piece of pattern.trim().split(/\s+/)) {
    const [, count] = gapForm.exec(piece) ?? [];
    if (count !== undefined) {
      if (steps.length === 0 || gap > 0) return { problem: 'has a gap that does not stand between two words' };
      gap = Number(count);
      gaps += gap;
      if (gap < 1 || gap > patternLimits.gap) return { problem: `has a gap that is not 1 to ${patternLimits.gap} words` };
      continue;
    }
    const read = readWords(piece);
    if ('problem' in read) return read;
    steps.push(...read.steps.map((step, i) => (i === 0 ? { ...step, gap } : step)));
    gap = 0;
  }
  if (gap > 0) return { problem: 'ends with a gap' };
  if (steps.length > patternLimits.words) return { problem: `has more than ${patternLimits.words} words` };
  if (gaps > patternLimits.gaps) return { problem: `has gaps of more than ${patternLimits.gaps} words together` };
  return { steps };
}

/** One word in its spellings, or a compound, which is several steps. */
function readWords(piece: string): { readonly steps: readonly Step[] } | { readonly problem: string } {
  if (!piece.includes('|') && /[-./_]/.test(piece)) {
    const read = piece
      .split(/[-./_]+/)
      .filter(Boolean)
      .map(readWords);
    const broken = read.find((one) => 'problem' in one);
    return broken ?? { steps: read.flatMap((one) => ('steps' in one ? one.steps : [])) };
  }
  const spellings = piece.split('|').map(readSpelling);
  if (spellings.length > patternLimits.spellings) return { problem: `has more than ${patternLimits.spellings} words for one` };
  const broken = spellings.find((one) => 'problem' in one);
  return broken && 'problem' in broken
    ? broken
    : { steps: [{ gap: 0, spellings: spellings.flatMap((one) => ('is' in one ? [one] : [])) }] };
}

function readSpelling(word: string): Spelling | { readonly problem: string } {
  const bare = word.replace(/^=|\*$/g, '');
  if (!wordForm.test(bare)) return { problem: `has ${JSON.stringify(word)}, which is no word` };
  if (word.startsWith('=')) return word.endsWith('*') ? { problem: `has ${JSON.stringify(word)}: either = or *` } : exactly(bare);
  if (!word.endsWith('*')) return { is: 'word', text: folded(bare) };
  if (bare.length < patternLimits.beginning) return { problem: `has ${JSON.stringify(word)}: a beginning has at least three letters` };
  return { is: 'beginning', text: folded(bare) };
}

const exactly = (word: string): Spelling => ({ is: 'exact', text: folded(word), exact: word });

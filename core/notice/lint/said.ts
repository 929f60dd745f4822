import { asCompared } from '../../shared/legible.ts';
import type { Finding } from './finding.ts';
import type { Passage } from './passages.ts';

/**
 * Sentences that support was told not to say. What has nearly all words of one in a row is refused,
 * what has most of them is to be looked at, and so is what says the opposite.
 */
export function findSaid({ kind, text }: Passage, { doNotSay }: { readonly doNotSay: readonly (readonly string[])[] }): Finding[] {
  if (kind === 'address' || doNotSay.length === 0) return [];
  const legible = asCompared(text);
  const words = wordsIn(legible.text);
  return doNotSay.flatMap((forbidden): Finding[] => {
    const best = bestMatch(forbidden, words);
    if (best === undefined) return [];
    const window = words.slice(best.from, best.to);
    const found = legible.written(window[0]?.from ?? 0, window.at(-1)?.to ?? 0);
    const clause =
      legible.text
        .slice(0, window.at(-1)?.from ?? 0)
        .split(/[.!?;:,]\s|\n/)
        .at(-1) ?? '';
    const isNegated = [...wordsIn(clause), ...window].some(({ text: one }) => negations.has(one));
    const isOpposite = isNegated !== forbidden.some((one) => negations.has(one));
    const isSame = best.share >= 0.85 || (forbidden.length < 5 && best.share === 1);
    return [{ rule: 'not to be said', level: isSame && !isOpposite ? 'refuse' : 'look', found }];
  });
}
const word = /[\p{L}\p{N}]+/gu;

interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The words of a text. "Couldn't" is two: could, not. */
const wordsIn = (text: string): Word[] =>
  [...text.matchAll(word)].map(({ 0: one, index }, n, all) => {
    const to = index + one.length;
    const isShort = (at: number) => all[at]?.[0] === 't' && /n$/.test(all[at - 1]?.[0] ?? '');
    if (isShort(n)) return { text: 'not', from: index, to };
    return { text: isShort(n + 1) ? (inFull.get(one) ?? one.slice(0, -1)) : one, from: index, to };
  });
const inFull = new Map([
  ['can', 'can'],
  ['won', 'will'],
]);

const longestSentence = 60;
const negations = new Set(
  'not no never none nobody neither nor without nicht kein keine keinen keinem keiner nie niemals ne pas jamais aucun aucune sin nunca ningun ninguna non cannot keinem keines keinerlei weder'.split(
    ' ',
  ),
);

/** The sentences of what is not to be said, as lists of words. */
export const sentencesOf = (saying: string): string[][] =>
  asCompared(saying)
    .text.split(/(?<=[.!?])\s|\n/)
    .map((sentence) =>
      wordsIn(sentence)
        .map(({ text }) => text)
        .slice(0, longestSentence),
    )
    .filter((words) => words.join('').length >= 6);

/** The stretch of as many words that shares most with the sentence, if that is most of it. */
function bestMatch(
  forbidden: readonly string[],
  words: readonly { readonly text: string }[],
): { from: number; to: number; share: number } | undefined {
  const size = forbidden.length;
  const wanted = new Map<string, number>();
  for (const one of forbidden) wanted.set(one, (wanted.get(one) ?? 0) + 1);
  const seen = new Map<string, number>();
  const least = size < 4 ? 1 : size < 6 ? 0.8 : 0.65;
  let shared = 0;
  let best: { from: number; to: number; share: number } | undefined;
  for (let at = 0; at < words.length; at += 1) {
    shared += step(words[at]?.text ?? '', 1);
    if (at >= size + slack) shared -= step(words[at - size - slack]?.text ?? '', -1);
    const share = shared / size;
    if (share >= least && share > (best?.share ?? 0)) best = { from: Math.max(0, at - size - slack + 1), to: at + 1, share };
  }
  return best !== undefined && (size >= 4 || inOrder(forbidden, words.slice(best.from, best.to))) ? best : undefined;

  function step(one: string, by: 1 | -1): number {
    const of = wanted.get(one);
    if (of === undefined) return 0;
    const before = seen.get(one) ?? 0;
    seen.set(one, before + by);
    return by === 1 ? (before < of ? 1 : 0) : before <= of ? 1 : 0;
  }
}
/** Words that may stand between. */
const slack = 1;

const inOrder = (forbidden: readonly string[], window: readonly { readonly text: string }[]): boolean =>
  window.some((_, from) => forbidden.every((one, n) => window[from + n]?.text === one));

import { folded } from '../shared/text.ts';

/**
 * The words of a text, with what parts them. Arrays of one length, so that a long text takes
 * little.
 */
export interface Words {
  /** Without emphasis of case and accents: `Redis` is `redis`, `didn't` is `didnt`. */
  readonly folded: readonly string[];
  /** Where each begins and ends in the text. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Counts up at the end of a sentence, a line of a list, a cell of a table. */
  readonly sentence: readonly number[];
  /** Counts up at commas and brackets, too. */
  readonly clause: readonly number[];
  readonly text: string;
}

const word = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu;
/** One letter before a full stop is no end: `e.g. this`. */
const endsSentence = /[!?;|–—]|\.["'”’)\]*_`]{0,4}\s|\n[^\S\n]*(?:\n|[-*+#>•]|\d)/;
const endsClause = /[,()[\]:]/;
/** A line of a heading ends with its line. */
const beginsHeading = /\n[^\S\n]*#|^#/;

/** Takes time that grows with the length of the text. */
export function wordsOf(markdown: string): Words {
  const text = withoutAddresses(withoutComments(markdown));
  const words = {
    folded: [] as string[],
    from: [] as number[],
    to: [] as number[],
    sentence: [] as number[],
    clause: [] as number[],
    text,
  };
  let [sentence, clause, end] = [0, 0, 0];
  let inHeading = false;
  for (const { 0: found, index } of text.matchAll(word)) {
    const between = text.slice(end, index);
    const hasEnded = endsSentence.test(between) && !(between.startsWith('.') && isInitial(words, end));
    if (hasEnded || (inHeading && between.includes('\n'))) sentence += 1;
    if (hasEnded || endsClause.test(between)) clause += 1;
    if (between.includes('\n') || end === 0) inHeading = beginsHeading.test(between);
    end = index + found.length;
    words.folded.push(folded(found.replace(/['’]s$/, '').replace(/['’]/g, '')));
    words.from.push(index);
    words.to.push(end);
    words.sentence.push(sentence);
    words.clause.push(clause);
  }
  return words;
}

const isInitial = ({ folded: all, to }: Pick<Words, 'folded' | 'to'>, end: number): boolean =>
  to.at(-1) === end && all.at(-1)?.length === 1 && Number.isNaN(Number(all.at(-1)));

/** Nobody reads what stands in comments, and templates leave their hints there. */
function withoutComments(text: string): string {
  let kept = '';
  let at = 0;
  for (;;) {
    const from = text.indexOf('<!--', at);
    const to = from < 0 ? -1 : text.indexOf('-->', from);
    if (to < 0) return kept + text.slice(at);
    kept += `${text.slice(at, from)}\n\n`;
    at = to + 3;
  }
}

/** The address of a page says where to read, not what failed. */
const withoutAddresses = (text: string): string => text.replace(/\b(?:https?|ftp|mailto):[^\s<>"'`)\]]+/gi, ' ');

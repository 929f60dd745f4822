import MiniSearch from 'minisearch';
import { folded } from '../shared/text.ts';
import { stopWords } from './stop-words.ts';

/** A document that resembles a text. */
export interface Likeness {
  readonly id: string;
  /** From 0 to 1: what share of the text's telling words the document has, rare ones most. */
  readonly score: number;
  /** Words that both have, in the text's spelling without its plurals, the rarest first. */
  readonly words: readonly string[];
}

/** Ranks documents by how much they resemble a text. Another ranking may take the place of BM25. */
export interface Resembling {
  /** The likest first, of equals the first id of the alphabet. Only those that share a word. */
  rank(text: string): readonly Likeness[];
}

export interface Document {
  readonly id: string;
  readonly text: string;
}

/** More words of a text are not compared: it bounds the time of one that is hostile. */
const mostWords = 1500;
const longestWord = 40;
/** As minisearch has them. */
const parameters = { k: 1.2, b: 0.7, d: 0.5 } as const;

/** `replicas` is `replica`, `entries` is `entry`. */
const singular = (word: string): string => (word.length < 4 ? word : word.replace(/ies$/, 'y').replace(/([^su])s$/, '$1'));

const wordsIn = (text: string): string[] =>
  (folded(text).match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [])
    .slice(0, mostWords)
    .flatMap((word) => word.split(/['’-]/))
    .filter((word) => word.length > 1 && word.length <= longestWord && !stopWords.has(word) && !/^\d+$/.test(word))
    .map(singular);

/**
 * BM25+ of minisearch: any word is enough, without stop words, prefixes and typing errors. Building
 * it for 5,000 entries of an archive takes less than a second; keep it as long as they stand.
 */
export function byBm25(documents: Iterable<Document>): Resembling {
  const index = new MiniSearch<Document>({
    fields: ['text'],
    tokenize: wordsIn,
    processTerm: (term) => term,
    searchOptions: { combineWith: 'OR', bm25: parameters },
  });
  const occurs = new Map<string, number>();
  for (const document of documents) {
    index.add(document);
    for (const word of new Set(wordsIn(document.text))) occurs.set(word, (occurs.get(word) ?? 0) + 1);
  }
  const rarity = (word: string): number => {
    const has = occurs.get(word) ?? 0;
    return Math.log(1 + (index.documentCount - has + 0.5) / (has + 0.5));
  };
  return {
    rank(text) {
      const words = [...new Set(wordsIn(text))];
      // A word that no document has says that they differ, but one of thousands is no proof of it.
      const known = words.filter((word) => occurs.has(word));
      const whole = known.reduce((sum, word) => sum + rarity(word) * (parameters.k + 1 + parameters.d), 0);
      if (whole === 0) return [];
      return index
        .search(known.join(' '))
        .map(({ id, score, queryTerms }) => ({
          id: String(id),
          score: Math.min(1, score / whole),
          words: queryTerms.toSorted((a, b) => rarity(b) - rarity(a) || (a < b ? -1 : 1)),
        }))
        .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    },
  };
}

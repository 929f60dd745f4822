import MiniSearch from 'minisearch';
import { folded } from '../shared/text.ts';
import { stopWords } from './stop-words.ts';

/** A document that resembles a text. */
export interface Likeness {
  readonly id: string;
  /** From 0 to 1: what share of the text's telling words the document has, rare ones most. */
  readonly score: number;
  /** Words that both have, in small letters as the text first spells them, the rarest first. */
  readonly words: readonly string[];
}

/** Ranks documents by how much they resemble a text. Another ranking may take the place of BM25. */
export interface Resembling {
  /** At most so many, the likest first, of equals the first id of the alphabet. */
  rank(text: string, most?: number): readonly Likeness[];
  /** The score of each document that shares a word, by its id. */
  scores(text: string): ReadonlyMap<string, number>;
}

export interface Document {
  readonly id: string;
  readonly text: string;
}

/** More words of a text are not compared: it bounds the time of one that is hostile. */
const mostWords = 1500;
const longestWord = 40;
const usualMost = 50;
/** As minisearch has them. */
const parameters = { k: 1.2, b: 0.7, d: 0.5 } as const;

/** `replicas` is `replica`, `entries` is `entry`. */
const singular = (word: string): string => (word.length < 4 ? word : word.replace(/ies$/, 'y').replace(/([^su])s$/, '$1'));

/** In the text's spelling. */
const spellingsIn = (text: string): string[] =>
  (folded(text).match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [])
    .slice(0, mostWords)
    .flatMap((word) => word.split(/['’-]/))
    .filter((word) => word.length > 1 && word.length <= longestWord && !stopWords.has(word) && !/^\d+$/.test(word));

const wordsIn = (text: string): string[] => spellingsIn(text).map(singular);

/** How a text spells each of its words first: `redis` for `redi`. */
const spelled = (text: string): Map<string, string> =>
  new Map(
    spellingsIn(text)
      .toReversed()
      .map((word) => [singular(word), word]),
  );

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
  const found = (text: string) => {
    const words = [...new Set(wordsIn(text))];
    const whole = words.reduce((sum, word) => sum + rarity(word) * (parameters.k + 1 + parameters.d), 0);
    if (whole === 0) return [];
    return index.search(words.join(' ')).map(({ id, score, queryTerms }) => ({
      id: String(id),
      score: Math.min(1, score / whole),
      queryTerms,
    }));
  };
  return {
    scores: (text) => new Map(found(text).map(({ id, score }) => [id, score])),
    rank: (text, most = usualMost) => {
      const spellings = spelled(text);
      return found(text)
        .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .slice(0, most)
        .map(({ id, score, queryTerms }) => ({
          id,
          score,
          words: queryTerms.toSorted((a, b) => rarity(b) - rarity(a) || (a < b ? -1 : 1)).map((word) => spellings.get(word) ?? word),
        }));
    },
  };
}

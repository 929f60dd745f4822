import MiniSearch from 'minisearch';
import { type Severity, severities } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';
import { folded } from '../shared/text.ts';
import type { Taxonomy } from '../taxonomy/compile.ts';
import type { Term } from '../taxonomy/term.ts';
import { termsOfWords } from '../taxonomy/terms-of.ts';
import { type ListedEntry, latestOf, type SearchEntry } from './search-entry.ts';
import { occursIn, type SearchedText, soughtIn } from './searched-text.ts';

export interface Wanted {
  /** Words and "quoted phrases". Empty for all. */
  readonly words?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly service?: string | undefined;
  /** A tag, or the id of a technology that `taxonomy` knows. */
  readonly tech?: string | undefined;
  readonly taxonomy?: Taxonomy | undefined;
  /** Published at this instant or later. */
  readonly since?: Instant | undefined;
  readonly until?: Instant | undefined;
}

/** One audience's postmortems, to be searched. */
export interface Archive {
  /**
   * Best match first if there are words, else newest first. Each word has to occur in the title,
   * the gist, services, team and technologies, or in the text, if `texts` has it by id.
   */
  find(wanted: Wanted, texts?: Texts): ListedEntry[];
  read(id: string): ListedEntry | undefined;
  /** The names that occur, in alphabetical order, to choose from. */
  readonly services: readonly string[];
  /** The technologies that tags mean, by their labels in alphabetical order. */
  technologies(taxonomy: Taxonomy): readonly Pick<Term, 'id' | 'label'>[];
  readonly severities: readonly Severity[];
}

/** What is searched beside the entries, by id of the postmortem. */
export type Texts = ReadonlyMap<string, SearchedText>;

const longestWords = 200;
/** A word that only the text has counts for less than one that the title or the gist has. */
const scoreInText = 0.1;
const newestFirst = (a: ListedEntry, b: ListedEntry) => Date.parse(b.publishedAt) - Date.parse(a.publishedAt) || (a.id < b.id ? -1 : 1);

/**
 * Built once from the entries of the table. The beginning of a word is enough, and long words of an
 * entry may have small typing errors.
 */
export function openArchive(entries: Iterable<SearchEntry>): Archive {
  const told = [...latestOf(entries).values()].filter((entry) => 'title' in entry).toSorted(newestFirst);
  const byId = new Map(told.map((entry) => [entry.id, entry]));
  let index: MiniSearch<ListedEntry> | undefined;
  const meant = rememberedMeanings();
  const matching = (words: string, texts: Texts): ListedEntry[] => {
    index ??= indexOf(told);
    const terms = soughtIn(words);
    let left = terms.length === 0 ? [] : told.map((entry) => ({ entry, score: 0 }));
    for (const term of terms) {
      const scores = new Map(index.search(term).map(({ id, score }) => [String(id), score]));
      left = left.flatMap(({ entry, score }) => {
        const text = texts.get(entry.id);
        const own = scores.get(entry.id) ?? (text && occursIn(text, term) ? scoreInText : undefined);
        return own === undefined ? [] : [{ entry, score: score + own }];
      });
    }
    return left.toSorted((a, b) => b.score - a.score).map(({ entry }) => entry);
  };
  return {
    find({ words = '', severity, service, tech, taxonomy, since, until }, texts = new Map()) {
      const asked = words.trim().slice(0, longestWords);
      return (asked ? matching(asked, texts) : told).filter(
        (entry) =>
          (!severity || entry.severity === severity) &&
          (!service || entry.services.some((one) => folded(one) === folded(service))) &&
          (!tech || entry.tags.some((one) => folded(one) === folded(tech) || (taxonomy && meant(one, taxonomy).includes(tech)))) &&
          (!since || Date.parse(entry.publishedAt) >= Date.parse(since)) &&
          (!until || Date.parse(entry.publishedAt) < Date.parse(until)),
      );
    },
    read: (id) => byId.get(id),
    services: namesIn(told.flatMap((entry) => entry.services)),
    technologies(taxonomy) {
      const ids = new Set(told.flatMap((entry) => entry.tags.flatMap((tag) => meant(tag, taxonomy))));
      const terms = [...ids].flatMap((id) => taxonomy.terms.get(id) ?? []);
      return terms.toSorted((a, b) => (folded(a.label) < folded(b.label) ? -1 : 1));
    },
    severities: severities.filter((severity) => told.some((entry) => entry.severity === severity)),
  };
}

/** The technologies of a tag. Thousands of entries have the same few tags. */
function rememberedMeanings(): (tag: string, taxonomy: Taxonomy) => readonly string[] {
  let known: { readonly taxonomy: Taxonomy; readonly byTag: Map<string, readonly string[]> } | undefined;
  return (tag, taxonomy) => {
    if (known?.taxonomy !== taxonomy) known = { taxonomy, byTag: new Map() };
    const ids = known.byTag.get(tag) ?? termsOfWords([tag], taxonomy);
    known.byTag.set(tag, ids);
    return ids;
  };
}

/** Takes most of the time of opening an archive, so it is built only for a search with words. */
function indexOf(told: readonly ListedEntry[]): MiniSearch<ListedEntry> {
  const index = new MiniSearch<ListedEntry>({
    fields: ['title', 'services', 'team', 'tags', 'gist'],
    extractField: (entry, field) => {
      const value = Object.entries(entry).find(([name]) => name === field)?.[1];
      return Array.isArray(value) ? value.join(' ') : String(value ?? '');
    },
    processTerm: (term) => folded(term) || null,
    searchOptions: {
      combineWith: 'AND',
      boost: { title: 3, services: 2, tags: 2 },
      prefix: (term) => term.length >= 2,
      fuzzy: (term) => (term.length >= 5 ? 0.2 : false),
    },
  });
  index.addAll(told);
  return index;
}

/** Each name once, ignoring case and accents. The first spelling wins. */
const namesIn = (names: readonly string[]): string[] =>
  [...new Map(names.toReversed().map((name) => [folded(name), name])).values()].toSorted((a, b) => (folded(a) < folded(b) ? -1 : 1));

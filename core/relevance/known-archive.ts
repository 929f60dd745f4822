import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { EngineeringRendition } from '../rendition/engineering-rendition.ts';
import type { ListedEntry } from '../search/search-entry.ts';
import type { Taxonomy } from '../taxonomy/compile.ts';
import { termsOf } from '../taxonomy/terms-of.ts';
import { byBm25, type Likeness, type Resembling } from './resembling.ts';

/**
 * What is known of earlier postmortems: the entries of an archive with their terms, and which of
 * them resemble a text. It names nothing that is not in the archive. Make it once for each archive:
 * terms and the index are made when they are first asked for, and kept.
 */
export interface KnownArchive {
  /** Newest first. */
  readonly entries: readonly ListedEntry[];
  entryOf(id: PostmortemId): ListedEntry | undefined;
  /** Ids of the taxonomy's terms. Empty for what the archive does not have. */
  termsOf(id: PostmortemId): readonly string[];
  /** Entries that have a term, newest first. */
  withTerm(term: string): readonly ListedEntry[];
  /**
   * At most fifty entries that share words with a text, the likest first. The postmortem's own
   * entry is among them. `textOfRendition` makes the text of a whole postmortem.
   */
  alike(text: string): readonly Likeness[];
}

/** `entries`: all that may be told to the audience, newest first. */
export function knownArchive(entries: readonly ListedEntry[], taxonomy: Taxonomy): KnownArchive {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const terms = new Map<PostmortemId, readonly string[]>();
  const termsById = (id: PostmortemId) => {
    const entry = byId.get(id);
    if (!entry) return [];
    const found = entry.terms ?? terms.get(id) ?? termsOfEntry(entry, taxonomy);
    terms.set(id, found);
    return found;
  };
  let index: Resembling | undefined;
  let byTerm: Map<string, ListedEntry[]> | undefined;
  return {
    entries,
    entryOf: (id) => byId.get(id),
    termsOf: termsById,
    withTerm(term) {
      byTerm ??= listedByTerm(entries, termsById);
      return byTerm.get(term) ?? [];
    },
    alike(text) {
      index ??= byBm25(entries.map((entry) => ({ id: entry.id, text: textOfEntry(entry) })));
      return index.rank(text);
    },
  };
}

function listedByTerm(entries: readonly ListedEntry[], termsById: (id: PostmortemId) => readonly string[]): Map<string, ListedEntry[]> {
  const listed = new Map<string, ListedEntry[]>();
  for (const entry of entries) {
    for (const term of termsById(entry.id)) {
      const list = listed.get(term);
      if (list) list.push(entry);
      else listed.set(term, [entry]);
    }
  }
  return listed;
}

/** For entries of earlier releases, which have none: those that the entry itself shows. */
function termsOfEntry({ title, tags, services, gist, why = '' }: ListedEntry, taxonomy: Taxonomy): string[] {
  const sections = [
    { heading: 'Summary', body: gist },
    { heading: 'Cause', body: why },
  ];
  return termsOf({ title, tags, services, sections, timeline: [] }, taxonomy).map(({ id }) => id);
}

const textOfEntry = ({ title, tags, gist, why = '' }: ListedEntry): string => [title, tags.join(' '), gist, why].join('\n');

/** What of a postmortem is compared with others: its title, tags, and what its card tells. */
export const textOfRendition = ({ title, tags, gist }: Pick<EngineeringRendition, 'title' | 'tags' | 'gist'>): string =>
  [title, tags.join(' '), gist.whatHappened, gist.why, gist.learnt].filter(Boolean).join('\n');

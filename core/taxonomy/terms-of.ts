import { cut } from '../shared/text.ts';
import { nameOf, type Taxonomy } from './compile.ts';
import { type Find, findTerms } from './find-terms.ts';
import type { Term, TermKind, Weight } from './term.ts';
import { wordsOf } from './words-of.ts';

/** Parts of a postmortem, the most telling first. */
export const places = ['title', 'tags', 'services', 'cause', 'summary', 'impact', 'body', 'timeline'] as const;
export type Place = (typeof places)[number];

export interface FoundTerm {
  readonly id: string;
  readonly kind: TermKind;
  readonly label: string;
  readonly weight: Weight;
  /** The words of the text that show it, at most 120 characters. */
  readonly said: string;
  /** The most telling of the parts that show it. */
  readonly where: Place;
  /** How often it is shown. */
  readonly times: number;
}

/** What of an engineering rendition is read. `body`: untrusted Markdown. */
export interface RenditionLike {
  readonly title: string;
  readonly tags: readonly string[];
  readonly services: readonly string[];
  readonly sections: readonly { readonly heading: string; readonly body: string }[];
  readonly timeline: readonly { readonly event: string }[];
}

/** As many characters as a search reads of a postmortem. */
const mostRead = 60_000;
const longestSaid = 120;

/** What others promise, advise or did well is not what failed here. */
const tellsOther =
  /went well|lucky|lesson|learn|action|next step|follow.?up|prevent|remediat|improve|what we are doing|appendix|glossary|background|further|reference|future|about /i;
const placeOfHeading: readonly (readonly [RegExp, Place])[] = [
  [/cause|trigger|factor|why|fault/i, 'cause'],
  [/summary|overview|abstract|tl;?dr/i, 'summary'],
  [/impact/i, 'impact'],
];

/**
 * The terms that a postmortem shows, each once, the most telling first. Pure. Denied and supposed
 * ones are left out (docs/taxonomy.md). Technologies count by their names in tags and services.
 */
export function termsOf(rendition: RenditionLike, taxonomy: Taxonomy): FoundTerm[] {
  const found = new Map<string, FoundTerm>();
  let room = mostRead;
  for (const [where, written] of partsOf(rendition)) {
    const text = cut(written, room);
    room -= text.length;
    if (text === '') continue;
    const words = wordsOf(text);
    for (const find of findTerms(words, taxonomy)) {
      const { id, kind, label, weight } = find.term;
      if (where === 'services' && kind !== 'technology') continue;
      const before = found.get(id);
      if (before) found.set(id, { ...before, times: before.times + 1 });
      else found.set(id, { id, kind, label, weight, where, times: 1, said: saidIn(words, find) });
    }
  }
  return [...found.values()];
}

const saidIn = ({ text, from, to }: ReturnType<typeof wordsOf>, find: Find): string =>
  cut(
    text
      .slice(from[find.from], to[find.to])
      .replace(/[*`_]+/g, '')
      .replace(/\s+/g, ' '),
    longestSaid,
  );

function partsOf({ title, tags, services, sections, timeline }: RenditionLike): (readonly [Place, string])[] {
  const told = sections
    .filter(({ heading }) => !tellsOther.test(heading))
    .map(({ heading, body }) => [placeOfHeading.find(([form]) => form.test(heading))?.[1] ?? 'body', body] as const);
  const parts: (readonly [Place, string])[] = [
    ['title', title],
    ['tags', tags.join('\n\n')],
    ['services', services.join('\n\n')],
    ...told,
    ['timeline', timeline.map(({ event }) => event).join('\n\n')],
  ];
  return parts.toSorted(([a], [b]) => places.indexOf(a) - places.indexOf(b));
}

/** The technologies that names mean, as `termsOfWords` has them. */
export const technologiesOf = (names: readonly string[], taxonomy: Taxonomy): Term[] =>
  termsOfWords(names, taxonomy).flatMap((id) => taxonomy.terms.get(id) ?? []);

/**
 * Ids of the technologies that single names mean: tags, the type of a service in a catalogue. Each
 * once, in order.
 */
export function termsOfWords(names: readonly string[], taxonomy: Taxonomy): string[] {
  const found = names.flatMap((name) => {
    const known = taxonomy.byName.get(nameOf(name));
    if (known !== undefined) return [known];
    return findTerms(wordsOf(cut(name, longestSaid)), taxonomy).flatMap(({ term }) => (term.kind === 'technology' ? [term.id] : []));
  });
  return [...new Set(found)];
}

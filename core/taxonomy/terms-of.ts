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
 * ones are left out (docs/taxonomy.md). A tag may be the name of a term. Services show only
 * technologies.
 */
export function termsOf(rendition: RenditionLike, taxonomy: Taxonomy): FoundTerm[] {
  const found = new Map<string, FoundTerm>();
  const add = ({ id, kind, label, weight }: Term, where: Place, said: string) => {
    const before = found.get(id);
    found.set(id, before ? { ...before, times: before.times + 1 } : { id, kind, label, weight, where, times: 1, said });
  };
  let room = mostRead;
  for (const [where, written] of partsOf(rendition)) {
    const text = cut(written, room);
    room -= text.length;
    const named = where === 'tags' ? termNamed(text, taxonomy) : undefined;
    if (named) add(named, where, text);
    else
      for (const { term, said } of saidIn(text, taxonomy)) if (where !== 'services' || term.kind === 'technology') add(term, where, said);
  }
  return [...found.values()];
}

/**
 * The terms of a text in its order. What several sequences of one term say together counts once.
 */
function saidIn(written: string, taxonomy: Taxonomy): { readonly term: Term; readonly said: string }[] {
  const words = wordsOf(written);
  const ends = new Map<string, number>();
  return findTerms(words, taxonomy.sequences()).flatMap((find) => {
    const end = ends.get(find.term.id) ?? -1;
    ends.set(find.term.id, Math.max(end, find.to));
    return find.from <= end ? [] : [{ term: find.term, said: quoted(words, find) }];
  });
}

const quoted = ({ text, from, to }: ReturnType<typeof wordsOf>, find: Find): string =>
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
    ...tags.map((tag) => ['tags', tag] as const),
    ...services.map((service) => ['services', service] as const),
    ...told,
    ['timeline', timeline.map(({ event }) => event).join('\n\n')],
  ];
  return parts.toSorted(([a], [b]) => places.indexOf(a) - places.indexOf(b));
}

const termNamed = (name: string, { byName, terms }: Taxonomy): Term | undefined => terms.get(byName.get(nameOf(name)) ?? '');

/** The technologies that names mean, as `termsOfWords` has them. */
export const technologiesOf = (names: readonly string[], taxonomy: Taxonomy): Term[] =>
  termsOfWords(names, taxonomy).flatMap((id) => taxonomy.terms.get(id) ?? []);

/**
 * Ids of the technologies that single names mean: tags, the type of a service in a catalogue. Each
 * once, in order.
 */
export function termsOfWords(names: readonly string[], taxonomy: Taxonomy): string[] {
  const found = names.flatMap((name) => {
    const named = termNamed(name, taxonomy);
    return named ? [named] : findTerms(wordsOf(cut(name, longestSaid)), taxonomy.sequencesOfTechnologies()).map(({ term }) => term);
  });
  return [...new Set(found.filter(({ kind }) => kind === 'technology').map(({ id }) => id))];
}

import { lazily } from '../shared/lazily.ts';
import { foldedName } from '../shared/text.ts';
import { readPattern, type Step } from './pattern.ts';
import type { Pattern, Term, TermKind, Weight } from './term.ts';

/** What an organisation's file says of terms: new ones, and more about ours by their ids. */
export interface TaxonomyOfFile {
  readonly technologies?: readonly TermOfFile[] | undefined;
  readonly failureModes?:
    | readonly (TermOfFile & { readonly with?: readonly string[] | undefined; readonly weight?: Weight | undefined })[]
    | undefined;
}
interface TermOfFile {
  readonly id: string;
  /** Replaces ours. */
  readonly label?: string | undefined;
  /** Added to ours. */
  readonly says?: readonly Pattern[] | undefined;
  readonly instead?: readonly Pattern[] | undefined;
}

/** One way to say a term, or to say something else with the same words. */
export interface Sequence {
  readonly term: Term;
  readonly steps: readonly Step[];
  readonly meansOther: boolean;
}

/** The first word of a text's sequence decides which ones are tried. */
export interface Sequences {
  readonly byWord: ReadonlyMap<string, readonly Sequence[]>;
  readonly byBeginning: ReadonlyMap<string, readonly Sequence[]>;
}

/**
 * Terms by their names at once. Their sequences are read when a text is first searched for them:
 * for technologies that takes a third of the time that it takes for all.
 */
export interface Taxonomy {
  readonly terms: ReadonlyMap<string, Term>;
  /** Ids by the names of terms as tags have them. */
  readonly byName: ReadonlyMap<string, string>;
  readonly sequences: () => Sequences;
  readonly sequencesOfTechnologies: () => Sequences;
}

/**
 * Made once for a file. A sequence that cannot be read is left out: what checks the file has named
 * it.
 */
export function compile(ours: readonly Term[], theirs: TaxonomyOfFile = {}): Taxonomy {
  const terms = new Map(ours.map((term) => [term.id, term]));
  for (const one of theirs.technologies ?? []) terms.set(one.id, extended(terms.get(one.id), { weight: 1, ...one }, 'technology'));
  for (const one of theirs.failureModes ?? []) terms.set(one.id, extended(terms.get(one.id), one, 'failure mode'));

  const byName = new Map<string, string>();
  for (const { id, label, tags = [] } of terms.values()) for (const name of [id, label, ...tags]) byName.set(nameOf(name), id);
  const read = (kind: TermKind) => lazily(() => [...terms.values()].filter((term) => term.kind === kind).flatMap(sequencesOf));
  const [technologies, modes] = [read('technology'), read('failure mode')];
  return {
    terms,
    byName,
    sequences: lazily(() => byFirstWord([...technologies(), ...modes()])),
    sequencesOfTechnologies: lazily(() => byFirstWord(technologies())),
  };
}

function byFirstWord(sequences: readonly Sequence[]): Sequences {
  const byWord = new Map<string, Sequence[]>();
  const byBeginning = new Map<string, Sequence[]>();
  for (const sequence of sequences) {
    for (const { is, text } of sequence.steps[0]?.spellings ?? []) {
      const index = is === 'beginning' ? byBeginning : byWord;
      const listed = index.get(text);
      if (listed) listed.push(sequence);
      else index.set(text, [sequence]);
    }
  }
  return { byWord, byBeginning };
}

/** A name as it is compared: `Redis Sentinel` and `redis-sentinel` are one. */
export const nameOf = (name: string): string => foldedName(name).replace(/[\s_-]+/g, ' ');

type Said = TermOfFile & { readonly with?: readonly string[] | undefined; readonly weight?: Weight | undefined };

function extended(known: Term | undefined, { id, label, says = [], instead = [], with: belongs, weight }: Said, kind: TermKind): Term {
  return {
    id,
    kind: known?.kind ?? kind,
    label: label ?? known?.label ?? id,
    says: [...(known?.says ?? []), ...says],
    instead: [...(known?.instead ?? []), ...instead],
    with: belongs ?? known?.with,
    tags: known?.tags,
    weight: weight ?? known?.weight ?? 2,
  };
}

function sequencesOf(term: Term): Sequence[] {
  const read = (patterns: readonly Pattern[], meansOther: boolean) =>
    patterns.flatMap((pattern) => {
      const result = readPattern(pattern);
      return 'steps' in result ? [{ term, steps: result.steps, meansOther }] : [];
    });
  return [...read(term.says, false), ...read(term.instead ?? [], true)];
}

import { type Fact, furtherLine } from './fact.ts';
import { nameIn } from './labelled.ts';

/**
 * The lines of a body that were taken as facts and hold words that are nowhere in the document that
 * is stored. They are kept as written, so that nothing is lost.
 */
export function keptLines(taken: readonly Fact[], stored: unknown): string[] {
  const words = new Set(textsIn(stored).flatMap(wordsOf));
  return [...new Set(taken.filter((fact) => !stands(fact, words)).map(({ source = '' }) => source.replace(/\s*\n\s*/g, ' ').trim()))];
}

function stands({ source = '', sent, field }: Fact, stored: ReadonlySet<string>): boolean {
  const label = wordsOf(nameIn(sent.as));
  const written = wordsOf(source.replace(/\(https?:[^()\s]*\)/g, ' '));
  const value = label.every((word, i) => word === written[i]) ? written.slice(label.length) : written;
  const isList = Array.isArray(sent.value);
  return field !== furtherLine && value.every((word) => stored.has(word) || isUtc.has(word) || (isList && conjunctions.has(word)));
}
/** Stored times are in UTC. */
const isUtc = new Set(['utc', 'gmt', 'z']);
/** Between the names of a list. */
const conjunctions = new Set(['and', 'und', 'et', 'y', 'e']);

/** Words in the form in which they are compared: letters and numbers apart, `04` is `4`. */
export const wordsOf = (text: string): string[] =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{L}[\p{L}\p{M}]*|\p{N}+/gu) ?? []
  ).map((word) => word.replace(/^0+(?=\d)/, ''));

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

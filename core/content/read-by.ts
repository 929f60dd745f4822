import type { TeamReadership } from '../readership/readership.ts';
import { readershipWords } from '../readership/words.ts';
import { named, printed } from './prose.ts';

/**
 * `Read by most of Payments, a few of Search and 2 more teams.`: at most three names, those who
 * read most first. Undefined where nobody did, or nothing can be told.
 */
export function readByWords(teams: readonly Pick<TeamReadership, 'name' | 'word'>[]): string | undefined {
  const strength = ({ word }: (typeof teams)[number]) => readershipWords.indexOf(word);
  const read = teams.filter(({ word }) => word !== 'nobody yet').toSorted((a, b) => strength(b) - strength(a));
  const rest = read.length - mostNamed;
  const told = read.slice(0, mostNamed).map(({ name, word }) => `${word} of ${printed(name)}`);
  if (told.length === 0) return undefined;
  const all = rest > 0 ? [...told, `${rest} more ${rest === 1 ? 'team' : 'teams'}`] : told;
  return `Read by ${named(all, all.length)}.`;
}
const mostNamed = 3;

import type { Carried, Edition } from './edition.ts';

type Told = Pick<Edition, 'id' | 'subject' | 'subjectInstead' | 'names' | 'withheld'>;

/**
 * The subject as lists, reports and exports show it. Once something that the edition names is
 * withheld, a subject that may name it is replaced: nobody may read the title of a restricted
 * postmortem. Editions of the first releases did not store what replaces it.
 */
export function shownSubject({ id, subject, subjectInstead, names, withheld }: Told): string {
  if (withheld.length === 0) return subject;
  return subjectInstead ?? (names.length === 1 ? id : subject);
}

/** What it carries, without the titles of what is withheld. */
export const shownCarries = ({ carries, withheld }: Pick<Edition, 'carries' | 'withheld'>): Carried[] =>
  carries.map((one) => (withheld.includes(one.id) ? { ...one, title: '(withheld)' } : one));

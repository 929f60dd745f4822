import type { Taxonomy } from '../taxonomy/compile.ts';
import { plain } from './sentence.ts';

/**
 * What a reason is about, by its key, for a list of reasons: `What you run: sessions`. It names no
 * postmortem, because a key outlives the permission to tell of one. A key of a later release has
 * words that fit every reason.
 */
export function reasonWords(key: string, taxonomy: Pick<Taxonomy, 'terms'>): string {
  const [kind, ...rest] = plain(key).split(' ');
  const about = rest.join(' ');
  const label = (id = '') => plain(taxonomy.terms.get(id)?.label ?? id);
  switch (kind) {
    case 'runs':
      return `What you run: ${about}`;
    case 'promised':
      return 'What you promised';
    case 'depends':
      return rest.length === 2 ? `${rest[0]}, which depends on ${rest[1]}` : `What you depend on: ${about}`;
    case 'shares':
      return rest.length === 2 ? `${rest[0]}, which uses ${rest[1]} as others do` : `What you use as others do: ${about}`;
    case 'same-failure':
      return `A failure that your ${label(rest[0])} can have: ${label(rest[1])}`;
    case 'had-it-before':
      return `A failure that you had before: ${label(rest[0])}`;
    case 'reads-alike':
      return 'What reads like a postmortem of yours';
    default:
      return 'A reason of another kind';
  }
}

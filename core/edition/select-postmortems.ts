import { isWithin, type Week, weekOf } from '../calendar/week.ts';
import { isTellable, type Postmortem, severities } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { digestEditionId } from './edition-id.ts';

const severestThenNewest = (a: Postmortem, b: Postmortem) =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) || publicationOf(b) - publicationOf(a) || (a.id < b.id ? -1 : 1);

const publicationOf = ({ publishedAt }: Pick<Postmortem, 'publishedAt'>) => (publishedAt ? Date.parse(publishedAt) : 0);

/** Whether another digest than this one carried it. */
export const wasTold = ({ editions }: Pick<StoredPostmortem, 'editions'>, thisEdition: string): boolean =>
  editions.some((edition) => edition.startsWith(digestEditionId('')) && edition !== thisEdition);

export interface Selected {
  readonly fresh: StoredPostmortem[];
  readonly late: StoredPostmortem[];
}

/** The week whose edition a postmortem belongs to; undefined while it is not published. */
export const weekOfPublication = ({ publishedAt }: Pick<Postmortem, 'publishedAt'>, zone: string): Week | undefined =>
  publishedAt ? weekOf(new Date(publishedAt), zone) : undefined;

/**
 * What the digest of a week carries: published in its week; or published in an earlier week whose edition exists, and told in none
 * (a late upload, a draft published later, a restriction lifted). Where a week never had an edition, its postmortems are history.
 */
export function selectPostmortems(
  week: Week,
  zone: string,
  candidates: readonly StoredPostmortem[],
  hasEdition: (week: string) => boolean,
): Selected {
  const inOrder = candidates
    .filter((stored) => isTellable(stored.postmortem) && !wasTold(stored, digestEditionId(week.id)))
    .toSorted((a, b) => severestThenNewest(a.postmortem, b.postmortem));
  const isLate = ({ postmortem }: StoredPostmortem) => {
    const published = weekOfPublication(postmortem, zone);
    return published !== undefined && published.start < week.start && hasEdition(published.id);
  };
  return {
    fresh: inOrder.filter(({ postmortem }) => postmortem.publishedAt && isWithin(week, postmortem.publishedAt)),
    late: inOrder.filter(isLate),
  };
}

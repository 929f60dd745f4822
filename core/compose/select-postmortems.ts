import { isWithin, type Period } from '../calendar/period.ts';
import { periodOf } from '../calendar/recurring.ts';
import { isEditionOf } from '../edition/edition-id.ts';
import type { Occurrence } from '../edition/occurrence.ts';
import { isTellable, type Postmortem, severities } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';

type Ordered = Pick<Postmortem, 'id' | 'severity' | 'publishedAt'>;
/** The order of a digest. */
export const severestThenNewest = (a: Ordered, b: Ordered) =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) || publicationOf(b) - publicationOf(a) || (a.id < b.id ? -1 : 1);

const publicationOf = ({ publishedAt }: Pick<Postmortem, 'publishedAt'>) => (publishedAt ? Date.parse(publishedAt) : 0);

/**
 * Whether another edition of the same stream carried it for the same readers. The monthly digest
 * repeats what the weekly ones carried, because its readers are others.
 */
export const wasTold = (
  { editions }: Pick<StoredPostmortem, 'editions'>,
  occurrence: Pick<Occurrence, 'stream' | 'id' | 'frequency'>,
): boolean => editions.some((edition) => edition !== occurrence.id && isEditionOf(edition, occurrence));

export interface Selected {
  readonly fresh: StoredPostmortem[];
  readonly late: StoredPostmortem[];
}

/** The period whose edition a postmortem belongs to. Undefined while it is unpublished. */
export const periodOfPublication = (
  { publishedAt }: Pick<Postmortem, 'publishedAt'>,
  { kind, zone }: Pick<Occurrence, 'kind' | 'zone'>,
): Period | undefined => (publishedAt ? periodOf(kind, new Date(publishedAt), zone) : undefined);

/**
 * Selects what the edition of a period carries. `fresh`: published in the period. `late`: published
 * in an earlier period that had an edition, but carried by none (a late upload, a draft published
 * later, a restriction lifted). Postmortems of a period that never had an edition are left out, and
 * those that came as history.
 */
export function selectPostmortems(
  occurrence: Occurrence,
  candidates: readonly StoredPostmortem[],
  hasEdition: (period: string) => boolean,
): Selected {
  const { period } = occurrence;
  const inOrder = candidates
    .filter((stored) => isTellable(stored.postmortem) && stored.publication !== 'history' && !wasTold(stored, occurrence))
    .toSorted((a, b) => severestThenNewest(a.postmortem, b.postmortem));
  const isLate = ({ postmortem }: StoredPostmortem) => {
    const published = periodOfPublication(postmortem, occurrence);
    return published !== undefined && published.start < period.start && hasEdition(published.id);
  };
  return {
    fresh: inOrder.filter(({ postmortem }) => postmortem.publishedAt && isWithin(period, postmortem.publishedAt)),
    late: inOrder.filter(isLate),
  };
}

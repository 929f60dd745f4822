import { isWithin } from '../calendar/period.ts';
import { weekOf } from '../calendar/week.ts';
import type { Occurrence } from '../edition/occurrence.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { dayMs, weekMs } from '../shared/duration.ts';
import { changedSince } from './find-news.ts';
import type { ComposeDeps } from './ports.ts';
import { severestThenNewest } from './select-postmortems.ts';

const weeksInYear = 52;

/**
 * What was published in the same week a year ago: the most severe of it, as it stands now.
 * Undefined: nothing was, or it may not be told any more, or the edition is not of a week. A whole
 * year is listed for it, which is why only a quiet week asks.
 */
export async function findMemory({ kind, period, zone }: Occurrence, deps: ComposeDeps): Promise<StoredPostmortem | undefined> {
  if (kind !== 'week') return undefined;
  // From the middle of the first day, so that an hour of summer time does not choose another week.
  const then = weekOf(new Date(Date.parse(period.start) + dayMs / 2 - weeksInYear * weekMs), zone);
  const listed = (await changedSince(new Date(then.start), deps)).filter(
    (one) => isTellable(one) && one.publishedAt !== undefined && isWithin(then, one.publishedAt),
  );
  const [gravest] = listed.toSorted(severestThenNewest);
  const stored = gravest && (await deps.postmortems.read(gravest.id));
  return stored && isTellable(stored.postmortem) ? stored : undefined;
}

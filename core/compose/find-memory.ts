import { isWithin, localDay } from '../calendar/period.ts';
import { weekOf } from '../calendar/week.ts';
import type { MemoryReason } from '../content/digest-content.ts';
import { scheduledEditionId } from '../edition/edition-id.ts';
import type { Occurrence } from '../edition/occurrence.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { ListedPostmortem, StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { foundUsefulBy } from '../readership/found-useful.ts';
import { dayMs, weekMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { changedSince } from './find-news.ts';
import type { ComposeDeps } from './ports.ts';
import { severestThenNewest } from './select-postmortems.ts';

const weeksInYear = 52;
/** What readers found useful is not told again sooner. */
const weeksBetween = 13;
/** So many readers found it useful. Fewer are somebody's own taste, and might be known by name. */
const fewestReaders = 3;
/** Of so many, the gravest first, it is asked how many found them useful. */
const mostAsked = 100;

/** What a quiet week tells again, and why. */
export interface Memory {
  readonly why: MemoryReason;
  readonly stored: StoredPostmortem;
}

/**
 * What most readers of the last year found useful, if no digest of the last quarter told it; else
 * the most severe of what was published in the same week a year ago. As it stands now. Undefined:
 * there is neither, or it may not be told any more, or the edition is not of a week. A whole year
 * is listed for it, which is why only a quiet week asks.
 */
export async function findMemory(occurrence: Occurrence, deps: ComposeDeps): Promise<Memory | undefined> {
  const { kind, zone } = occurrence;
  if (kind !== 'week') return undefined;
  const then = weeksBefore(weeksInYear, occurrence);
  const listed = (await changedSince(new Date(then.start), deps)).filter((one) => isTellable(one) && one.publishedAt !== undefined);
  const useful = await findUseful(occurrence, listed, deps);
  if (useful) return { why: 'found useful', stored: useful };
  const [gravest] = listed.filter(({ publishedAt = '' }) => isWithin(then, publishedAt)).toSorted(severestThenNewest);
  const stored = gravest && (await tellable(gravest, deps));
  return stored && { why: 'a year ago', stored };

  async function findUseful({ stream, period }: Occurrence, among: readonly ListedPostmortem[], { readership, now }: ComposeDeps) {
    const until = Date.parse(period.start) - weeksBetween * weekMs;
    const old = among.filter(
      ({ publishedAt = '' }) => Date.parse(publishedAt) < until && Date.parse(publishedAt) >= Date.parse(then.start),
    );
    const today = localDay(now(), zone).toString();
    const asked = await fewAtATime(old.toSorted(severestThenNewest).slice(0, mostAsked), async (one) => ({
      one,
      readers: foundUsefulBy(await readership.readings.of(one.id), today),
    }));
    const lately = new Set(Array.from({ length: weeksBetween }, (_, n) => scheduledEditionId(stream, weeksBefore(n + 1, occurrence).id)));
    // The sort keeps the order of equals: the gravest first.
    for (const { one } of asked.filter(({ readers }) => readers >= fewestReaders).toSorted((a, b) => b.readers - a.readers)) {
      const found = await tellable(one, deps);
      if (found && ![...found.editions, ...found.namedIn].some((edition) => lately.has(edition))) return found;
    }
    return undefined;
  }
}

/** From the middle of the first day: an hour of summer time must not choose another week. */
const weeksBefore = (weeks: number, { period, zone }: Occurrence) =>
  weekOf(new Date(Date.parse(period.start) + dayMs / 2 - weeks * weekMs), zone);

async function tellable({ id }: Pick<ListedPostmortem, 'id'>, { postmortems }: ComposeDeps): Promise<StoredPostmortem | undefined> {
  const stored = await postmortems.read(id);
  return stored && isTellable(stored.postmortem) ? stored : undefined;
}

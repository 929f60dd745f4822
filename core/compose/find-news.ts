import { periodFinder } from '../calendar/recurring.ts';
import { scheduledEditionId } from '../edition/edition-id.ts';
import type { Occurrence } from '../edition/occurrence.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { ListedPostmortem } from '../postmortem/stored-postmortem.ts';
import { dayMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { ComposeDeps } from './ports.ts';
import { type Selected, selectPostmortems, severestThenNewest, wasTold } from './select-postmortems.ts';

/**
 * Finds all postmortems that may be shown, were published before the end of the period and have
 * changed since `since`, as far as the index knows them.
 */
export const publishedUntil = async (occurrence: Occurrence, since: Date, deps: ComposeDeps): Promise<ListedPostmortem[]> =>
  publishedAmong(await changedSince(since, deps), occurrence);

/** Everything that changed, also what may not be shown. */
export const changedSince = (since: Date, { postmortems, now }: ComposeDeps): Promise<ListedPostmortem[]> =>
  // A postmortem may be dated up to a day ahead of its arrival.
  postmortems.changedSince(new Date(since.getTime() - dayMs), now());

/** Those that may be shown and were published before the end of the period. */
export function publishedAmong(changed: readonly ListedPostmortem[], { period }: Occurrence): ListedPostmortem[] {
  return changed.filter((one) => isTellable(one) && one.publishedAt && Date.parse(one.publishedAt) < Date.parse(period.end));
}

/**
 * The most postmortems in one mail. Without a limit, an archive imported without its dates would
 * make a mail of several megabytes.
 */
const mostTold = 250;

export interface News extends Selected {
  /** Everything published in the period, whether carried or not. */
  readonly published: readonly ListedPostmortem[];
  /** How many do not fit. No edition carries them, so the next one publishes them late. */
  readonly waiting: number;
}

/**
 * Chooses which of the published postmortems an edition carries: the most severe first, at most
 * 250. Those are read consistently; nothing else in the archive is read in full.
 */
export async function selectNews(occurrence: Occurrence, published: readonly ListedPostmortem[], deps: ComposeDeps): Promise<News> {
  const { period, kind, zone } = occurrence;
  const periodAt = periodFinder(kind, zone);
  const dated = published.flatMap((one) => (one.publishedAt ? [{ one, own: periodAt(one.publishedAt).id }] : []));
  const told = await existingEditions(occurrence, new Set(dated.map(({ own }) => own)), deps);
  const publishedIn = (isWanted: (period: string) => boolean) =>
    dated
      .filter(({ own }) => isWanted(own))
      .map(({ one }) => one)
      .toSorted(severestThenNewest);
  const fresh = publishedIn((own) => own === period.id);
  const late = await untold(
    publishedIn((own) => told.has(own)).map(({ id }) => id),
    occurrence,
    deps,
  );
  const wanted = [...fresh.map(({ id }) => id), ...late];
  const candidates = await fewAtATime(wanted.slice(0, mostTold), deps.postmortems.read);
  const selected = selectPostmortems(
    occurrence,
    candidates.filter((stored) => stored !== undefined),
    (id) => told.has(id),
  );
  return { ...selected, published: fresh, waiting: Math.max(0, wanted.length - mostTold) };
}

/**
 * Most recent changes are to postmortems that an edition carried long ago. Only the others are read
 * in full.
 */
async function untold(ids: readonly string[], occurrence: Occurrence, deps: ComposeDeps): Promise<string[]> {
  const editions = await deps.postmortems.editionsOf(ids);
  return ids.filter((id) => {
    const known = editions.get(id);
    return known !== undefined && !wasTold(known, occurrence);
  });
}

/** Which of these periods had an edition. The occurrence's own period is left out. */
async function existingEditions(
  { stream, period }: Occurrence,
  periods: ReadonlySet<string>,
  deps: ComposeDeps,
): Promise<ReadonlySet<string>> {
  const others = [...periods].filter((id) => id !== period.id);
  const had = await fewAtATime(others, async (id) => ({ id, edition: await deps.editions.read(scheduledEditionId(stream, id)) }));
  return new Set(had.filter(({ edition }) => edition).map(({ id }) => id));
}

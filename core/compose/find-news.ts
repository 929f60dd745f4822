import { periodFinder } from '../calendar/recurring.ts';
import { scheduledEditionId } from '../edition/edition-id.ts';
import type { Occurrence } from '../edition/occurrence.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { ListedPostmortem } from '../postmortem/stored-postmortem.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { ComposeDeps } from './ports.ts';
import { type Selected, selectPostmortems, severestThenNewest, wasTold } from './select-postmortems.ts';

const dayMs = 24 * 3600 * 1000;

/**
 * Everything tellable that was published by the end of a period and changed since an instant, as
 * far as the index knows by now.
 */
export async function publishedUntil({ period }: Occurrence, since: Date, deps: ComposeDeps): Promise<ListedPostmortem[]> {
  // A postmortem may be dated up to a day ahead of its arrival.
  const changed = await deps.postmortems.changedSince(new Date(since.getTime() - dayMs), deps.now());
  return changed.filter((one) => isTellable(one) && one.publishedAt && Date.parse(one.publishedAt) < Date.parse(period.end));
}

/**
 * One mail names no more: an archive that was imported without its dates would be a mail of
 * megabytes.
 */
const mostTold = 250;

export interface News extends Selected {
  /** Everything published in the period, told or not. */
  readonly published: readonly ListedPostmortem[];
  /** How many there is no room for. Told in no edition, they are late for the next one. */
  readonly waiting: number;
}

/**
 * Which of the published ones an edition carries, the gravest first and at most 250, read
 * consistently: nothing else of the archive is read in full.
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

/** Most of what was changed lately was told long ago: only what was not is read in full. */
async function untold(ids: readonly string[], occurrence: Occurrence, deps: ComposeDeps): Promise<string[]> {
  const editions = await deps.postmortems.editionsOf(ids);
  return ids.filter((id) => !wasTold({ editions: editions.get(id) ?? [] }, occurrence));
}

/** Which of these periods, but for the told one, had an edition. */
async function existingEditions(
  { stream, period }: Occurrence,
  periods: ReadonlySet<string>,
  deps: ComposeDeps,
): Promise<ReadonlySet<string>> {
  const others = [...periods].filter((id) => id !== period.id);
  const had = await fewAtATime(others, async (id) => ({ id, edition: await deps.editions.read(scheduledEditionId(stream, id)) }));
  return new Set(had.filter(({ edition }) => edition).map(({ id }) => id));
}

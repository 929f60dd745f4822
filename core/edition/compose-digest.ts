import { type Week, weekBefore } from '../calendar/week.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { ListedPostmortem, StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { EngineeringRendition, engineeringRendition } from '../rendition/engineering-rendition.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { Composed } from './composed.ts';
import { digestContent } from './digest-content.ts';
import { digestEditionId } from './edition-id.ts';
import type { ComposeDeps } from './ports.ts';
import { selectPostmortems, wasTold, weekOfPublication } from './select-postmortems.ts';

const dayMs = 24 * 3600 * 1000;
/** A postmortem told late was changed in one of these weeks; older ones wait for their next change. */
const lateWeeks = 10;

/** The digest that is due at an instant: it tells of the last week that had ended by then. */
export const digestDueAt = (at: Date, distribution: Distribution): { week: Week; id: string } => {
  const week = weekBefore(at, distribution.organisation.zone);
  return { week, id: digestEditionId(week.id) };
};

/** Composes the digest due at an instant, in memory: the same call serves the edition and its preview. */
export async function composeDigest(at: Date, distribution: Distribution, deps: ComposeDeps): Promise<Composed> {
  const { organisation, streams } = distribution;
  const { week, id } = digestDueAt(at, distribution);
  const published = await publishedUntil(week, deps);
  const { fresh, late } = await select(week, organisation.zone, published, deps);
  const rendered = (stored: readonly StoredPostmortem[]) => fewAtATime(stored, (one) => engineering(one, deps));
  const content = digestContent({
    organisation,
    week,
    fresh: await rendered(fresh),
    late: await rendered(late),
    earlier: published.filter(({ publishedAt }) => publishedAt && Date.parse(publishedAt) < Date.parse(week.start)),
    openActions: (await deps.openActions()).map(({ postmortem, postmortemTitle, ...action }) => ({
      ...action,
      postmortem: { id: postmortem, title: postmortemTitle },
    })),
    now: at,
  });
  const carried = [...fresh, ...late];
  const isSilent = carried.length === 0 && streams['engineering-digest']?.quietWeek === 'nothing';
  return {
    id,
    stream: 'engineering-digest',
    carried,
    fragments: isSilent ? undefined : deps.renderDigest(content),
    subject: content.subject,
  };
}

/** Everything tellable that was published by the end of a week, as far back as anything is told late. */
async function publishedUntil(week: Week, deps: ComposeDeps): Promise<ListedPostmortem[]> {
  // A postmortem may be dated up to a day ahead of its arrival.
  const since = new Date(Date.parse(week.start) - lateWeeks * 7 * dayMs - dayMs);
  const listed = (await deps.postmortems.changedSince(since, deps.now())).filter(isTellable);
  return listed.filter(({ publishedAt }) => publishedAt && Date.parse(publishedAt) < Date.parse(week.end));
}

async function select(week: Week, zone: string, published: readonly ListedPostmortem[], deps: ComposeDeps) {
  const told = await existingEditions(published, week, zone, deps);
  const ofWeek = (isWanted: (week: string) => boolean) =>
    published.filter((one) => isWanted(weekOfPublication(one, zone)?.id ?? '')).map(({ id }) => id);
  const fresh = ofWeek((id) => id === week.id);
  const late = await untold(
    ofWeek((id) => told.has(id)),
    week,
    deps,
  );
  const candidates = await fewAtATime([...fresh, ...late], deps.postmortems.read);
  return selectPostmortems(
    week,
    zone,
    candidates.filter((stored) => stored !== undefined),
    (id) => told.has(id),
  );
}

/** Most of what was changed lately was told long ago: only what was not is read in full. */
async function untold(ids: readonly string[], week: Week, deps: ComposeDeps): Promise<string[]> {
  const editions = await deps.postmortems.editionsOf(ids);
  return ids.filter((id) => !wasTold({ editions: editions.get(id) ?? [] }, digestEditionId(week.id)));
}

/** Which of the earlier weeks that these were published in had an edition. */
async function existingEditions(published: readonly ListedPostmortem[], week: Week, zone: string, deps: ComposeDeps): Promise<Set<string>> {
  const weeks = new Set(published.map((one) => weekOfPublication(one, zone)?.id).filter((id) => id !== undefined));
  weeks.delete(week.id);
  const had = await Promise.all([...weeks].map(async (id) => ({ id, edition: await deps.editions.read(digestEditionId(id)) })));
  return new Set(had.filter(({ edition }) => edition).map(({ id }) => id));
}

/** Stored when it was published; made anew where that is still owed. */
async function engineering({ postmortem, revision }: StoredPostmortem, deps: ComposeDeps): Promise<EngineeringRendition> {
  const stored = await deps.renditions('engineering', postmortem.id, revision);
  return stored ? EngineeringRendition.parse(stored) : engineeringRendition(postmortem);
}

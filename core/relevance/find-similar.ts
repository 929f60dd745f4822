import type { ActionRow } from '../action/action.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { EngineeringRendition } from '../rendition/engineering-rendition.ts';
import { dayMs } from '../shared/duration.ts';
import { hasTime, type Instant, toInstant } from '../shared/instant.ts';
import type { SimilarStore } from './ports.ts';
import type { Similar } from './similar.ts';
import { similarIncidents } from './similar-incidents.ts';
import type { Surroundings } from './surroundings.ts';
import { unkeptPromises } from './unkept.ts';

export interface FindSimilarDeps {
  readonly similar: Pick<SimilarStore, 'of' | 'find' | 'forget'>;
  /** The action items of a postmortem. */
  readonly actions: (postmortem: PostmortemId) => Promise<readonly ActionRow[]>;
}

interface Found extends Surroundings {
  readonly postmortem: EngineeringRendition;
}

/**
 * Puts earlier postmortems of the same failure, and says which ones nobody dismissed. One that was
 * found before stays as it was, so that what people said of it stands. One that is not found any
 * more goes if nobody said anything of it: it rested on a text that is no longer there. Where the
 * earlier one is hidden it stays, told to nobody, because a release may bring it back.
 */
export async function findSimilar(given: Found, now: Date, deps: FindSimilarDeps): Promise<PostmortemId[]> {
  const { postmortem, archive, landscape } = given;
  const found = similarIncidents(given);
  const known = new Map((await deps.similar.of(postmortem.id)).map((one) => [one.earlier, one]));
  const still = new Set(found.map(({ earlier }) => earlier));
  const gone = [...known.values()].filter(({ earlier }) => !still.has(earlier) && archive.entryOf(earlier) !== undefined);
  await forgetFound(gone, deps);
  const began = beginningOf(postmortem, archive.entryOf(postmortem.id)?.publishedAt ?? toInstant(now));
  const later = { terms: archive.termsOf(postmortem.id), began };
  for (const one of found.filter(({ earlier }) => !known.has(earlier))) {
    const rows = await deps.actions(one.earlier);
    await deps.similar.find({
      postmortem: postmortem.id,
      earlier: one.earlier,
      began,
      terms: one.terms.slice(0, 20),
      promises: unkeptPromises(rows, later, one, { taxonomy: landscape.taxonomy, now }),
      foundAt: toInstant(now),
    });
  }
  return found.map(({ earlier }) => earlier).filter((earlier) => known.get(earlier)?.state !== 'dismissed');
}

/** Removes what nobody judged. What was confirmed or dismissed stays. */
export async function forgetFound(
  some: readonly Similar[],
  { similar }: { readonly similar: Pick<SimilarStore, 'forget'> },
): Promise<void> {
  for (const one of some) if (one.state === 'found') await similar.forget(one);
}

/** Of a day without a time its end, so that what was done on that day was in time. */
function beginningOf({ startedAt = '' }: EngineeringRendition, publishedAt: Instant): Instant {
  const began = Date.parse(startedAt) + (hasTime(startedAt) ? 0 : dayMs);
  return Number.isNaN(began) ? publishedAt : toInstant(new Date(Math.min(began, Date.parse(publishedAt))));
}

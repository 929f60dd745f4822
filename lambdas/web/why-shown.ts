import { toldNow } from '../../core/relevance/told-now.ts';
import type { ListedEntry } from '../../core/search/search-entry.ts';
import { widestAudience } from '../../core/stream/audience.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import type { Topic } from '../../core/subscriber/topic.ts';
import type { WebDeps } from './deps.ts';
import { teamKeyOf } from './keep-reading.ts';

/** Why a postmortem matters to a reader's team. */
export interface WhyShown {
  /** The key of their team, and how it is spelt. Absent: they have none. */
  readonly team?: { readonly key: Topic; readonly name: string };
  /** The strongest reason. Absent: it matters to another team, or to none. */
  readonly reason?: { readonly key: string; readonly sentence: string };
}

/**
 * The reason that the mail told, too, as it may be told now. None while a newer revision of the
 * postmortem waits to be looked at: what was found of an older one may quote what it said.
 */
export async function whyShown(
  { id, revision }: Pick<ListedEntry, 'id' | 'revision'>,
  profile: Pick<Profile, 'team'>,
  { relevance, archives }: Pick<WebDeps, 'relevance' | 'archives'>,
): Promise<WhyShown> {
  const key = teamKeyOf(profile);
  if (key === undefined) return {};
  const [row, archive] = await Promise.all([relevance.read(id), archives.of(widestAudience)]);
  const own = row?.revision === revision ? row.teams.filter(({ team }) => team === key) : [];
  const [found] = toldNow(own, (named) => archive.read(named)?.title);
  const team = { key, name: found?.name ?? profile.team?.trim() ?? '' };
  const [strongest] = found?.reasons ?? [];
  return { team, ...(strongest && { reason: { key: strongest.key, sentence: strongest.sentence } }) };
}

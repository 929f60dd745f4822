import { namedBy } from '../../core/relevance/reason.ts';
import type { ToldReason } from '../../core/relevance/relevance.ts';
import type { Archive } from '../../core/search/archive.ts';
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

/** The reason that the mail told, too, and the sentence for it that may be told now. */
export async function whyShown(
  { id }: Pick<ListedEntry, 'id'>,
  profile: Pick<Profile, 'team'>,
  { relevance, archives }: Pick<WebDeps, 'relevance' | 'archives'>,
): Promise<WhyShown> {
  const key = teamKeyOf(profile);
  if (key === undefined) return {};
  const found = (await relevance.read(id))?.teams.find(({ team }) => team === key);
  const team = { key, name: found?.name ?? profile.team?.trim() ?? '' };
  const [strongest] = found?.reasons ?? [];
  const sentence = strongest && sentenceNow(strongest, await archives.of(widestAudience));
  return { team, ...(strongest && sentence !== undefined && { reason: { key: strongest.key, sentence } }) };
}

/** Without the title of another postmortem that nobody may be told of any more. */
function sentenceNow({ reason, sentence, instead }: ToldReason, archive: Pick<Archive, 'read'>): string | undefined {
  const named = namedBy(reason);
  return named === undefined || archive.read(named) ? sentence : instead;
}

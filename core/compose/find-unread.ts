import { localDay } from '../calendar/period.ts';
import { weekOf } from '../calendar/week.ts';
import { mostCardsOfTeam } from '../content/relevant-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { tracksOpens } from '../distribution/stream-rules.ts';
import { materialFor } from '../edition/corrections.ts';
import type { Edition } from '../edition/edition.ts';
import { scheduledEditionId } from '../edition/edition-id.ts';
import type { Occurrence } from '../edition/occurrence.ts';
import { isTellable, type PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { remindable, type Unread, unreadBy } from '../readership/unread-by.ts';
import type { Relevance } from '../relevance/relevance.ts';
import { dayMs, weekMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { readAtOnce } from './find-relevance.ts';
import { mayHaveReaders } from './last-told.ts';
import type { ComposeDeps } from './ports.ts';

type Deps = Pick<ComposeDeps, 'editions' | 'postmortems' | 'relevance' | 'readership' | 'now'>;

/** What the digest tells already. */
interface Telling {
  /** Carried or corrected in it. */
  readonly told: ReadonlySet<PostmortemId>;
  /** To whom what it carries matters. */
  readonly relevance: readonly Relevance[];
}

export interface FoundUnread {
  readonly unread: readonly Unread[];
  /** The postmortems that `unread` names. */
  readonly stored: readonly StoredPostmortem[];
}

/**
 * What the digest of the week before carried, matters much to a team, and nobody in it is known to
 * have read. Nothing for a month, where opens are not tracked, or for a team whose list is full.
 * Nobody remembers what came back: the digest after this one does not look so far. Who read it is
 * asked only where a team may be reminded.
 */
export async function findUnread(occurrence: Occurrence, telling: Telling, distribution: Distribution, deps: Deps): Promise<FoundUnread> {
  const { stream, kind, period, zone } = occurrence;
  const nothing: FoundUnread = { unread: [], stored: [] };
  if (kind !== 'week' || !tracksOpens(distribution, stream)) return nothing;
  // From the middle of the first day, so that an hour of summer time does not choose another week.
  const before = weekOf(new Date(Date.parse(period.start) + dayMs / 2 - weekMs), zone);
  const edition = await deps.editions.read(scheduledEditionId(stream, before.id));
  if (!edition?.content || edition.recalled || !mayHaveReaders(edition)) return nothing;
  const carried = edition.carries.filter(({ id }) => !edition.withheld.includes(id) && !telling.told.has(id));
  const sizes = carried.length > 0 ? await deps.readership.sizes.read() : undefined;
  if (!sizes) return nothing;
  const hasRoom = roomFor(telling.relevance);
  const today = localDay(deps.now(), zone).toString();
  const stored = new Map<PostmortemId, StoredPostmortem>();
  let unread: readonly Unread[] = [];
  for (let i = 0; i < carried.length; i += readAtOnce) {
    const rows = await deps.relevance(carried.slice(i, i + readAtOnce).map(({ id }) => id));
    const asked = await fewAtATime([...rows.values()], async ({ postmortem: id, revision, teams: all }) => {
      const teams = remindable(all).filter(({ team }) => hasRoom(team));
      const current = teams.length > 0 ? await deps.postmortems.read(id) : undefined;
      if (current?.revision !== revision || !standsAsTold(current, edition)) return [];
      stored.set(id, current);
      return [{ id, severity: current.postmortem.severity, teams, readings: await deps.readership.readings.of(id) }];
    });
    unread = unreadBy(asked.flat(), sizes, today, unread);
  }
  return { unread, stored: [...new Set(unread.map(({ postmortem }) => postmortem))].flatMap((id) => stored.get(id) ?? []) };
}

/** What was materially corrected since is told as a correction, to everybody. */
function standsAsTold(current: StoredPostmortem, edition: Edition): boolean {
  const shown = edition.carries.find(({ id }) => id === current.postmortem.id)?.revision ?? 0;
  return isTellable(current.postmortem) && (materialFor(edition.id, current) ?? 0) <= shown;
}

/** Whether fewer than three cards of the news come first for a team. */
function roomFor(relevance: readonly Relevance[]): (team: string) => boolean {
  const cards = new Map<string, number>();
  for (const { team } of relevance.flatMap(({ teams }) => teams)) cards.set(team, (cards.get(team) ?? 0) + 1);
  return (team) => (cards.get(team) ?? 0) < mostCardsOfTeam;
}

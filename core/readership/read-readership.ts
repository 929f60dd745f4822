import { Temporal } from 'temporal-polyfill';
import { localDay } from '../calendar/period.ts';
import type { Postmortem } from '../postmortem/postmortem.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { RelevanceReader } from '../relevance/ports.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import { topicOf } from '../subscriber/topic.ts';
import type { Readings } from './ports.ts';
import { readershipOf, type TeamReadership } from './readership.ts';
import type { TeamSizeStore } from './team-sizes.ts';

export interface ReadershipDeps {
  readonly readings: Pick<Readings, 'of'>;
  readonly sizes: Pick<TeamSizeStore, 'read'>;
  readonly relevance: RelevanceReader['readMany'];
}

/** What is told of who read a postmortem, to its authors and to operators alike. */
export interface ShownReadership {
  /** The last day that counts. What was read since then does not. */
  readonly until: PlainDate;
  /** When teams were counted. Absent: they were not yet, so nothing is told of any. */
  readonly countedAt?: Instant;
  /** See Readership. */
  readonly readers?: number;
  /** Those where somebody read it, the team that owns it, and those to whom it matters. */
  readonly teams: readonly Pick<TeamReadership, 'name' | 'word'>[];
  /** In how many other teams nobody did. */
  readonly others: number;
}

/** Undefined: nobody may be told of the postmortem now. `zone`: the organisation's. */
export async function readReadership(
  postmortem: Pick<Postmortem, 'id' | 'owningTeam' | 'status' | 'restricted'>,
  { zone, now }: { readonly zone: string; readonly now: Date },
  deps: ReadershipDeps,
): Promise<ShownReadership | undefined> {
  if (!isTellable(postmortem)) return undefined;
  const today = localDay(now, zone).toString();
  const [readings, sizes, relevant] = await Promise.all([
    deps.readings.of(postmortem.id),
    deps.sizes.read(),
    deps.relevance([postmortem.id]),
  ]);
  const whole = readershipOf(readings, sizes, today);
  const relevance = relevant.get(postmortem.id);
  const owner = postmortem.owningTeam === undefined ? undefined : topicOf('team', postmortem.owningTeam);
  const meant = new Set([owner, ...(relevance?.teams.map(({ team }) => team) ?? [])]);
  const isShown = ({ teams, word }: TeamReadership) => word !== 'nobody yet' || teams.some((team) => meant.has(team));
  const shown = whole.teams.filter(isShown);
  return {
    until: Temporal.PlainDate.from(today).subtract({ days: 1 }).toString(),
    ...(sizes && { countedAt: sizes.at }),
    ...(whole.readers !== undefined && { readers: whole.readers }),
    teams: shown.map(({ name, word }) => ({ name, word })),
    others: whole.teams.length - shown.length,
  };
}

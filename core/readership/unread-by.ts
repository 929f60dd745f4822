import { type Postmortem, type PostmortemId, severities } from '../postmortem/postmortem.ts';
import { atOnceFrom } from '../relevance/points.ts';
import type { RelevantTeam } from '../relevance/relevance.ts';
import type { PlainDate } from '../shared/instant.ts';
import type { Topic } from '../subscriber/topic.ts';
import { readershipOf } from './readership.ts';
import type { Reading } from './reading.ts';
import type { TeamSizes } from './team-sizes.ts';

/** A postmortem that was told, to whom it matters, and who read it. */
export interface ToldBefore extends Pick<Postmortem, 'id' | 'severity'> {
  readonly teams: readonly RelevantTeam[];
  readonly readings: readonly Reading[];
}

/** Of one team: what nobody in it read, and how much and why it matters. */
export interface Unread extends Pick<RelevantTeam, 'team' | 'score'>, Pick<Postmortem, 'severity'> {
  readonly postmortem: PostmortemId;
  /** Of the strongest reason. */
  readonly key: string;
}

/**
 * Those to whom a postmortem matters so much that they are reminded of it. Only for these is it
 * worth asking who read it.
 */
export const remindable = <T extends Pick<RelevantTeam, 'score'>>(teams: readonly T[]): T[] =>
  teams.filter(({ score }) => score >= atOnceFrom);

/**
 * What matters much to a team and nobody in it is known to have read before `today`: for each team
 * one, that of the highest score. Never of a team of which readership is not told by itself: it is
 * too small, or nobody counted it. `others`: what this answered for other postmortems. Pure.
 */
export function unreadBy(
  told: readonly ToldBefore[],
  sizes: Omit<TeamSizes, 'at'> | undefined,
  today: PlainDate,
  others: readonly Unread[] = [],
): Unread[] {
  const found = told.flatMap(({ id: postmortem, severity, teams, readings }) => {
    const nobody = new Set(
      readershipOf(readings, sizes, today).teams.flatMap((one) => (one.word === 'nobody yet' && one.teams.length === 1 ? one.teams : [])),
    );
    return remindable(teams).flatMap(({ team, score, reasons: [why] }): Unread[] =>
      why && nobody.has(team) ? [{ team, score, severity, postmortem, key: why.key }] : [],
    );
  });
  const best = new Map<Topic, Unread>();
  for (const one of [...others, ...found].toSorted(strongest)) if (!best.has(one.team)) best.set(one.team, one);
  return [...best.values()];
}

const strongest = (a: Unread, b: Unread) =>
  b.score - a.score || severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.postmortem < b.postmortem ? -1 : 1);

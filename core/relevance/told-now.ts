import type { PostmortemId } from '../postmortem/postmortem.ts';
import { namedBy } from './reason.ts';
import type { Relevance, ToldReason } from './relevance.ts';
import { quoted } from './sentence.ts';

/** The title of a postmortem as it is now. Undefined: nobody may be told of it. */
export type TitleNow = (postmortem: PostmortemId) => string | undefined;

/** The earlier postmortems that its reasons name. */
export const namedIn = ({ teams }: Pick<Relevance, 'teams'>): PostmortemId[] => [
  ...new Set(teams.flatMap(({ reasons }) => reasons.flatMap(({ reason }) => namedBy(reason) ?? []))),
];

/**
 * Teams and reasons as they may be told now. Sentences are kept for months, and an earlier
 * postmortem that one names may have been restricted since, or have another title because the old
 * one said too much. Its reason is then told without it.
 */
export const toldNow = (teams: Relevance['teams'], titleOf: TitleNow): Relevance['teams'] =>
  teams.map((team) => ({ ...team, reasons: team.reasons.map((why) => reasonNow(why, titleOf)) }));

function reasonNow(why: ToldReason, titleOf: TitleNow): ToldReason {
  const named = namedBy(why.reason);
  if (named === undefined || why.instead === undefined) return why;
  const title = titleOf(named);
  return title !== undefined && why.sentence.includes(quoted(title)) ? why : { ...why, sentence: why.instead };
}

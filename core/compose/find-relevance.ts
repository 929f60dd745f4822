import { onlyChosen } from '../content/relevant-content.ts';
import { isTellable, type PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { Relevance } from '../relevance/relevance.ts';
import { namedIn, toldNow } from '../relevance/told-now.ts';
import type { ComposeDeps } from './ports.ts';

/**
 * To whom these postmortems matter, as it may be told beside these revisions. What was found for
 * another revision does not count: its sentences may quote what was taken out since. Teams that
 * have three stronger ones among these are left out of a row.
 */
export async function findRelevance(
  carried: readonly StoredPostmortem[],
  deps: Pick<ComposeDeps, 'relevance' | 'postmortems'>,
): Promise<Relevance[]> {
  const told = carried.map(({ postmortem }) => postmortem);
  let rows: Relevance[] = [];
  for (let i = 0; i < carried.length; i += readAtOnce) {
    const some = carried.slice(i, i + readAtOnce);
    const found = await deps.relevance(some.map(({ postmortem }) => postmortem.id));
    const fresh = some.flatMap(({ postmortem, revision }) => {
      const row = found.get(postmortem.id);
      return row?.revision === revision ? [{ ...row, teams: row.teams.map(withStrongest) }] : [];
    });
    rows = onlyChosen(told, [...rows, ...fresh]);
  }
  const named = [...new Set(rows.flatMap(namedIn))];
  const listed = await deps.postmortems.listedOf(named);
  const titleOf = (id: PostmortemId) => {
    const one = listed.get(id);
    return one && isTellable(one) ? one.title : undefined;
  };
  return rows.map((row) => ({ ...row, teams: toldNow(row.teams, titleOf) }));
}

/** A row has up to a thousand teams, which are some megabytes when they are unpacked. */
export const readAtOnce = 8;

/** An edition tells one reason, so the postmortems that others name are not read. */
const withStrongest = (team: Relevance['teams'][number]) => ({ ...team, reasons: team.reasons.slice(0, 1) });

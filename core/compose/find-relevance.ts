import { isTellable } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { Relevance } from '../relevance/relevance.ts';
import { namedIn, toldNow } from '../relevance/told-now.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { ComposeDeps } from './ports.ts';

/**
 * To whom these postmortems matter, as it may be told beside these revisions. What was found for
 * another revision does not count: its sentences may quote what was taken out since.
 */
export async function findRelevance(
  carried: readonly StoredPostmortem[],
  deps: Pick<ComposeDeps, 'relevance' | 'postmortems'>,
): Promise<Relevance[]> {
  const found = await deps.relevance(carried.map(({ postmortem }) => postmortem.id));
  const rows = carried.flatMap(({ postmortem, revision }) => {
    const row = found.get(postmortem.id);
    return row?.revision === revision ? [{ ...row, teams: row.teams.map(withStrongest) }] : [];
  });
  const named = [...new Set(rows.flatMap(namedIn))];
  const titles = new Map(
    await fewAtATime(named, async (id) => {
      const stored = await deps.postmortems.read(id);
      return [id, stored && isTellable(stored.postmortem) ? stored.postmortem.title : undefined] as const;
    }),
  );
  return rows.map((row) => ({ ...row, teams: toldNow(row.teams, (id) => titles.get(id)) }));
}

/** An edition tells one reason, so the postmortems that others name are not read. */
const withStrongest = (team: Relevance['teams'][number]) => ({ ...team, reasons: team.reasons.slice(0, 1) });

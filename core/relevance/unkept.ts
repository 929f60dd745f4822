import type { ActionRow } from '../action/action.ts';
import { isUnfinished, statusOf } from '../action/status.ts';
import { type Instant, isAfter } from '../shared/instant.ts';
import type { Taxonomy } from '../taxonomy/compile.ts';
import { type FoundTerm, termsOf } from '../taxonomy/terms-of.ts';
import type { Similar } from './similar.ts';
import type { SimilarIncident } from './similar-incidents.ts';

const mostPromises = 10;

/** What became of something that was promised before a later incident began. */
export type Unkept = 'open' | 'declined' | 'done late';

/**
 * Undefined: it was done in time, was promised later, or nobody is told of it any more. What the
 * document alone says is done counts from the revision that first said so.
 */
export function unkeptOf(row: ActionRow, began: Instant, now: Date): Unkept | undefined {
  if (!row.visible || row.withdrawnAt !== undefined || !isAfter(began, row.promisedAt)) return undefined;
  const { status, closedAt } = statusOf(row, now);
  if (isUnfinished(status)) return 'open';
  if (status === 'declined') return 'declined';
  return closedAt !== undefined && isAfter(closedAt, began) ? 'done late' : undefined;
}

interface Later {
  /** Of the later postmortem. */
  readonly terms: readonly string[];
  readonly began: Instant;
}

/**
 * The action items of an earlier postmortem that were not done when a later incident began, and
 * share a term or a service with it: what would have caught it first, at most ten. It would have
 * caught it if its own words say the failure mode, and it is about the same technology, service or
 * resource. Words about documents say what to read in a failure, not what prevents it.
 */
export function unkeptPromises(
  rows: readonly ActionRow[],
  { terms, began }: Later,
  { things }: Pick<SimilarIncident, 'things'>,
  { taxonomy, now }: { readonly taxonomy: Taxonomy; readonly now: Date },
): Similar['promises'] {
  const said = new Set(terms);
  return rows
    .filter((row) => unkeptOf(row, began, now) !== undefined)
    .flatMap((row) => {
      const shared = termsOfAction(row, taxonomy).filter(({ id }) => said.has(id));
      const isThere = things.length > 0 || shared.some(({ kind }) => kind === 'technology');
      const caught = isThere && shared.some(({ kind }) => kind === 'failure mode') && !isOnPaper.test(row.reported.title);
      return things.length > 0 || shared.length > 0 ? [{ aid: row.aid, caught }] : [];
    })
    .toSorted((a, b) => Number(b.caught) - Number(a.caught) || (a.aid < b.aid ? -1 : 1))
    .slice(0, mostPromises);
}

const isOnPaper = /\b(?:document(?:ation)?|docs?|runbooks?|playbooks?|wiki|page|describe|write (?:up|down)|train(?:ing)?)\b/i;

/** What it is about is in its title, and in what may happen if it is not done. */
const termsOfAction = ({ reported: { title, consequence } }: ActionRow, taxonomy: Taxonomy): FoundTerm[] =>
  termsOf(
    { title, tags: [], services: [], sections: consequence ? [{ heading: 'Cause', body: consequence }] : [], timeline: [] },
    taxonomy,
  );

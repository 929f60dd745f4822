import type { ActionItem } from '../postmortem/postmortem.ts';
import { type ActionRow, promiseAt } from './action.ts';

/** What a rendition says of an action item, as far as people can change it. */
type Said = Pick<ActionItem, 'title' | 'owner' | 'team' | 'due' | 'status'>;

/**
 * The action items of a rendition, in its order, with the status, day and owner that count at an
 * instant. Each is found by title and owner. One that is not found, or that several rows could be,
 * stays as the document says it.
 */
export const asItStands = <T extends Said>(items: readonly T[], rows: readonly ActionRow[], now: Date): T[] =>
  items.map((item) => {
    const row = rowOf(item, rows);
    return row ? { ...item, ...standing(row, now) } : item;
  });

function rowOf({ title, owner, due }: Said, rows: readonly ActionRow[]): ActionRow | undefined {
  const alike = rows.filter(
    ({ reported, withdrawnAt, visible }) => visible && withdrawnAt === undefined && reported.title === title && reported.owner === owner,
  );
  const [only, another] = alike.length > 1 ? alike.filter(({ reported }) => reported.due === due) : alike;
  return another ? undefined : only;
}

function standing(row: ActionRow, now: Date): Partial<Said> {
  const { status, due, owner } = promiseAt(row, now);
  const isHandedOver = owner !== row.reported.owner;
  // The team is that of the owner before.
  return { status, ...(due !== undefined && { due }), ...(isHandedOver && { owner, team: undefined }) };
}

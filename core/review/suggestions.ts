import type { ActionRow } from '../action/action.ts';
import { knownEvents } from '../action/event.ts';
import { dayMs } from '../shared/duration.ts';

/** A lost action is suggested for so long. Afterwards it counts as withdrawn. */
const suggestedMs = 30 * dayMs;

export interface Suggestion {
  /** People did something with it, and the document dropped it. */
  readonly lost: ActionRow;
  /** What it may be now. */
  readonly like: ActionRow;
}

/** The lost actions of a postmortem that may be another one now, which is there. */
export function suggestions(rows: readonly ActionRow[], now: Date): Suggestion[] {
  const there = new Map(rows.flatMap((row) => (row.withdrawnAt === undefined ? [[row.aid, row]] : [])));
  return rows.flatMap((lost) => {
    const like = there.get(lost.perhaps ?? '');
    const { withdrawnAt } = lost;
    const isRecent = withdrawnAt !== undefined && now.getTime() - Date.parse(withdrawnAt) < suggestedMs;
    return like && isRecent && lost.movedTo === undefined && knownEvents(lost.events).length > 0 ? [{ lost, like }] : [];
  });
}

import type { ActionItem } from '../postmortem/postmortem.ts';
import { isAfter, type PlainDate } from '../shared/instant.ts';
import type { ActionRow } from './action.ts';
import { knownEvents } from './event.ts';
import type { Change, NewEvent } from './press.ts';
import { isUnfinished, statusOf } from './status.ts';

/**
 * What owners, authors, operators and trackers may say of an action item. Decisions are
 * leadership's (core/review/decide.ts).
 */
export type ActionWish =
  | { readonly kind: 'done' }
  | { readonly kind: 'reopened'; readonly reason: string }
  | { readonly kind: 'rescheduled'; readonly due: PlainDate; readonly reason: string }
  | { readonly kind: 'handed over'; readonly to: string }
  | { readonly kind: 'imported'; readonly status: ActionItem['status']; readonly from: string };

/**
 * Why a wish changes nothing. `withdrawn`: the document no longer has the action. `closed`: it is
 * done or declined, and would have to be reopened first. `decided`: leadership accepted the risk,
 * and only leadership takes that back. `kept`: a tracker says that it is open, but it was closed by
 * the document or a person. `said before`: the tracker says what it said the last time; what
 * happened since stands.
 */
export type WishRefusal = 'withdrawn' | 'closed' | 'decided' | 'kept' | 'said before';

/** What a wish makes of a row, for `pressAction`. `nothing` if it is so already. */
export const changeFor =
  (wish: ActionWish, by: string, now: Date) =>
  (row: ActionRow): Change<WishRefusal> => {
    if (row.withdrawnAt !== undefined) return { kind: 'refused', why: 'withdrawn' };
    const answer = answerTo(wish, row, now);
    if (answer === 'nothing') return { kind: 'nothing' };
    return answer === 'take' ? { kind: 'events', events: [{ ...wish, by } satisfies NewEvent] } : { kind: 'refused', why: answer };
  };

function answerTo(wish: ActionWish, row: ActionRow, now: Date): WishRefusal | 'nothing' | 'take' {
  const { status, due, owner } = statusOf(row, now);
  const isOpen = isUnfinished(status);
  switch (wish.kind) {
    case 'done':
      return status === 'done' ? 'nothing' : 'take';
    case 'reopened':
      if (isOpen) return 'nothing';
      return status === 'declined' && isRiskAccepted(row, now) ? 'decided' : 'take';
    case 'rescheduled':
      if (!isOpen) return 'closed';
      return due === wish.due ? 'nothing' : 'take';
    case 'handed over':
      if (!isOpen) return 'closed';
      return owner === wish.to ? 'nothing' : 'take';
    case 'imported':
      return answerToTracker(wish.status, row, now);
    default:
      return wish satisfies never;
  }
}

/** A tracker closes an action, and opens what a tracker closed. */
function answerToTracker(said: ActionItem['status'], row: ActionRow, now: Date): WishRefusal | 'nothing' | 'take' {
  const { status, pending } = statusOf(row, now);
  if (said === status) return 'nothing';
  const events = knownEvents(row.events);
  const imported = events.filter((event) => event.kind === 'imported');
  if (imported.at(-1)?.status === said) return 'said before';
  if (!isUnfinished(said)) return 'take';
  if (isRiskAccepted(row, now) || pending?.what === 'accept the risk') return 'decided';
  const without = statusOf({ ...row, events: events.filter(({ kind }) => kind !== 'imported') }, now);
  return isUnfinished(status) || isUnfinished(without.status) ? 'take' : 'kept';
}

/** Also if it was done since: unless the document changed it later, only leadership opens it. */
const isRiskAccepted = (row: ActionRow, now: Date): boolean => {
  const { decision } = statusOf(row, now);
  return decision?.what === 'accept the risk' && !isAfter(row.reportedAt, decision.at);
};

import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Counts, Edition } from './edition.ts';

/**
 * `sending`: some readers of a wave that has left have no outcome yet. `waiting`: all of them have
 * one, and other waves are still to leave.
 */
export const editionStates = ['sending', 'waiting', 'complete', 'paused', 'recalled', 'superseded'] as const;
export type EditionState = (typeof editionStates)[number];

/**
 * An edition that is recalled or superseded sends nothing more, and no brake keeps it from its end:
 * all its readers get an outcome. Neither can be undone.
 */
export const isOver = ({ recalled, superseded }: { readonly recalled: boolean; readonly superseded?: unknown }): boolean =>
  recalled || Boolean(superseded);

/**
 * Whether some of its mails may have left without a postmortem that it was to tell, because that
 * was withheld while it was under way. Editions of earlier releases do not note it.
 */
export const mayHaveLeftWithout = (
  postmortem: PostmortemId,
  { missed, withheld, completedAt }: Pick<Edition, 'missed' | 'withheld' | 'completedAt'>,
): boolean => (missed ?? (completedAt ? [] : withheld)).includes(postmortem);

/** Whether the time in which its mails leave has passed. `now`: milliseconds since 1970. */
export const isPast = ({ leavesUntil }: Pick<Edition, 'leavesUntil'>, now: number): boolean =>
  leavesUntil !== undefined && Date.parse(leavesUntil) <= now;

/**
 * Where an edition stands. What cannot be undone comes first. A pause that outlasted completion no
 * longer matters.
 */
export function editionState(
  { recalled, superseded, paused, completedAt }: Pick<Edition, 'recalled' | 'paused' | 'completedAt'> & { readonly superseded?: unknown },
  ahead: { readonly isSending: boolean } | undefined,
): EditionState {
  if (recalled) return 'recalled';
  if (superseded) return 'superseded';
  if (completedAt) return 'complete';
  if (paused) return 'paused';
  return ahead && !ahead.isSending ? 'waiting' : 'sending';
}

/**
 * Whether more mails may have been handled than the counts of its finished slots show. A recalled
 * or superseded edition that has counts is finished.
 */
export const isUnderWay = ({ state, counts }: { readonly state: EditionState; readonly counts: Counts }): boolean =>
  state === 'recalled' || state === 'superseded' ? Object.keys(counts).length === 0 : state !== 'complete';

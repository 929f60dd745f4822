import type { Counts, Edition } from './edition.ts';
import type { WavesAhead } from './waves.ts';

/**
 * `sending`: some readers of a wave that has left have no outcome yet. `waiting`: all of them have
 * one, and other waves are still to leave.
 */
export const editionStates = ['sending', 'waiting', 'complete', 'paused', 'recalled'] as const;
export type EditionState = (typeof editionStates)[number];

/**
 * Where an edition stands. A recall comes first, because it is permanent. A pause that outlasted
 * completion no longer matters.
 */
export function editionState(
  { recalled, paused, completedAt }: Pick<Edition, 'recalled' | 'paused' | 'completedAt'>,
  ahead: WavesAhead | undefined,
): EditionState {
  if (recalled) return 'recalled';
  if (completedAt) return 'complete';
  if (paused) return 'paused';
  return ahead && !ahead.isSending ? 'waiting' : 'sending';
}

/**
 * Whether more mails may have been handled than the counts of its finished slots show. A recalled
 * edition that has counts is finished.
 */
export const isUnderWay = ({ state, counts }: { readonly state: EditionState; readonly counts: Counts }): boolean =>
  state === 'recalled' ? Object.keys(counts).length === 0 : state !== 'complete';

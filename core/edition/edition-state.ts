import type { Counts, Edition } from './edition.ts';
import type { WavesAhead } from './waves.ts';

/**
 * `sending`: readers of a wave that has left still wait for their outcome. `waiting`: none does,
 * and other waves are still to leave.
 */
export const editionStates = ['sending', 'waiting', 'complete', 'paused', 'recalled'] as const;
export type EditionState = (typeof editionStates)[number];

/**
 * Where an edition stands. A recall is told first because it stays true; a pause that outlived the
 * end no longer matters.
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
 * Whether more may have happened than the counts of its finished slots say. A recalled edition that
 * has counts has come to its end.
 */
export const isUnderWay = ({ state, counts }: { readonly state: EditionState; readonly counts: Counts }): boolean =>
  state === 'recalled' ? Object.keys(counts).length === 0 : state !== 'complete';

import type { PlainDate } from '../shared/instant.ts';
import type { Reading } from './reading.ts';

/**
 * How many readers said before `today` that a postmortem was useful, or that they discussed it. It
 * chooses what is told again, and is never shown. Pure.
 */
export const foundUsefulBy = (readings: readonly Reading[], today: PlainDate): number =>
  new Set(readings.flatMap(({ how, on, blinded }) => (on < today && (how === 'useful' || how === 'discussed') ? [blinded] : []))).size;

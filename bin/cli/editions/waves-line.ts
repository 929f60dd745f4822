import type { EditionAnswer } from '../../../core/operator/api.ts';
import { toTheMinute } from '../printable.ts';

/** `3 waves to come, the next 2026-11-24 08:00`, for readers who chose another day or hour. */
export const wavesLine = ({ waves, next }: NonNullable<EditionAnswer['ahead']>): string =>
  `${waves} ${waves === 1 ? 'wave' : 'waves'} to come, the next ${toTheMinute(next)}`;

import { type Shade, shades } from '../../core/content/chart-content.ts';

/**
 * In pixels. One incident is at most one step high, so that a calm month does not look like a bad
 * one.
 */
const highest = 64;
const step = 12;
const least = 3;

export type ShadeCounts = Readonly<Record<Shade, number>>;

const sum = (counts: ShadeCounts) => shades.reduce((all, shade) => all + counts[shade], 0);

/**
 * The heights of the stacked parts of each bar, with the most severe at the bottom. Every incident
 * is visible: no part is lower than three pixels.
 */
export function barHeights(bars: readonly ShadeCounts[]): { shade: Shade; height: number }[][] {
  const unit = Math.min(step, highest / Math.max(1, ...bars.map(sum)));
  return bars.map((counts) =>
    shades
      .toReversed()
      .filter((shade) => counts[shade] > 0)
      .map((shade) => ({ shade, height: Math.max(least, Math.round(counts[shade] * unit)) })),
  );
}

import type { Stat } from '../../core/content/digest-content.ts';

/** A figure and what it means to a line, the figures in one column. */
export function statsText(stats: readonly Stat[]): string {
  const width = Math.max(0, ...stats.map(({ value }) => value.length));
  return stats.map(({ value, label }) => `  ${value.padEnd(width)}  ${label}`).join('\n');
}

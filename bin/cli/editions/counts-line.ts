import type { Counts } from '../../../core/edition/edition.ts';

/** `38 accepted, 2 skipped: snoozed`; the most first. */
export function countsLine(counts: Counts): string {
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  if (told.length === 0) return 'none counted yet';
  return told
    .toSorted(([, a], [, b]) => b - a)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ');
}

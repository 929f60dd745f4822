/**
 * The known word that a misspelt one most likely means. Undefined if none is close: at most a third
 * of its letters, rounded up, may be wrong.
 */
export const nearest = (written: string, known: readonly string[]): string | undefined => nearestOf(written, known)[0];

/** Like `nearest`, but with every known word that is as close as the closest. */
export function nearestOf(written: string, known: readonly string[]): string[] {
  const near = known
    .map((word) => ({ word, distance: editDistance(written.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, distance }) => distance <= Math.ceil(word.length / 3));
  const least = Math.min(...near.map(({ distance }) => distance));
  return near.filter(({ distance }) => distance === least).map(({ word }) => word);
}

/** Whether at most `most` letters are wrong. */
export const isNear = (written: string, word: string, most: number): boolean =>
  editDistance(written.toLowerCase(), word.toLowerCase()) <= most;

/** How many insertions, deletions and replacements turn one word into the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from.slice(0, 64)].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (to[j - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

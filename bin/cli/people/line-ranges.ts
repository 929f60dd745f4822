/** `2–101, 105` from line numbers in any order. After a few ranges it ends with `…`. */
export function lineRanges(lines: readonly number[], most = 5): string {
  const ranges: { first: number; last: number }[] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range && line <= range.last + 1) range.last = line;
    else ranges.push({ first: line, last: line });
  }
  const shown = ranges.slice(0, most).map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`));
  return [...shown, ...(ranges.length > most ? ['…'] : [])].join(', ');
}

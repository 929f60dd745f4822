/** A line that only one of two texts has. `line` counts from 1, in the text that has it. */
export interface ChangedLine {
  readonly kind: 'gone' | 'new';
  readonly line: number;
  readonly text: string;
}

/**
 * Beyond this many comparisons, all lines between the first and the last change count as changed.
 */
const mostCompared = 4_000_000;

/** What was changed from one text to another, in the order of reading. Empty if they are equal. */
export function lineChanges(before: readonly string[], after: readonly string[]): ChangedLine[] {
  let first = 0;
  while (first < before.length && first < after.length && before[first] === after[first]) first += 1;
  let last = 0;
  while (last < Math.min(before.length, after.length) - first && before.at(-1 - last) === after.at(-1 - last)) last += 1;
  const old = before.slice(first, before.length - last);
  const now = after.slice(first, after.length - last);
  const kept = old.length * now.length > mostCompared ? [] : commonLines(old, now);
  const changes: ChangedLine[] = [];
  let [at, to] = [0, 0];
  for (const [oldEnd, nowEnd] of [...kept, [old.length, now.length] as const]) {
    for (; at < oldEnd; at += 1) changes.push({ kind: 'gone', line: first + at + 1, text: old[at] ?? '' });
    for (; to < nowEnd; to += 1) changes.push({ kind: 'new', line: first + to + 1, text: now[to] ?? '' });
    [at, to] = [oldEnd + 1, nowEnd + 1];
  }
  return changes;
}

/** The places of a longest common subsequence. */
function commonLines(old: readonly string[], now: readonly string[]): (readonly [number, number])[] {
  const width = now.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  for (let a = old.length - 1; a >= 0; a -= 1)
    for (let b = now.length - 1; b >= 0; b -= 1)
      longest[a * width + b] =
        old[a] === now[b]
          ? (longest[(a + 1) * width + b + 1] ?? 0) + 1
          : Math.max(longest[(a + 1) * width + b] ?? 0, longest[a * width + b + 1] ?? 0);
  const common: [number, number][] = [];
  let [a, b] = [0, 0];
  while (a < old.length && b < now.length) {
    if (old[a] === now[b]) {
      common.push([a, b]);
      a += 1;
      b += 1;
    } else if ((longest[(a + 1) * width + b] ?? 0) >= (longest[a * width + b + 1] ?? 0)) a += 1;
    else b += 1;
  }
  return common;
}

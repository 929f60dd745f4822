/** Decides which faults hit one call. */
export interface Draw {
  /** True for about this share of all calls, 0 to 1. */
  hits(fault: string, share: number): boolean;
  /** A number from 0 to `count` - 1, all equally likely. */
  pick(fault: string, count: number): number;
}
/** `what` describes the call: the reader and edition of a mail, the key of an item. */
export type Chance = (what: string) => Draw;

/**
 * With a seed, the faults of a call depend on its description and on how many such calls came
 * before, and never on the order in which calls of several workers arrive. So a run can be
 * repeated. Without a seed they are random.
 */
export function chanceOf(seed: number | undefined): Chance {
  if (seed === undefined) return () => drawing(() => Math.random());
  const asked = new Map<string, number>();
  return (what) => {
    const before = asked.get(what) ?? 0;
    asked.set(what, before + 1);
    return drawing((fault) => fraction(`${seed}|${fault}|${what}|${before}`));
  };
}

const drawing = (number: (fault: string) => number): Draw => ({
  hits: (fault, share) => share > 0 && number(fault) < share,
  pick: (fault, count) => Math.floor(number(`which ${fault}`) * count),
});

/**
 * A number from 0 to 1, evenly distributed: FNV-1a over the text, then the final mixing step of
 * MurmurHash3.
 */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

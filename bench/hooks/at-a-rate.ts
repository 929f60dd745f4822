/** Milliseconds from the moment at which each call was due to its answer. */
export interface Rated {
  readonly tookMs: readonly number[];
  readonly statuses: Readonly<Record<number, number>>;
}

/** Calls at a fixed rate, however long the answers take. */
export async function atARate(perSecond: number, seconds: number, call: (n: number) => Promise<number>): Promise<Rated> {
  const tookMs: number[] = [];
  const statuses: Record<number, number> = {};
  const began = performance.now();
  const calls = Array.from({ length: Math.round(perSecond * seconds) }, async (_, n) => {
    const due = began + (n * 1000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const status = await call(n);
    tookMs.push(performance.now() - due);
    statuses[status] = (statuses[status] ?? 0) + 1;
  });
  await Promise.all(calls);
  return { tookMs, statuses };
}

export const quantile = (of: readonly number[], share: number): number =>
  Math.round(of.toSorted((a, b) => a - b)[Math.min(of.length - 1, Math.floor(of.length * share))] ?? 0);

/**
 * Does some work for each of a list, so many at a time, and answers in the list's order. What one
 * throws ends the rest.
 */
export async function fewAtATime<T, R>(list: readonly T[], work: (one: T) => Promise<R>, abreast = 25): Promise<R[]> {
  const done: R[] = [];
  const rest = list.entries();
  const worker = async () => {
    for (const [at, one] of rest) done[at] = await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(abreast, list.length) }, worker));
  return done;
}

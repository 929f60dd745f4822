/**
 * Does some work for each item of a list, `abreast` at a time. Answers in the order of the list. If
 * the work on one item throws, the call rejects with that error; the work on other items goes on in
 * the background.
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

/**
 * Answers what `Promise.all` would, once all of this has ended. If some of it fails, the first
 * error is thrown then, so that nothing goes on in the background.
 */
export async function allDone<T extends readonly unknown[] | []>(work: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

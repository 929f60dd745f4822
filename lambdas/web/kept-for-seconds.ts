/**
 * Keeps what was made for a key for some milliseconds, for everybody who asks meanwhile. What
 * failed is not kept.
 */
export function keptForSeconds<T>(keptMs: number, now: () => Date): (key: string, make: () => Promise<T>) => Promise<T> {
  let begun = Number.NEGATIVE_INFINITY;
  let made = new Map<string, Promise<T>>();
  return (key, make) => {
    const at = now().getTime();
    // A clock that was set back begins anew as well.
    if (at - begun >= keptMs || at < begun) [begun, made] = [at, new Map()];
    const here = made;
    const known = here.get(key);
    if (known !== undefined) return known;
    const fresh = make();
    here.set(key, fresh);
    fresh.catch(() => here.delete(key));
    return fresh;
  };
}

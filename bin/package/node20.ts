/**
 * What the command line uses and Node 20 does not have yet. Type-checked by `npm run types`: with
 * `bin/package/tsconfig.json` nothing else of a later Node compiles.
 */
Map.groupBy ??= <K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

Set.prototype.symmetricDifference ??= function <T, U>(this: Set<T>, other: ReadonlySetLike<U>): Set<T | U> {
  const either = new Set<T | U>(this);
  const others = other.keys();
  for (let next = others.next(); !next.done; next = others.next()) {
    if (this.has(next.value as unknown as T)) either.delete(next.value);
    else either.add(next.value);
  }
  return either;
};

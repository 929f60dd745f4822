/** What `node20.ts` brings, for the compiler with the library of Node 20. */
interface MapConstructor {
  groupBy<K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]>;
}
interface ReadonlySet<T> {
  symmetricDifference<U>(other: ReadonlySet<U>): Set<T | U>;
}
interface Set<T> {
  symmetricDifference<U>(other: ReadonlySet<U>): Set<T | U>;
}

/**
 * A value that is made when it is first asked for, and kept: for tables and patterns that a
 * function carries and seldom needs. If `make` throws, the next call makes it again.
 */
export function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

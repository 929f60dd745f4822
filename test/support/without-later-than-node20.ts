/**
 * Takes away what Node 20 does not have of the language: a program that is started with it as
 * `--import` runs on a later Node as it would on that one.
 */
const later: readonly (readonly [object, readonly string[]])[] = [
  [Map, ['groupBy']],
  [Object, ['groupBy']],
  [Promise, ['withResolvers', 'try']],
  [Array, ['fromAsync']],
  [RegExp, ['escape']],
  [Error, ['isError']],
  [Set.prototype, ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom']],
  [
    Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())),
    ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find'],
  ],
  [globalThis, ['Iterator', 'Float16Array']],
];
for (const [owner, names] of later) for (const name of names) Reflect.deleteProperty(owner, name);

export type TermKind = 'technology' | 'failure mode';

/**
 * A sequence of words, as people write it: `cert|certificat* …6 expir*`. `*` ends the beginning of
 * a word, `|` stands between words that mean the same here, `…6` allows six words between, `=Go` is
 * a word in just this case. docs/taxonomy.md
 */
export type Pattern = string;

/**
 * How telling a term is by itself: 1 occurs in many postmortems, 3 says what kind of failure it
 * was.
 */
export type Weight = 1 | 2 | 3;

/** A technology or a failure mode, and the words that show it in a text. */
export interface Term {
  /** Lower case, digits and hyphens. It is stored, so it never changes. */
  readonly id: string;
  /** For readers: `PostgreSQL`, `an expired certificate`. */
  readonly label: string;
  readonly kind: TermKind;
  /** One of these sequences is enough. */
  readonly says: readonly Pattern[];
  /**
   * Sequences that have the same words and mean something else. What stands inside them does not
   * count.
   */
  readonly instead?: readonly Pattern[] | undefined;
  /** Single names by which authors tag it, beside its id and its label. */
  readonly tags?: readonly string[] | undefined;
  /** Of a failure mode: ids of the technologies that it belongs with. Absent: with any. */
  readonly with?: readonly string[] | undefined;
  readonly weight: Weight;
}

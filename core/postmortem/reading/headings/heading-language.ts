/**
 * What a heading can stand for. The names that `headings:` of distribution.yaml may extend are
 * those that an author would look for, as in the JSON form of a postmortem.
 */
export const headingFields = [
  'summary',
  'whatHappened',
  'customerImpact',
  'timeline',
  'rootCauses',
  'investigation',
  'trigger',
  'contributingFactors',
  'fiveWhys',
  'detection',
  'response',
  'resolution',
  'actionItems',
  'lessons',
  'wentWell',
  'wentWrong',
  'gotLucky',
  'external',
  'externalTitle',
  'externalChange',
  'externalProducts',
  'externalWrittenBy',
  'internal',
  'say',
  'doNotSay',
  'workaround',
  'doing',
  'links',
  'recurrence',
  'otherImpact',
  'aside',
  'text',
  'facts',
  'startedAt',
  'resolvedAt',
  'status',
  'severity',
  'authors',
  'services',
] as const;
export type HeadingField = (typeof headingFields)[number];

export interface HeadingRow {
  readonly field: HeadingField;
  readonly names: readonly string[];
  /**
   * What the names mean above plain sentences, where another heading has the entries: "Measures"
   * beside "Prevention" tells what was done.
   */
  readonly otherwise?: HeadingField;
}

/** The headings of one language. */
export interface HeadingLanguage {
  readonly rows: readonly HeadingRow[];
  /**
   * Words that say nothing before or after a name, as in "Timeline of the outage": patterns over
   * letters and digits alone, in lower case and without accents.
   */
  readonly before?: string;
  readonly after?: string;
}

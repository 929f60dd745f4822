import type { Postmortem } from './postmortem.ts';

/** What a producer sent, read and understood. */
export interface ReadPostmortem {
  /** Complete but for what only intake knows: `publishedAt` where the author gave none. */
  readonly postmortem: Postmortem;
  /** Canonical names of the sections that were recognised, in document order: summary, impact, timeline, cause … */
  readonly sections: readonly string[];
  /** Sentences for the author: what was guessed, unknown or left out. Few and useful. */
  readonly warnings: readonly string[];
}

/** Severity names that the organisation uses, lower case, to ours: `{ 'sev-1': 'sev1', critical: 'sev1' }`. */
export type SeverityAliases = Readonly<Record<string, Postmortem['severity']>>;

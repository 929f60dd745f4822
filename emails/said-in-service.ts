import type { grouped, StoredFinding } from '../core/runbook/finding.ts';

/**
 * The words of a service mail. They contain nobody's name or address, because the stored mail
 * outlives the person it is about.
 */
export interface ServiceWords {
  readonly subject: string;
  readonly preheader: string;
  readonly heading: string;
  readonly said: readonly string[];
  readonly button: string;
  /** What was found, in groups. */
  readonly found?: ReturnType<typeof grouped<StoredFinding>>;
  /** Under the button: what happens if nobody presses it. */
  readonly after: string;
  /** In the footer: why this mail came. */
  readonly why: string;
  /**
   * Whether the footer links to the reader's settings. It does not for people we do not know yet.
   */
  readonly offersChoices: boolean;
}

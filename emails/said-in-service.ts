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
  readonly found?: readonly { readonly heading: string; readonly findings: readonly Found[] }[];
  /** Under the button: what happens if nobody presses it. */
  readonly after: string;
  /** In the footer: why this mail came. */
  readonly why: string;
  /**
   * Whether the footer links to the reader's settings. It does not for people we do not know yet.
   */
  readonly offersChoices: boolean;
}

export interface Found {
  /** What stands before it, as a word or two: `now`, `since 24 November`. */
  readonly mark: string;
  readonly what: string;
  /** A clause. */
  readonly why: string;
  /** Whole sentences, or a command at the end. */
  readonly remedy: string;
}

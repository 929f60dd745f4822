/**
 * The base of every error that this project throws on purpose. `name` is a literal, because class
 * names do not survive minifying.
 */
export abstract class AfterwordError extends Error {
  abstract override readonly name: string;
}

/** The message names an edition that is not in the table. It is parked and never retried. */
export class UnknownEdition extends AfterwordError {
  override readonly name = 'UnknownEdition';
  readonly editionId: string;
  constructor(editionId: string) {
    super(`no edition ${editionId}`);
    this.editionId = editionId;
  }
}

/** One thing wrong with what somebody sent us: where it is, what it is and how to fix it. */
export interface Flaw {
  /**
   * Dotted path of the field as the sender wrote it, such as `actionItems.2.due`. Empty for the
   * whole document.
   */
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
  /** 1-based position in the text that was sent, if it has one. */
  readonly line?: number;
  readonly column?: number;
}

/** What was sent cannot be accepted as it is. Nothing was stored or sent. */
export class Refused extends AfterwordError {
  override readonly name = 'Refused';
  readonly flaws: readonly Flaw[];
  /** 'unreadable': not the format it claims to be. 'content': readable, but not acceptable. */
  readonly kind: 'unreadable' | 'content';
  /**
   * What did not happen, as a sentence: `No mail was sent.` Absent if the request was to change or
   * to read something.
   */
  readonly consequence: string | undefined;
  constructor(kind: 'unreadable' | 'content', flaws: readonly Flaw[], consequence?: string) {
    super(flaws.map((flaw) => `${flaw.field || 'document'}: ${flaw.problem}`).join('; '));
    this.kind = kind;
    this.flaws = flaws;
    this.consequence = consequence;
  }
}

import type { TruthLine } from '../../../local/ses/mailbox.ts';
import type { EditionFacts } from './ledger.ts';

/** When a chunk's wait for its places was over, and who was in it. */
export interface Wait {
  readonly at: number;
  readonly edition: string;
  readonly people: readonly string[];
}
/**
 * From this answer on nobody may get a mail: who, and the instant at which the caller had the
 * answer (milliseconds since 1970).
 */
export interface Exclusion {
  readonly subscriber: string;
  readonly answeredAt: number;
}

/** Everything that is compared: what the ledger says and what came about. */
export interface History {
  readonly editions: readonly EditionFacts[];
  /** Editions that somebody was told would be sent. */
  readonly promised: readonly string[];
  /** The mail server's own log, oldest first. */
  readonly accepted: readonly TruthLine[];
  readonly waits: readonly Wait[];
  readonly exclusions: readonly Exclusion[];
  readonly maxSendRate: number;
  /** Calls that the server had to throttle; those of an injected fault do not count. */
  readonly overRate: number;
}

export interface Violation {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6';
  readonly edition?: string;
  readonly subscriber?: string;
  readonly what: string;
}

export const deliveryOf = ({ edition, subscriber }: Pick<TruthLine, 'edition' | 'subscriber'>) => `${edition} ${subscriber}`;

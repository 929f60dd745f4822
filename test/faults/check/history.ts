import type { TruthLine } from '../../../local/ses/mailbox.ts';
import type { EditionFacts } from './ledger.ts';

/** The end of a chunk's wait for its places, and the people in it. */
export interface Wait {
  readonly at: number;
  readonly edition: string;
  readonly people: readonly string[];
}
/**
 * A subscriber who may get no mail after this answer, and the instant at which the caller had the
 * answer (milliseconds since 1970).
 */
export interface Exclusion {
  readonly subscriber: string;
  readonly answeredAt: number;
}

/** Everything that is compared: what the ledger says, and what happened. */
export interface History {
  readonly editions: readonly EditionFacts[];
  /** Editions that a caller was promised. */
  readonly promised: readonly string[];
  /** The mail server's own log, oldest first. */
  readonly accepted: readonly TruthLine[];
  readonly waits: readonly Wait[];
  readonly exclusions: readonly Exclusion[];
  readonly maxSendRate: number;
  /** Calls that the server throttled because of their rate. Injected faults do not count. */
  readonly overRate: number;
}

export interface Violation {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6';
  readonly edition?: string;
  readonly subscriber?: string;
  readonly what: string;
}

export const deliveryOf = ({ edition, subscriber }: Pick<TruthLine, 'edition' | 'subscriber'>) => `${edition} ${subscriber}`;

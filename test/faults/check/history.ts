import type { TruthLine } from '../../../local/ses/mailbox.ts';
import type { EditionFacts } from './ledger.ts';

/** The end of a chunk's wait for its places, and the people in it. */
export interface Wait {
  readonly at: number;
  readonly edition: string;
  readonly people: readonly string[];
}
/** The beginning of a call to the mail server. */
export interface Call {
  readonly at: number;
  readonly edition: string;
  readonly subscriber: string;
  readonly attempt: number;
}
/** An incident that was revised, and its last revision. */
export interface Incident {
  readonly stream: string;
  readonly id: string;
  readonly revision: number;
}
/** An update that was paused, until the last one about its incident was resumed. */
export interface Pause {
  readonly edition: string;
  readonly resumedAt: number;
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
  /** In the order in which they began. */
  readonly calls: readonly Call[];
  readonly incidents: readonly Incident[];
  readonly pauses: readonly Pause[];
  readonly exclusions: readonly Exclusion[];
  readonly maxSendRate: number;
  /** Calls that the server throttled because of their rate. Injected faults do not count. */
  readonly overRate: number;
}

export interface Violation {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'U1' | 'U2' | 'U6' | 'R1';
  readonly edition?: string;
  readonly subscriber?: string;
  readonly what: string;
}

export const deliveryOf = ({ edition, subscriber }: Pick<TruthLine, 'edition' | 'subscriber'>) => `${edition} ${subscriber}`;

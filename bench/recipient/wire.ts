import type { UsageLine } from '../../local/usage/ledger.ts';

/** What the measured process and the one with its outside world know of each other. */
export const laneQueue = 'bulk';
export const tokenKeys = {
  arn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:keys',
  value: { kid: 'k1', key: 'a key of the benchmark, long enough to sign with' },
};

export const tableName = 'bench';

/**
 * `message`: the body of a message that the lane's queue handed out. `accepted`: how many mails the
 * server has taken so far, and the units that the table's callers used; the answer to any message.
 */
export type FromOutside =
  | { readonly kind: 'ready'; readonly ses: string; readonly sqs: string; readonly secrets: string; readonly dynamodb: string }
  | { readonly kind: 'message'; readonly body: string }
  | { readonly kind: 'accepted'; readonly mails: number; readonly units: Units };

export interface Units {
  readonly read: number;
  readonly write: number;
  readonly operations: readonly Pick<UsageLine, 'operation' | 'calls' | 'readUnits' | 'writeUnits'>[];
}

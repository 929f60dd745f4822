/**
 * One thing that a call wants to do, as IAM looks at it. A call may hold several, and needs all of
 * them.
 */
export interface AuthorizationRequest {
  /** `dynamodb:GetItem` */
  readonly action: string;
  /** An ARN, or `*` for what knows no resource. */
  readonly resource: string;
  readonly context?: Context;
}

/**
 * The condition keys that the local stack can answer. A policy that asks for another is an error at
 * the start.
 */
export const multivalued = ['dynamodb:leadingkeys', 'ses:recipients'] as const;
export const single = ['ses:fromaddress'] as const;
export type ConditionKey = (typeof multivalued)[number] | (typeof single)[number];

/**
 * What IAM knows of the call beside action and resource. A key without an entry is missing, as
 * `Null` understands it.
 */
export type Context = Readonly<Partial<Record<ConditionKey, readonly string[]>>>;

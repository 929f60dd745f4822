/**
 * One action that a call wants to take, as IAM sees it. A call may need several, and then needs all
 * of them allowed.
 */
export interface AuthorizationRequest {
  /** `dynamodb:GetItem` */
  readonly action: string;
  /** An ARN, or `*` for an action without a resource. */
  readonly resource: string;
  readonly context?: Context;
}

/**
 * The condition keys that the local stack can answer. A policy with any other key is an error at
 * the start.
 */
export const multivalued = ['dynamodb:leadingkeys', 'ses:recipients'] as const;
export const single = ['ses:fromaddress'] as const;
export type ConditionKey = (typeof multivalued)[number] | (typeof single)[number];

/**
 * What IAM knows of the call besides action and resource. A key without an entry is missing, in the
 * sense of `Null`.
 */
export type Context = Readonly<Partial<Record<ConditionKey, readonly string[]>>>;

import * as z from 'zod';

/** What the local stack sends to the process of a function. */
export type ToInstance = {
  readonly kind: 'invoke';
  readonly id: string;
  readonly event: unknown;
  readonly timeoutMs: number;
  /** How far the function's clock is ahead of real time. */
  readonly clockOffsetMs: number;
  /** `_X_AMZN_TRACE_ID`: the chain that the invocation belongs to. */
  readonly trace?: string | undefined;
};

const Thrown = z.object({ name: z.string(), message: z.string(), stack: z.string().optional() });
export type Thrown = z.infer<typeof Thrown>;

/**
 * What the process of a function answers. `answered` without a value: the handler returned nothing.
 */
export const FromInstance = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('unusable'), error: Thrown }),
  z.object({ kind: z.literal('answered'), id: z.string(), value: z.unknown().optional() }),
  z.object({ kind: z.literal('threw'), id: z.string(), error: Thrown }),
]);
export type FromInstance = z.infer<typeof FromInstance>;

/** How an invocation ended. `killed`: its process ended before it did. */
export type Invocation =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: Thrown }
  | { readonly kind: 'timed out' }
  | { readonly kind: 'killed' };

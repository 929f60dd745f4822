import * as z from 'zod';

/** What the thread of the provider is told at first. */
export const ProviderData = z.object({
  clientSecret: z.string(),
  accounts: z.array(z.object({ address: z.string(), name: z.string(), what: z.string() })),
});

/** `clock`: how far the functions' clock is ahead, asked before each answer. */
export const FromProvider = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('listening'), port: z.int() }),
  z.object({ kind: z.literal('clock') }),
]);
export type FromProvider = z.infer<typeof FromProvider>;

/** `open`: the stack is there, and people come back to this address. */
export const ToProvider = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), redirectUri: z.url() }),
  z.object({ kind: z.literal('clock'), offsetMs: z.number() }),
]);
export type ToProvider = z.infer<typeof ToProvider>;

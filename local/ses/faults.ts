import * as z from 'zod';

/** AWS's rate for a small account out of the sandbox. */
export const usualSendRate = 14;

const share = z.number().min(0).max(1).default(0);
const SesFaults = z.strictObject({
  /** Share of calls that are throttled although the rate is kept. */
  throttle: share,
  timeoutAfterAccept: share,
  timeoutBeforeAccept: share,
  error500: share,
  /** Addresses that are refused for good. */
  reject: z.array(z.string()).default([]),
  /** The account may not send. */
  paused: z.boolean().default(false),
  dropEvents: share,
  duplicateEvents: share,
  maxSendRate: z.number().positive().max(100_000).default(usualSendRate),
});
export type SesFaults = z.infer<typeof SesFaults>;

/** The body of PUT /_local/faults. What is not named is without fault. */
export const Faults = z.strictObject({ ses: SesFaults.prefault({}) });

export const noFaults: SesFaults = SesFaults.parse({});

const notYet = ['timeoutAfterAccept', 'timeoutBeforeAccept', 'error500', 'dropEvents', 'duplicateEvents'] as const;

/** Names of faults that are asked for and that this version cannot inject. */
export const missingFaults = (faults: SesFaults): string[] => notYet.filter((name) => faults[name] > 0);

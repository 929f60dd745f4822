import { hourMs, minuteMs } from '../shared/duration.ts';

/** How long changes settle before they are told. The same on every stage but a laptop. */
export interface Pace {
  /** How long after the first mail the next one may leave. Doubles with each mail. */
  readonly windowMs: number;
  /** How long a change settles, in case another one follows. */
  readonly settlingMs: number;
}

/** So many times the settling is the longest that a change waits for others. */
const patience = { ordinary: 5, urgent: 2 } as const;
/** The longest window: one hour where the first is two minutes. */
const widest = hourMs / (2 * minuteMs);

/** How long after mail `n` the next one may leave: 2, 4, 8 and so on to 60 minutes. */
export const windowAfter = (n: number, { windowMs }: Pace): number => windowMs * Math.min(2 ** (n - 1), widest);

/** When an ordinary update leaves. `since`: when the first change that is not told came. */
export const ordinaryDue = (
  {
    last,
    since,
    changedAt,
  }: { readonly last: { readonly n: number; readonly at: number }; readonly since: number; readonly changedAt: number },
  pace: Pace,
): number => Math.max(last.at + windowAfter(last.n, pace), settled(since, changedAt, patience.ordinary, pace));

/** When an account that may not stand as it was told is withdrawn, lowered or reinstated. */
export const urgentDue = ({ since, changedAt }: { readonly since: number; readonly changedAt: number }, pace: Pace): number =>
  settled(since, changedAt, patience.urgent, pace);

const settled = (since: number, changedAt: number, times: number, { settlingMs }: Pace): number =>
  Math.min(changedAt + settlingMs, since + times * settlingMs);

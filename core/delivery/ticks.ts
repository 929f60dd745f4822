/**
 * Milliseconds. Mails whose places lie so near to each other leave together: a process that wakes
 * for each mail costs more. It must stay below what the pace leaves free of a second (`share` in
 * `send-rate.ts`), so that in no second more mails leave than SES allows (docs/adr/090-ticks.md).
 */
const tickMs = 50;

/** Mails that leave together. */
export interface Tick<Mail> {
  /** Milliseconds from the first place of the chunk to the last place of this tick. */
  readonly after: number;
  readonly mails: readonly Mail[];
}

/**
 * Parts the mails of a chunk, one for each place, into ticks of about the same size. A tick leaves
 * at the place of its last mail, so that no mail leaves before its place and the last mail of the
 * chunk leaves at its own. Where places lie further apart than half a tick, each mail is a tick.
 * `interval`: milliseconds between two places.
 */
export function ticksOf<Mail>(mails: readonly Mail[], interval: number): Tick<Mail>[] {
  const most = Math.max(1, Math.floor(tickMs / interval));
  const size = Math.ceil(mails.length / Math.ceil(mails.length / most));
  const ticks: Tick<Mail>[] = [];
  for (let first = 0; first < mails.length; first += size) {
    const some = mails.slice(first, first + size);
    ticks.push({ after: (first + some.length - 1) * interval, mails: some });
  }
  return ticks;
}

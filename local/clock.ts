/**
 * The clock of the functions and the scheduler. It can be moved, but only forward. Queue timers
 * keep real time.
 */
export interface MovableClock {
  now(): Date;
  /** Its difference to real time. Positive: ahead; negative: behind. */
  offsetMs(): number;
  advance(ms: number): void;
}

/** `startsAt`: the time that it shows now. @default the machine's time */
export function movableClock(startsAt?: Date): MovableClock {
  let offset = startsAt === undefined ? 0 : startsAt.getTime() - Date.now();
  return {
    now: () => new Date(Date.now() + offset),
    offsetMs: () => offset,
    advance: (ms) => {
      offset += ms;
    },
  };
}

const units = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1000 } as const;
const pattern = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds: `P8D`, `PT90M`.
 * Undefined for anything else.
 */
export function durationMs(text: string): number | undefined {
  const found = pattern.exec(text);
  if (found === null || text.endsWith('T') || text === 'P') return undefined;
  const [w, d, h, m, s] = found.slice(1).map((digits) => Number(digits ?? 0));
  return (w ?? 0) * units.W + (d ?? 0) * units.D + (h ?? 0) * units.H + (m ?? 0) * units.M + (s ?? 0) * units.S;
}

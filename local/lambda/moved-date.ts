const RealDate = Date;
let offsetMs = 0;
const now = () => RealDate.now() + offsetMs;

/**
 * Reads the moved clock where Date would read the real one. A Date made from a given value is
 * unchanged.
 */
const MovedDate = new Proxy(RealDate, {
  construct: (target, given, newTarget): object => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});

/**
 * From now on `Date` in this process is this far ahead of real time. Timers and `performance` keep
 * real time.
 */
export function moveClock(ms: number): void {
  offsetMs = ms;
  globalThis.Date = MovedDate;
}

/** Variables of libfaketime, which gives a process another clock than the machine's. */
const names = ['LD_PRELOAD', 'FAKETIME', 'FAKETIME_DONT_FAKE_MONOTONIC', 'NO_FAKE_STAT'];

/** What gives another process the clock that this one has: nothing where that is the machine's. */
export const otherClock = (environment: NodeJS.ProcessEnv = process.env): Record<string, string> =>
  environment.FAKETIME === undefined ? {} : Object.fromEntries(names.map((name) => [name, environment[name] ?? '']));

/** The environment of a process that is to have the machine's clock all the same. */
export const machinesClock = (environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv =>
  environment.FAKETIME === undefined
    ? environment
    : Object.fromEntries(Object.entries(environment).filter(([name]) => !names.includes(name)));

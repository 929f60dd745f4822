/** Variables of libfaketime, which gives a process a clock other than the machine's. */
const names = ['LD_PRELOAD', 'FAKETIME', 'FAKETIME_DONT_FAKE_MONOTONIC', 'NO_FAKE_STAT'];

/**
 * The variables that give another process this process's clock. Empty if that is the machine's
 * clock.
 */
export const otherClock = (environment: NodeJS.ProcessEnv = process.env): Record<string, string> =>
  environment.FAKETIME === undefined ? {} : Object.fromEntries(names.map((name) => [name, environment[name] ?? '']));

/** The environment of a process that must have the machine's clock in any case. */
export const machinesClock = (environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv =>
  environment.FAKETIME === undefined
    ? environment
    : Object.fromEntries(Object.entries(environment).filter(([name]) => !names.includes(name)));

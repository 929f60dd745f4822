/** Milliseconds of processor time that a run takes, of this thread alone. */
function processorTime(run: () => unknown): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/**
 * Whether it takes more milliseconds of the processor than this, each of three times: once may be a
 * collection of garbage.
 */
export const takesLongerThan = (ms: number, run: () => unknown): boolean => [1, 2, 3].every(() => processorTime(run) > ms);

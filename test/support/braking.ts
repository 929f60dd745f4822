import type { TestStack } from './running-stack.ts';
import { waitedFor } from './waited-for.ts';

interface Depth {
  readonly visible: number;
  readonly delayed: number;
}

/** What tests do while an edition is under way on a stack. */
export function braking(stack: () => TestStack) {
  const get = async (path: string) => (await stack().call('GET', path)).body;
  /**
   * Nobody is at work and nothing is to be taken up; what a dead worker had in its hands may still
   * be hidden.
   */
  const isQuiet = async () => {
    const queues: Depth[] = await get('/_local/queues');
    const functions: { running: number }[] = await get('/_local/functions');
    return queues.every(({ visible, delayed }) => visible + delayed === 0) && functions.every(({ running }) => running === 0);
  };
  return {
    faults: (ses: object) => stack().call('PUT', '/_local/faults', { ses }),
    sweep: () => stack().call('POST', '/_local/schedules/sweep/run', { at: stack().now().toISOString() }),
    editionOf: (id: string) => get(`/operator/editions/${id}`),
    act: async (path: string, body?: unknown) => (await stack().call('POST', `/operator/${path}`, body)).body,
    importReaders: (readers: number, role = 'engineering') =>
      stack().importPeople(Array.from({ length: readers }, (_, n) => ({ address: `reader-${n}@example.com`, team: 'Storefront', role }))),
    /**
     * What waits for a minute, a lease or evidence is due, and `sweep` has looked for it. Moved in
     * the middle of work, the clock would end leases.
     */
    aMinuteLater: async () => {
      let looks = 0;
      const isQuietAgain = async () => {
        looks = (await isQuiet()) ? looks + 1 : 0;
        return looks;
      };
      await waitedFor('a stack that is quiet three times in a row', isQuietAgain, (quiet) => quiet === 3);
      await stack().call('POST', '/_local/clock', { advance: 'PT1M' });
    },
    until: (what: string, isSo: () => Promise<boolean>) => waitedFor(what, isSo, Boolean, { everyMs: 200 }),
  };
}

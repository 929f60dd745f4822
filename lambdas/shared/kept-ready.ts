/**
 * Wraps the handler of a function that is kept ready. Every few minutes its schedule calls it with
 * `{"keepReady":true}`, so that Lambda keeps a container of it: see docs/adr/092. Such a call does
 * nothing.
 */
export const keptReady =
  <Event, Rest extends readonly unknown[], Answer>(handler: (event: Event, ...rest: Rest) => Promise<Answer>) =>
  async (event: Event, ...rest: Rest): Promise<Answer | undefined> =>
    isCallToKeepReady(event) ? undefined : handler(event, ...rest);

const isCallToKeepReady = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'keepReady' in event && event.keepReady === true;

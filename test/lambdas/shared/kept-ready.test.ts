import { expect, it } from 'vitest';
import { keptReady } from '../../../lambdas/shared/kept-ready.ts';

const handler = keptReady(async (event: unknown) => ({ event }));

it('does nothing for a call that keeps it ready', async () => {
  expect(await handler({ keepReady: true })).toBeUndefined();
});

it.each([{ Records: [] }, { rawPath: '/postmortems', body: '{"keepReady":true}' }, { keepReady: 'true' }, null])(
  'handles %j',
  async (event) => {
    expect(await handler(event)).toEqual({ event });
  },
);

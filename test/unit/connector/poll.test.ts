import { expect, it } from 'vitest';
import { type PollDeps, poll } from '../../../core/connector/poll.ts';
import type { PollProgress } from '../../../core/connector/poll-progress.ts';
import type { Answer, ChangedPage } from '../../../core/connector/ports.ts';

/** A vendor whose list has as many pages, and what a poll of it at noon does. */
function aPolledWorld({
  pages = 1,
  reached = '2026-11-20T11:00:00Z' as string,
  held = [] as string[],
  answer = undefined as ((page: number) => Answer<ChangedPage> | undefined) | undefined,
} = {}) {
  const world = {
    kept: undefined as PollProgress | undefined,
    reached: reached === 'never' ? undefined : reached,
    asked: [] as string[],
    since: new Set<string>(),
  };
  const deps: PollDeps = {
    vendor: {
      async changedSince(since, page = '1') {
        world.since.add(since);
        const n = Number(page);
        return answer?.(n) ?? { kind: 'found', value: { refs: [`r${n}`], ...(n < pages && { next: String(n + 1) }) } };
      },
    },
    watermarks: {
      read: async () => world.reached,
      async advance(_, to) {
        world.reached = to;
      },
      kept: async () => world.kept,
      async keep(_, progress) {
        world.kept = progress;
      },
    },
    held: async () => held,
    async noteLinks(since) {
      expect(world.reached).not.toBe('2026-11-20T12:00:00Z');
      world.since.add(since);
    },
    ask: async (_, refs) => void world.asked.push(...refs),
    askOnce: async (refs) => void world.asked.push(...refs),
    now: () => new Date('2026-11-20T12:00:00Z'),
  };
  return Object.assign(world, { poll: (goneOn?: PollProgress) => poll('rootly', deps, goneOn) });
}
const busy = () => ({ kind: 'later', seconds: 60 }) as const;

it.each([
  ['soon, of a vendor that answered lately', '2026-11-20T11:00:00Z', { again: 60, isLong: false }],
  ['by the next hourly poll, of one that is away', '2026-11-20T09:59:59Z', { isLong: false }],
  ['by the next hourly poll, of one that is away for long, and says so', '2026-11-18T11:59:59Z', { isLong: true }],
  ['by the next hourly poll, of one that never answered', 'never', { isLong: false }],
])('polls again %s', async (_, reached, polled) => {
  expect(await aPolledWorld({ reached, answer: busy }).poll()).toEqual({ outcome: 'later', goOn: expect.anything(), ...polled });
});

it('rings for a vendor that was silent for two days only in an hour in which not a page of its list came', async () => {
  let open = 2;
  const world = aPolledWorld({ pages: 9, reached: '2026-11-18T08:00:00Z', answer: (page) => (page > open ? busy() : undefined) });
  expect(await world.poll()).toMatchObject({ outcome: 'later', isLong: false });
  expect(await world.poll()).toMatchObject({ outcome: 'later', isLong: true });
  open = 3;
  expect(await world.poll()).toMatchObject({ outcome: 'later', isLong: false });
});

it('asks about all that changed since an hour before the last poll, and all that is held', async () => {
  const world = aPolledWorld({ held: ['h1', 'r1', 'unreadable-ab'] });
  expect(await world.poll()).toEqual({ outcome: 'asked', incidents: 2 });
  expect(world).toMatchObject({ asked: ['r1', 'h1'], reached: '2026-11-20T12:00:00Z', since: new Set(['2026-11-20T10:00:00Z']) });
});

it.each([
  ['is away', { answer: busy }],
  ['does not let it in', { answer: () => ({ kind: 'refused', status: 403 }) as const }],
  ['has a long list', { pages: 10 }],
])('asks about all that is held while a vendor %s, because an operator may have hidden it', async (_, vendor) => {
  const world = aPolledWorld({ held: ['h1', 'unreadable-ab'], ...vendor });
  const polled = await world.poll();
  expect(world.asked.filter((ref) => !ref.startsWith('r'))).toEqual(['h1']);
  // What goes on after a minute does not ask again.
  if ('goOn' in polled) await world.poll(polled.goOn);
  expect(world.asked.filter((ref) => !ref.startsWith('r'))).toEqual(['h1']);
});

it('goes on with the pages that one message does not read, and moves the watermark after the last', async () => {
  const world = aPolledWorld({ pages: 10 });
  let goneOn: PollProgress | undefined;
  for (const [n, outcome] of ['more', 'more', 'asked'].entries()) {
    expect(world.reached).toBe('2026-11-20T11:00:00Z');
    const polled = await world.poll(goneOn);
    expect([n, polled.outcome]).toEqual([n, outcome]);
    goneOn = 'goOn' in polled ? polled.goOn : undefined;
  }
  expect(world.asked).toEqual(Array.from({ length: 10 }, (_, n) => `r${n + 1}`));
  expect(world).toMatchObject({ reached: '2026-11-20T12:00:00Z', since: new Set(['2026-11-20T10:00:00Z']) });
});

it('goes on where the vendor became busy', async () => {
  const world = aPolledWorld({ pages: 3, answer: (page) => (page === 3 ? busy() : undefined) });
  expect(await world.poll()).toMatchObject({ outcome: 'later', again: 60, goOn: { page: '3', read: 2 } });
  expect(world).toMatchObject({ asked: ['r1', 'r2'], reached: '2026-11-20T11:00:00Z' });
});

it('says so where the pages lead round in a circle, and leaves the watermark', async () => {
  const world = aPolledWorld({ pages: 10_000 });
  const goneOn = { since: '2026-11-20T10:00:00Z', began: '2026-11-20T12:00:00Z', page: '997', read: 996 };
  expect(await world.poll(goneOn)).toEqual({ outcome: 'endless', pages: 1000 });
  expect(world.reached).toBe('2026-11-20T11:00:00Z');
});

it('leaves the watermark where a vendor does not let it in', async () => {
  const world = aPolledWorld({ answer: () => ({ kind: 'refused', status: 403 }) });
  expect(await world.poll()).toEqual({ outcome: 'refused', status: 403 });
  expect(world.reached).toBe('2026-11-20T11:00:00Z');
});

it('loses nothing of the time until its first poll succeeds', async () => {
  const world = aPolledWorld({ reached: 'never', answer: busy });
  await world.poll();
  expect(world.reached).toBe('2026-11-20T12:00:00Z');
});

it('goes on in the next hour from where the vendor stopped a long poll, and forgets that after the last page', async () => {
  let calls = 0;
  // It answers one call of each hour.
  const world = aPolledWorld({ pages: 5, reached: '2026-11-20T08:00:00Z', answer: () => (calls++ % 2 === 0 ? undefined : busy()) });
  for (let hour = 1; hour < 5; hour += 1) {
    expect(await world.poll()).toMatchObject({ outcome: 'later', goOn: { page: String(hour + 1) } });
    expect([world.kept?.page, world.reached]).toEqual([String(hour + 1), '2026-11-20T08:00:00Z']);
  }
  expect(await world.poll()).toMatchObject({ outcome: 'asked' });
  expect(world).toMatchObject({ asked: ['r1', 'r2', 'r3', 'r4', 'r5'], kept: undefined, reached: '2026-11-20T12:00:00Z' });
});

const stopped = { since: '2026-11-20T08:00:00Z', began: '2026-11-20T10:00:00Z', page: '7', read: 6 };
it('begins again where a later poll came to its end', async () => {
  const world = aPolledWorld({ pages: 3, reached: '2026-11-20T11:00:00Z' });
  world.kept = stopped;
  await world.poll();
  expect(world).toMatchObject({ asked: ['r1', 'r2', 'r3'], kept: undefined });
});

it('begins again where the vendor knows the page no more at which it stopped', async () => {
  const answer = (page: number) => (page === 7 ? ({ kind: 'refused', status: 400 } as const) : undefined);
  const world = aPolledWorld({ pages: 3, reached: '2026-11-20T09:00:00Z', answer });
  world.kept = stopped;
  expect(await world.poll()).toEqual({ outcome: 'refused', status: 400 });
  expect(await world.poll()).toMatchObject({ outcome: 'asked' });
  expect(world).toMatchObject({ asked: ['r1', 'r2', 'r3'], kept: undefined });
});

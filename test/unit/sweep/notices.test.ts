import { describe, expect, it } from 'vitest';
import type { ListedExternal } from '../../../core/notice/listed-external.ts';
import { askForNotices } from '../../../core/sweep/ask-for-notices.ts';
import { waitingNotices } from '../../../core/sweep/waiting-notices.ts';

const now = () => new Date('2026-11-23T10:00:00Z');
const listed = (postmortem: string, change: Partial<ListedExternal> = {}): ListedExternal => ({ postmortem, ...change });

describe('notices of which something is due', () => {
  /** A sweep with time for so many. */
  function aSweep(due: () => Promise<ListedExternal[]>, { time = Number.POSITIVE_INFINITY, broken = '' } = {}) {
    const [asked, failed, wanted]: [string[], string[], unknown[]] = [[], [], []];
    let left = time;
    const run = () =>
      askForNotices({
        notices: {
          due: async (at, limit) => {
            wanted.push([at.toISOString(), limit]);
            return due();
          },
          ask: async (postmortem) => {
            if (postmortem === broken) throw new Error('throttled');
            asked.push(postmortem);
          },
        },
        hasTime: () => left-- > 0,
        now,
        failed: (what) => void failed.push(String(what)),
      });
    return { run, asked, failed, wanted };
  }
  const three = async () => ['a', 'b', 'c'].map((id) => listed(id));

  it('are asked for in their order, and a bounded number of them', async () => {
    const sweep = aSweep(three);
    await sweep.run();

    expect([sweep.asked, sweep.failed, sweep.wanted]).toEqual([['a', 'b', 'c'], [], [['2026-11-23T10:00:00.000Z', 100]]]);
  });

  it('do not wait for one that fails, and the failure is told', async () => {
    const sweep = aSweep(three, { broken: 'b' });
    await sweep.run();

    expect([sweep.asked, sweep.failed]).toEqual([['a', 'c'], ['notices']]);
  });

  it('are left for the next minute where the time is over', async () => {
    const sweep = aSweep(three, { time: 2 });
    await sweep.run();

    expect(sweep.asked).toEqual(['a', 'b']);
  });

  it('are none where the list cannot be read, which is told', async () => {
    const sweep = aSweep(async () => {
      throw new Error('throttled');
    });
    await sweep.run();

    expect([sweep.asked, sweep.failed]).toEqual([[], ['notices']]);
  });
});

describe('a notice waits too long', () => {
  const waits = async (...open: ListedExternal[]) =>
    (await waitingNotices({ open: async () => open, now })).map(({ postmortem }) => postmortem);

  it.each([
    ['due for more than five minutes', { state: 'approved', dueAt: '2026-11-23T09:54:59Z' }],
    ['being withdrawn and not done', { state: 'void', isBeingWithdrawn: true, dueAt: '2026-11-23T09:00:00Z' }],
    ['asked for more than a day', { state: 'open', at: '2026-11-22T09:59:59Z', dueAt: '2026-11-23T12:00:00Z' }],
  ])('if it is %s', async (_, change) => {
    expect(await waits(listed('late', change), listed('rests'))).toEqual(['late']);
  });

  it.each([
    ['due just now', { state: 'approved', dueAt: '2026-11-23T09:55:00Z' }],
    ['due later', { state: 'approved', at: '2026-11-20T09:00:00Z', dueAt: '2026-11-23T10:05:00Z' }],
    ['asked for less than a day', { state: 'open', at: '2026-11-22T10:00:00Z' }],
    ['held for days, and looked at later', { state: 'held', at: '2026-11-20T09:00:00Z', dueAt: '2026-11-24T09:00:00Z' }],
  ])('not if it is %s', async (_, change) => {
    expect(await waits(listed('one', change))).toEqual([]);
  });
});

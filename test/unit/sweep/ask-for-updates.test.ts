import { describe, expect, it } from 'vitest';
import { askForUpdates } from '../../../core/sweep/ask-for-updates.ts';

const now = new Date('2026-11-17T14:35:00Z');
const stream = 'sev1-alerts';
const update = (incident: string) => ({ stream, incident, dueAt: '2026-11-17T14:33:00Z' }) as const;

function aRun({ due = ['checkout', 'login'], breaks = '', hasTime = (): boolean => true } = {}) {
  const [asked, failures]: [string[], string[]] = [[], []];
  const run = askForUpdates({
    updates: {
      due: async (at) => (at === now ? due.map(update) : expect.unreachable()),
      async ask(of, incident) {
        if (incident === breaks) throw new Error('no queue');
        asked.push(`${of} ${incident}`);
      },
    },
    hasTime,
    now: () => now,
    failed: (what) => void failures.push(what),
  });
  return { run, asked, failures };
}

describe('updates that are due', () => {
  it('are asked for, the others too where one cannot be', async () => {
    const { run, asked, failures } = aRun({ breaks: 'checkout' });
    await run;

    expect([asked, failures]).toEqual([['sev1-alerts login'], ['updates']]);
  });

  it('wait for the next run where this one has no more time', async () => {
    let left = 1;
    const { run, asked } = aRun({ hasTime: () => left-- > 0 });
    await run;

    expect(asked).toEqual(['sev1-alerts checkout']);
  });
});

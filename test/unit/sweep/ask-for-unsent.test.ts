import { describe, expect, it } from 'vitest';
import { askForUnsent } from '../../../core/sweep/ask-for-unsent.ts';
import type { UnsentAlert } from '../../../core/sweep/unsent-alerts.ts';

const now = new Date('2026-11-23T12:00:00Z');
const anAlert = (postmortem: string, seconds: number, why: UnsentAlert['why'] = 'no edition'): UnsentAlert => ({
  postmortem,
  edition: `sev1-alerts_${postmortem}_r1`,
  since: new Date(now.getTime() - seconds * 1000).toISOString(),
  why,
});

async function asked(unsent: readonly UnsentAlert[], breaks = '') {
  const [found, failures]: [string[], string[]] = [[], []];
  const ask = async (postmortem: string) => {
    if (postmortem === breaks) throw new Error('no queue');
    found.push(postmortem);
  };
  await askForUnsent(unsent, { ask, now: () => now, failed: (what) => void failures.push(what) });
  return { found, failures };
}

describe('an alert that nobody composed', () => {
  it.each([
    ['while its message may still be handled', 29 * 60, []],
    ['once the attempts of its message are used up', 30 * 60, ['checkout']],
    ['not again in the minutes after that', 32 * 60, []],
    ['again half an hour later', 60 * 60 + 20, ['checkout']],
  ])('is asked for, %s', async (_when, seconds, found) => {
    expect((await asked([anAlert('checkout', seconds)])).found).toEqual(found);
  });

  it('is asked for by one run at least, however they fall', async () => {
    for (let late = 0; late < 60; late += 1) {
      const ages = Array.from({ length: 30 }, (_, run) => 29 * 60 + late + run * 61);
      const runs = await Promise.all(ages.map((seconds) => asked([anAlert('checkout', seconds)])));
      expect(runs.flatMap(({ found }) => found)).toContain('checkout');
    }
  });

  it('does not keep the others waiting where it cannot be asked for', async () => {
    expect(await asked([anAlert('checkout', 1800), anAlert('login', 1800)], 'checkout')).toEqual({
      found: ['login'],
      failures: ['alert'],
    });
  });
});

it('leaves alerts that have an edition to the walk', async () => {
  expect((await asked([anAlert('checkout', 1800, 'nobody'), anAlert('login', 1800, 'some skipped')])).found).toEqual([]);
});

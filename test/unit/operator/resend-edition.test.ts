import { expect, it } from 'vitest';
import { resendEdition } from '../../../core/operator/resend-edition.ts';
import { UnknownEdition } from '../../../core/shared/errors.ts';
import { anEdition, aSid } from '../../support/delivery.ts';

const looked: string[] = [];
const resend = (edition: ReturnType<typeof anEdition> | undefined) => {
  looked.length = 0;
  return resendEdition('some_edition', [aSid(1)], {
    editions: { read: async () => edition },
    leaves: { find: async (_edition, slot) => void looked.push(slot) },
    ranges: { replace: () => expect.fail('there is no leaf to change') },
    now: () => new Date('2026-11-23T08:00:00Z'),
  });
};

it('looks for the deliveries of an edition', async () => {
  expect(await resend(anEdition())).toEqual({ asked: [], underWay: [], left: [aSid(1)] });
  expect(looked).toEqual(['default']);
});

it('looks for none of an edition that was recalled', async () => {
  expect(await resend(anEdition({ recalled: true }))).toBe('recalled');
  expect(looked).toEqual([]);
});

it('looks for none of an edition that was superseded, and names the one to use', async () => {
  expect(await resend(anEdition({ superseded: { by: 'sev1-alerts_pm-1_r2', wasPaused: false } }))).toEqual({ by: 'sev1-alerts_pm-1_r2' });
  expect(looked).toEqual([]);
});

it('looks for none of an edition whose day is over', async () => {
  expect(await resend(anEdition({ leavesUntil: '2026-01-01T00:00:00Z' }))).toBe('past');
  expect(looked).toEqual([]);
});

it('refuses an edition that is not there', async () => {
  await expect(resend(undefined)).rejects.toThrow(UnknownEdition);
});

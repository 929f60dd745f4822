import { expect, it } from 'vitest';
import { addresseesOf } from '../../../core/delivery/addressees.ts';
import type { WantedTest } from '../../../core/edition/test-mail.ts';
import { sendTest } from '../../../core/operator/send-test.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { aComposing } from '../../support/composing.ts';
import { anEdition, aProfile, aSid } from '../../support/delivery.ts';

const ada = aProfile({ sid: aSid(1), address: 'ada@example.com' });

/**
 * An operator on Thursday 26 November, and what compose was asked for. `there`: the editions that
 * were composed before.
 */
function anOperator(profile: Profile | undefined = ada, there: readonly string[] = []) {
  const asked: WantedTest[] = [];
  const { deps, publish } = aComposing({ now: '2026-11-26T12:00:30Z' });
  publish({ publishedAt: '2026-11-24T10:00:00Z' });
  const test = (change: Partial<Parameters<typeof sendTest>[0]> = {}) =>
    sendTest(
      { stream: 'engineering-digest', to: 'ada@example.com', ...change },
      {
        ...deps,
        editions: { ...deps.editions, read: async (id) => (there.includes(id) ? anEdition({ id }) : undefined) },
        publicUrl: 'https://lessons.example.com',
        profileOf: async (address) => (address === 'ada@example.com' ? profile : undefined),
        addressees: addresseesOf(['*@example.com']),
        ask: async (wanted) => void asked.push(wanted),
      },
    );
  return { asked, test };
}

it('has the edition of a preview composed for one person, by their id', async () => {
  const { asked, test } = anOperator();

  const sent = await test();

  expect(sent).toMatchObject({ shows: 'engineering-digest_2026-W48', subject: 'Test: Two incidents', existed: false, subscriber: ada.sid });
  expect(asked).toEqual([{ shows: { stream: 'engineering-digest' }, subscriber: ada.sid, at: new Date('2026-11-26T12:00:30Z') }]);
  expect(JSON.stringify(asked)).not.toContain('@');
  const again = anOperator(ada, [sent.edition]);
  expect(await again.test()).toMatchObject({ edition: sent.edition, existed: true });
  expect(again.asked).toEqual([]);
});

it('tells compose which edition was meant, as an instant', async () => {
  const { asked, test } = anOperator();
  await test({ at: '2026-11-23', frequency: 'weekly' });
  expect(asked[0]?.shows).toEqual({ stream: 'engineering-digest', frequency: 'weekly', due: '2026-11-23T22:59:59Z' });
});

it('shows it to whoever leaves all of it out, and to whoever pauses', async () => {
  const digest = { ...ada.streams['engineering-digest'], on: true, since: '2026-11-01T00:00:00Z', slots: [], leaveOut: ['tech:redis'] };
  const picky = { ...ada, snoozedUntil: '2027-01-01T00:00:00Z', streams: { 'engineering-digest': digest } } as Profile;
  expect(await anOperator(picky).test()).toMatchObject({ existed: false });
});

it.each<[string, Partial<Profile>, string]>([
  ['suppressed', { suppressed: { reason: 'complaint', at: '2026-11-01T00:00:00Z' } }, 'is suppressed (complaint) and gets no mail'],
  ['suspended', { suspended: { at: '2026-11-01T00:00:00Z' } }, 'is suspended and gets no mail'],
  ['not confirmed', { unconfirmed: { at: '2026-11-25T00:00:00Z' } }, 'has not confirmed the sign-up yet'],
  ['nobody whom this stage may mail', { address: 'ada@elsewhere.example' }, 'may not be mailed by this stage'],
])('refuses who is %s', async (_, change, problem) => {
  const { asked, test } = anOperator({ ...ada, ...change });
  await expect(test()).rejects.toMatchObject({ flaws: [{ field: 'to', problem }], consequence: 'Refused. No mail was sent.' });
  expect(asked).toEqual([]);
});

it.each([
  ['nobody here', { to: 'eve@example.com' }, 'to', 'afterword people import'],
  ['a stream that nothing composes', { stream: 'customer-notices' }, 'stream', 'Use engineering-digest'],
  ['an alert about nothing', { stream: 'sev1-alerts' }, 'postmortem', '--postmortem ID'],
  ['an alert about what is not severe enough', { stream: 'sev1-alerts', postmortem: 'pm-1' }, 'postmortem', 'severe enough'],
] as const)('refuses %s', async (_, change, field, remedy) => {
  const { asked, test } = anOperator();
  await expect(test(change)).rejects.toMatchObject({ flaws: [{ field, remedy: expect.stringContaining(remedy) }] });
  expect(asked).toEqual([]);
});

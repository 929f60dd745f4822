import { expect, it } from 'vitest';
import { unsubscribe } from '../../../core/preferences/unsubscribe.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aHouse } from '../../support/preferences-simulation.ts';

const digest = 'engineering-digest';
const since = '2026-11-01T00:00:00Z';
const on = { on: true, since, slots: [{ slot: 'default', at: since }] };
const distribution = aDistribution({ teams: [{ name: 'Payments', leads: ['ada@example.com'] }] });

function aReader(change: Partial<Profile> = {}) {
  const house = aHouse(distribution, new Date('2026-11-19T11:00:00Z'));
  const ada = aProfile({ address: 'ada@example.com', streams: { [digest]: on, 'sev1-alerts': on }, ...change });
  house.add(ada);
  const mails: unknown[] = [];
  const deps = { ...house.deps, mail: async (wanted: unknown) => void mails.push(wanted) };
  return {
    mails,
    audit: house.audit,
    isOn: () => Object.values(house.profiles.get(ada.sid)?.streams ?? {}).map((one) => one.on),
    leave: (stream: 'engineering-digest' | 'sev1-alerts') => unsubscribe(ada, stream, 'one-click', deps),
    ada,
  };
}

it('switches the one stream off, notes how, and sends one last mail', async () => {
  const { ada, leave, isOn, mails, audit } = aReader();

  expect(await leave(digest)).toMatchObject({ kind: 'saved', changed: [{ field: 'frequency', stream: digest, after: 'off' }] });
  expect(isOn()).toEqual([false, true]);
  expect(mails).toEqual([{ kind: 'goodbye', about: digest, realm: 'staff', subscriber: ada.sid }]);
  expect(audit).toMatchObject([{ subscriber: ada.sid, stream: digest, after: 'off', way: 'one-click' }]);
});

it('does nothing the second time', async () => {
  const { leave, mails, audit } = aReader();
  await leave(digest);

  expect(await leave(digest)).toMatchObject({ kind: 'saved', changed: [] });
  expect([mails, audit].map((one) => one.length)).toEqual([1, 1]);
});

it('is refused for a mandatory stream, and sends nothing', async () => {
  const { leave, isOn, mails } = aReader();

  expect(await leave('sev1-alerts')).toMatchObject({ kind: 'refused' });
  expect(isOn()).toEqual([true, true]);
  expect(mails).toEqual([]);
});

import { expect, it } from 'vitest';
import { colleagueOf, isReachable, readDirectory } from '../../../core/reminder/directory.ts';
import type { ListedPerson } from '../../../core/subscriber/ports.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { aProfile, aSid } from '../../support/delivery.ts';

const now = new Date('2026-11-19T09:00:00Z');
const at = '2026-11-01T00:00:00Z';

/** Lists two people a page. */
function peopleOf(profiles: readonly Profile[]) {
  const listed = profiles.map(
    ({ sid, realm, address, revision }): ListedPerson => ({ sid, realm, address, revision, streams: [], isSuspended: false }),
  );
  const list = async (_: number, cursor = '0') => {
    const from = Number(cursor);
    return { people: listed.slice(from, from + 2), ...(from + 2 < listed.length && { cursor: String(from + 2) }) };
  };
  const readProfiles = async (people: readonly { sid: string }[]) => profiles.filter(({ sid }) => people.some((one) => one.sid === sid));
  return { peopleList: { list }, people: { readProfiles } };
}

it('knows the staff of all pages, those who left too, and nobody else', async () => {
  const profiles = [
    aProfile({ sid: aSid(1), name: 'Ada Lovelace', handles: ['ada-l'] }),
    aProfile({ sid: aSid(2), realm: 'customers' }),
    aProfile({ sid: aSid(3), suspended: { at } }),
    aProfile({ sid: aSid(4), unconfirmed: { at } }),
    aProfile({ sid: aSid(5), name: 'Ben' }),
  ];

  const { staff, byName, byHandle } = await readDirectory(peopleOf(profiles), now);

  expect([...staff.keys()].toSorted()).toEqual([aSid(1), aSid(3), aSid(5)].toSorted());
  expect([byName.get('ben'), byHandle.get('ada-l')].map((found) => found?.map(({ sid }) => sid))).toEqual([[aSid(5)], [aSid(1)]]);
});

it('says whom mail reaches, and after which pause', () => {
  const until = '2026-12-01T00:00:00Z';
  expect(colleagueOf(aProfile({ snoozedUntil: until }), now)).toMatchObject({ pausedUntil: until });
  expect(colleagueOf(aProfile({ snoozedUntil: at }), now)).not.toHaveProperty('pausedUntil');
  const reached = [{}, { suspended: { at } }, { suppressed: { reason: 'complaint', at } }, { snoozedUntil: until }];
  expect(reached.map((change) => isReachable(colleagueOf(aProfile(change), now)))).toEqual([true, false, false, true]);
});

import { expect, it } from 'vitest';
import { ownZone, zoneFor } from '../../../core/subscriber/own-zone.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { aProfile } from '../../support/delivery.ts';

const berlin = { organisation: { zone: 'Europe/Berlin' } };
const holding = (slot: string) =>
  aProfile({
    zone: 'Asia/Tokyo',
    streams: { 'engineering-digest': { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot, at: '2026-11-01T00:00:00Z' }] } },
  });

it.each<[string, Profile, string | undefined, string]>([
  ['gave none', aProfile(), undefined, 'Europe/Berlin'],
  ['was imported with one', aProfile({ zone: 'Asia/Tokyo' }), 'Asia/Tokyo', 'Asia/Tokyo'],
  ['was imported with one by an old name', aProfile({ zone: 'us/pacific' }), 'America/Los_Angeles', 'America/Los_Angeles'],
  ['has one that is no place', aProfile({ zone: 'Etc/GMT+5' }), undefined, 'Europe/Berlin'],
  ['chose an hour in another', holding('w1-0900-America--New_York'), 'America/New_York', 'America/New_York'],
  ['chose no hour', holding('default'), 'Asia/Tokyo', 'Asia/Tokyo'],
])('a reader who %s is shown times in their own zone, else the organisation’s', (_, profile, own, shown) => {
  expect([ownZone(profile), zoneFor(profile, berlin)]).toEqual([own, shown]);
});

import { expect, it } from 'vitest';
import { notingZones } from '../../../core/subscriber/noting-zones.ts';
import { aProfile } from '../../support/delivery.ts';

it('notes the zone of a member of staff before the profile is written, and nobody else’s', async () => {
  const happened: string[] = [];
  const people = notingZones(
    { writeProfile: async ({ sid }, _before) => happened.push(`wrote ${sid.slice(0, 2)}`) > 0 },
    { note: async (zone) => void happened.push(`noted ${zone}`) },
  );

  expect(await people.writeProfile(aProfile({ sid: 'a'.repeat(32), zone: 'us/pacific' }), 0)).toBe(true);
  await people.writeProfile(aProfile({ sid: 'b'.repeat(32) }), 0);
  await people.writeProfile(aProfile({ sid: 'c'.repeat(32), zone: 'Asia/Tokyo', realm: 'customers' }), 0);

  expect(happened).toEqual(['noted America/Los_Angeles', 'wrote aa', 'wrote bb', 'wrote cc']);
});

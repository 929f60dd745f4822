import { ownZone } from './own-zone.ts';
import type { PeopleStore } from './ports.ts';

/**
 * The zones that members of the organisation gave, of all streams together. `compose` tells times
 * in each of them.
 */
export interface ZoneRegistry {
  /** Adds a zone. Idempotent, and cheap the second time. */
  note(zone: string): Promise<void>;
  list(): Promise<string[]>;
}

/** The store, which notes the zone of each profile of staff before it writes the profile. */
export const notingZones = <Store extends Pick<PeopleStore, 'writeProfile'>>(people: Store, zones: Pick<ZoneRegistry, 'note'>): Store => ({
  ...people,
  async writeProfile(profile: Parameters<Store['writeProfile']>[0], before: number) {
    const zone = profile.realm === 'staff' ? ownZone(profile) : undefined;
    if (zone !== undefined) await zones.note(zone);
    return people.writeProfile(profile, before);
  },
});

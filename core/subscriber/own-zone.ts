import { standardZone } from '../shared/zone.ts';
import { type StreamName, streams } from '../stream/stream.ts';
import { readSlot } from './slot.ts';
import type { Profile } from './subscriber.ts';

type WithZone = Pick<Profile, 'zone' | 'streams'>;

/** What the reader's current slot says. */
export const heldSlot = (profile: Pick<Profile, 'streams'>, stream: StreamName) =>
  readSlot(profile.streams[stream]?.slots.at(-1)?.slot ?? 'default', stream);

/** The zone that a reader gave: that of the hours they chose, else the one of their profile. */
export const ownZone = (profile: WithZone): string | undefined =>
  streams.map((stream) => heldSlot(profile, stream)?.at?.zone).find((zone) => zone !== undefined) ?? standardZone(profile.zone ?? '');

/** The zone in which a reader is shown times: their own, else the organisation's (docs/adr/058). */
export const zoneFor = (profile: WithZone, { organisation: { zone } }: { readonly organisation: { readonly zone: string } }): string =>
  ownZone(profile) ?? standardZone(zone) ?? zone;

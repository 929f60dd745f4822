import type { Instant } from '../shared/instant.ts';
import type { Person } from './read-person.ts';
import type { Profile, StreamName } from './subscriber.ts';

/** Streams that an import adds. A setting that is there stays as its reader left it, off included; one that the line no longer implies stays too. */
export const newStreams = (profile: Profile | undefined, wanted: readonly StreamName[]): StreamName[] =>
  wanted.filter((stream) => profile?.streams[stream] === undefined);

/**
 * The profile after an import, one revision on; undefined where nothing differs. To be named ends a suspension, and an operator's word stands for a confirmation.
 * `since` must be later than the putting of the index rows of `added`.
 */
export function mergePerson(
  profile: Profile | undefined,
  person: Person,
  added: readonly StreamName[],
  since: Instant,
): Profile | undefined {
  const { sid, realm, address, about } = person;
  const { suspended, unconfirmed, ...before }: Omit<Profile, 'revision' | 'address'> = profile ?? { sid, realm, streams: {} };
  const isSame =
    profile?.address === address.written && Object.entries(about).every(([field, text]) => Reflect.get(profile, field) === text);
  if (isSame && added.length === 0 && !suspended && !unconfirmed) return undefined;

  const subscriptions = added.map((stream) => [stream, { on: true, since, slots: [{ slot: 'default', at: since }] }]);
  return {
    ...before,
    ...about,
    address: address.written,
    streams: { ...before.streams, ...Object.fromEntries(subscriptions) },
    revision: (profile?.revision ?? 0) + 1,
  };
}

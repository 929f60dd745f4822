import type { Instant } from '../shared/instant.ts';
import { PersonInDispute } from '../subscriber/import-people.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import type { Profile, StreamName, StreamSettings } from '../subscriber/subscriber.ts';

type Consent = NonNullable<StreamSettings['consent']>;
const tries = 5;

/**
 * Puts a person on a stream, on its own schedule, with what they agreed to; filters of before are kept. Who was unconfirmed is confirmed by it.
 * 'already': they get it, nothing was changed. The index row comes first and the instant is stamped behind it (docs/adr/002-cut-off.md).
 */
export async function subscribe(
  who: Who,
  stream: StreamName,
  consent: Consent,
  { people, now }: { readonly people: PeopleStore; readonly now: () => Instant },
): Promise<'subscribed' | 'already' | 'gone'> {
  for (let i = 0; i < tries; i += 1) {
    const [profile] = await people.readProfiles([who]);
    if (!profile) return 'gone';
    if (isOn(profile, stream)) return 'already';
    await people.putSubscription(stream, 'default', who.sid, now());
    if (await people.writeProfile(subscribed(profile, stream, consent, now()), profile.revision)) return 'subscribed';
  }
  throw new PersonInDispute(who.sid);
}

/** Of their own: what a delegate was lent ends by itself. */
export const isOn = ({ streams, unconfirmed }: Profile, stream: StreamName): boolean =>
  !unconfirmed && streams[stream]?.on === true && streams[stream].until === undefined;

function subscribed({ unconfirmed: _, ...profile }: Profile, stream: StreamName, consent: Consent, since: Instant): Profile {
  const { until: _until, leftAt: _left, ...before }: Partial<StreamSettings> = profile.streams[stream] ?? {};
  const settings = { ...before, on: true, since, slots: [...(before.slots ?? []), { slot: 'default', at: since }], consent };
  return { ...profile, streams: { ...profile.streams, [stream]: settings }, revision: profile.revision + 1 };
}

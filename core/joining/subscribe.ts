import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import type { GrantWay } from '../subscriber/grant.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import { rewriteProfile } from '../subscriber/rewrite-profile.ts';
import type { Profile, StreamSettings } from '../subscriber/subscriber.ts';
import { hasJoined } from '../subscriber/subscription.ts';
import type { Topic } from '../subscriber/topic.ts';

type Consent = NonNullable<StreamSettings['consent']>;

/**
 * Subscribes a person to a stream, on its own schedule, with what they agreed to and what gave it
 * to them. Earlier filters are kept. Also confirms somebody who was unconfirmed. 'already': they
 * get it, and nothing was changed. The index row is put first and the instant is stamped after it
 * (docs/adr/002-cut-off.md).
 */
export async function subscribe(
  who: Who,
  stream: StreamName,
  { consent, way, follow }: Pick<Entry, 'consent' | 'way' | 'follow'>,
  { people, now }: { readonly people: PeopleStore; readonly now: () => Instant },
): Promise<'subscribed' | 'already' | 'gone'> {
  const change = async (profile: Profile) => {
    if (hasJoined(profile, stream)) return undefined;
    await people.putSubscription(stream, 'default', who.sid, now());
    return subscribed(profile, stream, { consent, way, since: now(), follow });
  };
  const rewritten = await rewriteProfile(who, change, people);
  if (!rewritten) return 'gone';
  return rewritten.before === rewritten.after ? 'already' : 'subscribed';
}

interface Entry {
  readonly consent: Consent;
  readonly way: GrantWay;
  readonly since: Instant;
  /** The topics that they chose. Absent: those of earlier stay. */
  readonly follow?: readonly Topic[] | undefined;
}

function subscribed({ unconfirmed: _, ...profile }: Profile, stream: StreamName, { consent, way, since, follow }: Entry): Profile {
  const { until: _until, leftAt: _left, follow: earlier, ...before }: Partial<StreamSettings> = profile.streams[stream] ?? {};
  const chosen = follow ?? earlier ?? [];
  const settings = {
    ...before,
    ...(chosen.length > 0 && { follow: [...chosen] }),
    on: true,
    since,
    slots: [...(before.slots ?? []), { slot: 'default', at: since }],
    consent,
  };
  return {
    ...profile,
    streams: { ...profile.streams, [stream]: settings },
    grants: { ...profile.grants, [stream]: { way, at: since } },
  };
}

/**
 * What people agree to when they sign up or switch a stream on, by the id that is kept with their
 * subscription. A wording that was ever shown stays here unchanged; a new wording gets a new id.
 */
export const consentWordings = {
  'sign-up-1': 'Send me this by mail at the address above. I can change or stop it at any time, with a link in each mail.',
  /** Shown on a reader's own page, where each stream says what it is and when it comes. */
  'page-2026-11': 'What I choose here comes to me by mail. I can change or stop it at any time.',
} as const satisfies Record<string, string>;
type ConsentWording = keyof typeof consentWordings;

/** The wording that the sign-up page shows now. */
export const currentWording: ConsentWording = 'sign-up-1';

/** The wording that readers' own pages show now. */
export const pageWording: ConsentWording = 'page-2026-11';

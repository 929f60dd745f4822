import type { Distribution } from '../distribution/distribution.ts';
import { streamWords } from '../distribution/stream-words.ts';
import { streams } from '../stream/stream.ts';
import type { PeopleStore } from '../subscriber/ports.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';
import { isSameAddress, parseAddress, subscriberId } from '../subscriber/subscriber-id.ts';

export interface UnheardDeps {
  readonly people: Pick<PeopleStore, 'readProfiles'>;
  readonly identitySecret: () => Promise<string>;
}

export interface Unheard {
  /** `a lead of Payments`. One person may have several posts, each with an entry. */
  readonly post: string;
  readonly address: string;
  /** Undefined for somebody who is not on the list of people. */
  readonly subscriber?: SubscriberId;
  readonly why: string;
}

/**
 * The people whom a distribution file names for something and who get no mail, so that a Sev-1
 * alert does not miss a lead silently.
 */
export async function namedUnheard(distribution: Distribution, { people, identitySecret }: UnheardDeps): Promise<Unheard[]> {
  const posts = postsIn(distribution);
  if (posts.length === 0) return [];
  const secret = await identitySecret();
  const held = posts.flatMap((post) => {
    const address = parseAddress(post.address);
    return address ? [{ ...post, sid: subscriberId('staff', address, secret) }] : [];
  });
  const sids = [...new Set(held.map(({ sid }) => sid))];
  const profiles = await people.readProfiles(sids.map((sid) => ({ realm: 'staff', sid })));
  const bySid = new Map(profiles.map((profile) => [profile.sid, profile]));
  return held.flatMap(({ sid, ...post }) => {
    const profile = bySid.get(sid);
    const why = whyUnheard(profile);
    return why ? [{ ...post, ...(profile && { subscriber: sid }), why }] : [];
  });
}

function whyUnheard(profile: Profile | undefined): string | undefined {
  if (!profile) return 'not on the list of people';
  if (profile.suspended) return 'suspended';
  if (profile.suppressed) return 'mail to this address is suppressed';
  return profile.unconfirmed ? 'has not confirmed' : undefined;
}

/** What a distribution file names the person with this address for: `a lead of Payments`. */
export const postsOf = (address: string, distribution: Distribution): string[] =>
  postsIn(distribution).flatMap((one) => (isSameAddress(one.address, address) ? [one.post] : []));

const postsIn = (distribution: Distribution): { readonly post: string; readonly address: string }[] => [
  ...distribution.teams.flatMap(({ name, leads = [], deputies = [] }) => [
    ...leads.map((address) => ({ address, post: `a lead of ${name}` })),
    ...deputies.map((address) => ({ address, post: `a deputy for ${name}` })),
  ]),
  ...streams.flatMap((stream) => {
    const settings = distribution.streams[stream];
    const owner = settings && 'owner' in settings ? settings.owner : undefined;
    return owner ? [{ address: owner, post: `the owner of ${streamWords(stream, distribution)}` }] : [];
  }),
  ...(distribution.operators?.people ?? []).map((address) => ({ address, post: 'an operator' })),
  ...(distribution.authors?.people ?? []).map((address) => ({ address, post: 'an author' })),
];

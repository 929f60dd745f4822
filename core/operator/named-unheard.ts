import type { Distribution } from '../distribution/distribution.ts';
import { signUpOf } from '../distribution/stream-rules.ts';
import { streamWords } from '../distribution/stream-words.ts';
import type { NamedFor, NamedUnheard, UnheardState } from '../runbook/drift.ts';
import { streams } from '../stream/stream.ts';
import type { PeopleStore } from '../subscriber/ports.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { isSameAddress, parseAddress, subscriberId } from '../subscriber/subscriber-id.ts';

export interface UnheardDeps {
  readonly people: Pick<PeopleStore, 'readProfiles'>;
  readonly identitySecret: () => Promise<string>;
}

/**
 * The people whom a distribution file names for something and who get no mail, so that a Sev-1
 * alert does not miss a lead silently. One person may have several posts, each with an entry.
 */
export async function namedUnheard(distribution: Distribution, { people, identitySecret }: UnheardDeps): Promise<NamedUnheard[]> {
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
    const state = unheardState(profile);
    return state ? [{ ...post, ...(profile && { subscriber: sid }), state }] : [];
  });
}

function unheardState(profile: Profile | undefined): UnheardState | undefined {
  if (!profile) return 'unknown';
  if (profile.suspended) return 'suspended';
  if (profile.suppressed) return 'suppressed';
  return profile.unconfirmed ? 'unconfirmed' : undefined;
}

export const whyUnheard: Readonly<Record<UnheardState, string>> = {
  unknown: 'not on the list of people',
  suspended: 'suspended',
  suppressed: 'mail to this address is suppressed',
  unconfirmed: 'has not confirmed',
};

/** What a distribution file names the person with this address for: `a lead of Payments`. */
export const postsOf = (address: string, distribution: Distribution): string[] =>
  postsIn(distribution).flatMap((one) => (isSameAddress(one.address, address) ? [one.post] : []));

interface Post {
  readonly named: NamedFor;
  readonly post: string;
  readonly address: string;
}

const postsIn = (distribution: Distribution): Post[] => [
  ...distribution.teams.flatMap(({ name, leads = [], deputies = [] }) => [
    ...leads.map((address): Post => ({ address, named: 'lead', post: `a lead of ${name}` })),
    ...deputies.map((address): Post => ({ address, named: 'deputy', post: `a deputy for ${name}` })),
  ]),
  ...streams.flatMap((stream): Post[] => {
    const settings = distribution.streams[stream];
    const owner = settings && 'owner' in settings ? settings.owner : undefined;
    const named = signUpOf(distribution, stream)?.kind === 'approval' ? 'approver' : 'owner';
    return owner ? [{ address: owner, named, post: `the owner of ${streamWords(stream, distribution)}` }] : [];
  }),
  ...(distribution.operators?.people ?? []).map((address): Post => ({ address, named: 'operator', post: 'an operator' })),
  ...(distribution.reviews?.reviewers ?? []).map(({ address, as }): Post => ({ address, named: 'reviewer', post: `a reviewer (${as})` })),
  ...(distribution.reviews?.escalateTo ?? []).map(
    ({ address, as }): Post => ({
      ...{ address, named: 'reviewer', post: `who is asked about reviews that are long overdue (${as})` },
    }),
  ),
  ...(distribution.authors?.people ?? []).map((address): Post => ({ address, named: 'author', post: 'an author' })),
];

import type { Distribution } from '../distribution/distribution.ts';
import { signUpOf } from '../distribution/stream-rules.ts';
import type { WantedServiceMail } from '../edition/service-mail.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { realmOfStream, type StreamName } from '../stream/stream.ts';
import { type Beginnings, beginningOf, markOf } from '../subscriber/beginning.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../subscriber/subscriber-id.ts';
import { hasJoined } from '../subscriber/subscription.ts';
import { type LimitDeps, mayMail, servedFrom } from './limits.ts';

export interface AskDeps extends Beginnings, LimitDeps {
  readonly people: PeopleStore;
  readonly mail: (wanted: Omit<WantedServiceMail, 'at'>) => Promise<void>;
}

/**
 * 'asked' does not reveal anything about the address: it is also the answer if no mail is sent.
 * 'busy': there are so many requests that only people who are known already are mailed. 'too busy':
 * no one is mailed. The other answers depend only on what was typed.
 */
export type SignUpAnswer = 'asked' | 'busy' | 'too busy' | 'no address' | 'outside' | 'not offered';

/**
 * Asks for one mail to an address that somebody typed: a link to confirm, or the news that they get
 * the stream already. Nothing else goes there until it is confirmed. Too many requests for one
 * mailbox send nothing and get the same answer. No answer depends on whether the address is known.
 */
export async function askToJoin(
  { stream, address: typed, ip }: { readonly stream: StreamName; readonly address: string; readonly ip: string },
  distribution: Distribution,
  deps: AskDeps,
): Promise<SignUpAnswer> {
  const { people, mail, identitySecret, now } = deps;
  const signUp = signUpOf(distribution, stream);
  if (!signUp) return 'not offered';
  const address = parseAddress(typed);
  if (!address) return 'no address';
  if (signUp.kind !== 'open' && !distribution.organisation.domains.includes(address.domain)) return 'outside';
  const realm = realmOfStream(stream);
  const who: Who = { realm, sid: subscriberId(realm, address, identitySecret) };
  const door = { name: 'join', realm } as const;
  const served = await servedFrom(ip, door, deps);
  if (served === 'nobody') return 'too busy';
  const send = async (profile: Profile | undefined) => {
    const kind = profile && hasJoined(profile, stream) ? 'already' : 'confirm';
    await mail({ kind, about: stream, realm, subscriber: who.sid });
  };
  if (served === 'known') {
    const [known] = await people.readProfiles([who]);
    if (known && !known.unconfirmed && (await mayMail(address, door, deps))) await send(known);
    return 'busy';
  }
  if (!(await mayMail(address, door, deps))) return 'asked';

  const at = toInstant(now());
  const begun = beginningOf(at, await markOf(who.sid, deps));
  const stranger: Profile = { ...who, ...begun, address: address.written, streams: {}, unconfirmed: { at }, revision: 1 };
  await people.writeProfile(stranger, 0);
  const [profile] = await people.readProfiles([who]);
  if (profile?.unconfirmed) await keep(profile, at, people);
  await send(profile);
  return 'asked';
}

/**
 * Renews the week of somebody who asks again, so that the newer link is valid for a whole week. If
 * somebody else wrote meanwhile, their write stands.
 */
async function keep(profile: Profile, at: Instant, people: PeopleStore): Promise<void> {
  if (profile.unconfirmed?.at === at) return;
  await people.writeProfile({ ...profile, unconfirmed: { at }, revision: profile.revision + 1 }, profile.revision);
}

import type { Instant } from '../shared/instant.ts';
import { streams } from '../stream/stream.ts';
import { type Beginnings, beginningOf, markOf } from '../subscriber/beginning.ts';
import type { Who } from '../subscriber/ports.ts';
import type { Profile, StreamSettings } from '../subscriber/subscriber.ts';
import { type Address, subscriberId, suppressionHash } from '../subscriber/subscriber-id.ts';
import { type EraseDeps, ErasureInDispute, erasePerson } from './erase-person.ts';
import type { Erasure } from './erasure.ts';

export interface MoveDeps extends EraseDeps, Beginnings {
  readonly identitySecret: string;
}

/** Sorts behind every instant. */
const never = '9999-12-31T00:00:00Z';

/**
 * 'taken': the new address belongs to somebody else. 'nobody': there is no person to move, and this
 * person was not moved there before.
 */
export type Moved = { readonly to: Who } | 'taken' | 'nobody' | 'same';

/**
 * Gives a person another address, and with it another sid. Settings are carried over and links are
 * not. The old sid is erased, and an import of the old address is refused until an operator lifts
 * that. The settings are written under the new sid first: a crash leaves the person with two sids
 * at worst, and the same call again ends with one. An edition that is under way misses them; their
 * first mail at the new address is the next one.
 */
export async function movePerson(who: Who, address: Address, deps: MoveDeps): Promise<Moved> {
  const to: Who = { realm: who.realm, sid: subscriberId(who.realm, address, deps.identitySecret) };
  if (to.sid === who.sid) return 'same';
  const [profiles, known] = [await deps.people.readProfiles([who, to]), await deps.erasures.read(who)];
  const [from, there] = [profiles.find(({ sid }) => sid === who.sid), profiles.find(({ sid }) => sid === to.sid)];
  // Somebody who was moved and then imported again under the old address is moved again.
  const isUnderWay = known?.movedTo === to.sid && (!from || known.stage === 'moving' || known.stage === 'person');
  if (!from) return there && isUnderWay ? { to } : 'nobody';
  if (there && !isUnderWay) return 'taken';
  if (!isUnderWay) await writeDown(who, to, known, deps);
  if (!there && !(await carryOver(from, { ...to, address: address.written }, deps))) return 'taken';
  await erasePerson(who, { movedTo: to.sid, hash: suppressionHash(who.sid, deps.suppressionSecret) }, deps);
  return { to };
}

/**
 * Records that the profile under the new sid is this person, moved. No worker handles the record
 * until it becomes an erasure.
 */
async function writeDown({ realm, sid }: Who, to: Who, known: Erasure | undefined, { erasures, now, newSalt }: MoveDeps): Promise<void> {
  const version = (known?.version ?? 0) + 1;
  const moving: Erasure = {
    realm,
    sid,
    at: now(),
    stage: 'moving',
    dueAt: never,
    salt: newSalt(),
    movedTo: to.sid,
    unfinished: [],
    version,
  };
  if (!(await erasures.write(moving, known?.version ?? 0))) throw new ErasureInDispute(sid);
}

/**
 * Index rows first, then the profile that relies on them. A complaint is carried over, because a
 * person made it. Bounces are not: it was the old mailbox that bounced.
 */
async function carryOver(from: Profile, to: Who & { readonly address: string }, deps: MoveDeps): Promise<boolean> {
  const { people, now } = deps;
  const put = now();
  for (const stream of streams) {
    const slot = from.streams[stream]?.on ? from.streams[stream].slots.at(-1)?.slot : undefined;
    if (slot) await people.putSubscription(stream, slot, to.sid, put);
  }
  const since = now();
  const { suppressed, softBounces: _b, lifted: _l, ...kept } = from;
  const settings = Object.entries(from.streams).flatMap(([stream, one]) => (one ? [[stream, begunAt(one, since)]] : []));
  const begun = beginningOf(since, await markOf(to.sid, deps));
  const complained = suppressed?.reason === 'complaint' && { suppressed };
  return people.writeProfile({ ...kept, ...begun, ...complained, ...to, streams: Object.fromEntries(settings), revision: 1 }, 0);
}

/** The same settings, held from now on. Delegations end with the old sid, in both directions. */
function begunAt({ lentBy: _l, delegate: _d, ...settings }: StreamSettings, since: Instant): StreamSettings {
  return { ...settings, since, slots: [{ slot: settings.slots.at(-1)?.slot ?? 'default', at: since }] };
}

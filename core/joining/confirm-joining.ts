import { createHash } from 'node:crypto';
import type { AuditLog } from '../audit/audit.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { signUpOf } from '../distribution/stream-rules.ts';
import type { WantedServiceMail } from '../edition/service-mail.ts';
import { toInstant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import { type Beginnings, beginningOf, isForgotten, isMovedAway, markOf } from '../subscriber/beginning.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../subscriber/subscriber-id.ts';
import { hasJoined } from '../subscriber/subscription.ts';
import type { Topic } from '../subscriber/topic.ts';
import type { JoinRequests } from './ports.ts';
import { currentWording, subscribe } from './subscribe.ts';

export interface ConfirmDeps extends Beginnings {
  readonly people: PeopleStore;
  readonly requests: JoinRequests;
  readonly audit: AuditLog;
  readonly mail: (wanted: Omit<WantedServiceMail, 'at'>) => Promise<void>;
  readonly identitySecret: string;
  readonly now: () => Date;
}

/**
 * 'asked': the request is with the stream's owner now. 'not offered': the distribution file changed
 * since the mail was sent, or names an owner who is gone.
 */
export type Confirmed = 'subscribed' | 'already' | 'asked' | 'not offered';

/**
 * Confirms a sign-up from the page of a confirmation link. Confirming any number of times makes one
 * subscription, or one request. `issuedAt` is the link's: the same link is the same request, and a
 * newer link is another one. `follow`: the topics that they chose. Absent: they were not asked.
 */
export async function confirmJoining(
  profile: Profile,
  { stream, issuedAt, follow }: { readonly stream: StreamName; readonly issuedAt: number; readonly follow?: readonly Topic[] | undefined },
  distribution: Distribution,
  deps: ConfirmDeps,
): Promise<Confirmed> {
  const signUp = signUpOf(distribution, stream);
  if (!signUp) return 'not offered';
  const who: Who = { realm: profile.realm, sid: profile.sid };
  const at = toInstant(deps.now());
  if (signUp.kind === 'approval') return askOwner(profile, { stream, issuedAt, owner: signUp.owner }, deps);

  const now = () => toInstant(deps.now());
  const result = await subscribe(
    who,
    stream,
    { consent: { at, way: 'signup', text: currentWording }, way: 'signup', follow },
    { ...deps, now },
  );
  if (result === 'gone') return 'not offered';
  if (result === 'subscribed') {
    await deps.audit.record({
      at,
      who: 'reader',
      act: 'subscription changed',
      facts: { subscriber: who.sid, stream, field: 'frequency', after: 'on', way: 'sign-up' },
    });
  }
  await deps.mail({ kind: 'welcome', about: stream, realm: who.realm, subscriber: who.sid });
  return result;
}

async function askOwner(
  profile: Profile,
  { stream, issuedAt, owner }: { readonly stream: StreamName; readonly issuedAt: number; readonly owner: string },
  deps: ConfirmDeps,
): Promise<Confirmed> {
  const { people, requests, mail, now } = deps;
  if (hasJoined(profile, stream)) return 'already';
  const at = toInstant(now());
  const id = `${stream}_${createHash('sha256').update(`${stream}\n${profile.sid}\n${issuedAt}`).digest('hex').slice(0, 32)}`;
  const ownerId = await ownerOf(owner, deps);
  if (!ownerId) return 'not offered';
  // The owner has a week from now, so the profile of whoever asked must be kept as long.
  if (profile.unconfirmed) {
    await people.writeProfile({ ...profile, unconfirmed: { at }, revision: profile.revision + 1 }, profile.revision);
  }
  await requests.put({ id, stream, sid: profile.sid, askedAt: at, consent: currentWording });
  await mail({ kind: 'approval', about: id, realm: 'staff', subscriber: ownerId });
  return 'asked';
}

/**
 * The owner's sid. An owner who was never imported gets a profile without streams, so that mail can
 * go to them. Undefined if that person was erased or moved to another address: whoever has the
 * mailbox now must not learn who asks.
 */
async function ownerOf(owner: string, deps: ConfirmDeps): Promise<string | undefined> {
  const { people, identitySecret, now } = deps;
  const address = parseAddress(owner);
  if (!address) return undefined;
  const sid = subscriberId('staff', address, identitySecret);
  const [profile] = await people.readProfiles([{ realm: 'staff', sid }]);
  if (!profile) {
    const mark = await markOf(sid, deps);
    if (mark && (isForgotten(mark, profile) || isMovedAway(mark, profile))) return undefined;
    const begun = beginningOf(toInstant(now()), mark);
    await people.writeProfile({ sid, realm: 'staff', ...begun, address: address.written, streams: {}, revision: 1 }, 0);
  }
  if (profile?.unconfirmed) {
    const { unconfirmed: _, ...confirmed } = profile;
    await people.writeProfile({ ...confirmed, revision: profile.revision + 1 }, profile.revision);
  }
  return sid;
}

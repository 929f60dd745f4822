import type { AuditLog } from '../audit/audit.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { signUpOf } from '../distribution/stream-rules.ts';
import type { WantedServiceMail } from '../edition/service-mail.ts';
import { toInstant } from '../shared/instant.ts';
import { isOfThisLife } from '../subscriber/beginning.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { isSameAddress } from '../subscriber/subscriber-id.ts';
import type { JoinRequest, JoinRequests } from './ports.ts';
import { subscribe } from './subscribe.ts';

export interface ApproveDeps {
  readonly people: PeopleStore;
  readonly requests: JoinRequests;
  readonly audit: AuditLog;
  readonly mail: (wanted: Omit<WantedServiceMail, 'at'>) => Promise<void>;
  readonly now: () => Date;
}

/** A request to join as the stream's owner sees it. */
export interface OpenRequest {
  readonly request: JoinRequest;
  readonly asker: Profile;
}

/**
 * The request that a link is about, with the person who asks. Undefined if there is no such request
 * any more; if that person is gone, was erased or made their links invalid since; or if the holder
 * of the link is not the owner that the distribution file names now.
 */
export async function openRequest(
  id: string,
  owner: Profile,
  distribution: Distribution,
  { people, requests }: Pick<ApproveDeps, 'people' | 'requests'>,
): Promise<OpenRequest | undefined> {
  const request = await requests.read(id);
  const signUp = request && signUpOf(distribution, request.stream);
  if (!request || signUp?.kind !== 'approval') return undefined;
  if (owner.realm !== 'staff' || !isSameAddress(signUp.owner, owner.address)) return undefined;
  const [asker] = await people.readProfiles([{ realm: 'staff', sid: request.sid }]);
  return asker && isOfThisLife(request.askedAt, asker) ? { request, asker } : undefined;
}

/**
 * Approves a request for its owner. The person is subscribed with the consent that they gave, and
 * both get a mail. A request is good for one entry: approving it again changes nothing, even if the
 * person has left since. If a crash leaves it unmarked, approving again finishes it.
 */
export async function approveJoining({ request, asker }: OpenRequest, owner: Profile, deps: ApproveDeps): Promise<'approved' | 'already'> {
  if (request.approvedAt) return 'already';
  const at = toInstant(deps.now());
  const who: Who = { realm: asker.realm, sid: asker.sid };
  const { stream, askedAt, consent, id } = request;
  const now = () => toInstant(deps.now());
  const result = await subscribe(
    who,
    stream,
    { consent: { at: askedAt, way: 'signup', text: consent }, way: 'approval' },
    { ...deps, now },
  );
  await deps.requests.approve(id, at);
  if (result === 'subscribed') {
    await deps.audit.record({
      at,
      who: owner.sid,
      act: 'subscription changed',
      facts: { subscriber: who.sid, stream, field: 'frequency', after: 'on', way: 'approval' },
    });
  }
  await deps.mail({ kind: 'welcome', about: stream, realm: who.realm, subscriber: who.sid });
  await deps.mail({ kind: 'joined', about: id, realm: owner.realm, subscriber: owner.sid });
  return 'approved';
}

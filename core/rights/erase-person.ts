import type { SessionStore } from '../access/session.ts';
import { endLending, releaseLenders } from '../preferences/delegation.ts';
import { AfterwordError } from '../shared/errors.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { Instant } from '../shared/instant.ts';
import { streams, streamsOf } from '../stream/stream.ts';
import { outlivesProfile } from '../subscriber/beginning.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';
import type { Erasure } from './erasure.ts';
import type { ErasureStore, ForgottenList, PersonRemover } from './ports.ts';

export interface EraseDeps {
  readonly people: PersonRemover & PeopleStore;
  readonly erasures: Pick<ErasureStore, 'read' | 'write'>;
  readonly forgotten: ForgottenList;
  /** Of staff. Customers have no sessions. */
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly now: () => Instant;
  /** 64 random hex digits. */
  readonly newSalt: () => string;
}

/**
 * Somebody kept changing the profile, or the erasure itself, at the same moment. Asking again
 * finishes it.
 */
export class ErasureInDispute extends AfterwordError {
  override readonly name = 'ErasureInDispute';
  constructor(sid: string) {
    super(`subscriber ${sid} kept changing while it was erased`);
  }
}

const tries = 5;

/**
 * Erases a person. When it answers, the profile with the address and every index row are gone, and
 * no mail is made any more. The ledger follows: `sweep` goes through it within minutes. The erasure
 * is stored first, so that after a crash at any step `sweep`, or the next call, finishes it. What
 * is kept, under `hash`: that no import brings them back, or that they were moved; and that they
 * complained or that their address is dead. Undefined: there is no such person, and no erasure
 * under way.
 */
export async function erasePerson(
  who: Who,
  { hash, movedTo }: { readonly hash?: string; readonly movedTo?: SubscriberId },
  deps: EraseDeps,
): Promise<Erasure | undefined> {
  const [profile] = await deps.people.readProfiles([who]);
  const known = await deps.erasures.read(who);
  if (!profile && !known) return undefined;
  const erasure = !profile && known && known.stage !== 'person' ? known : await begin(who, { hash, movedTo }, deps);
  if (erasure.stage === 'person') return removePerson(erasure, deps);
  if (hash && !movedTo) await deps.forgotten.add(hash, erasure.at);
  return erasure;
}

async function begin(
  { realm, sid }: Who,
  { hash, movedTo }: { readonly hash: string | undefined; readonly movedTo: SubscriberId | undefined },
  { erasures, now, newSalt }: EraseDeps,
): Promise<Erasure> {
  for (let i = 0; i < tries; i += 1) {
    const known = await erasures.read({ realm, sid });
    const at = now();
    const version = (known?.version ?? 0) + 1;
    const salt = known?.salt ?? newSalt();
    const ends = { ...(movedTo && { movedTo }), ...(hash && { hash }) };
    const erasure: Erasure = { realm, sid, at, stage: 'person', dueAt: at, salt, unfinished: [], version, ...ends };
    if (await erasures.write(erasure, known?.version ?? 0)) return erasure;
  }
  throw new ErasureInDispute(sid);
}

/**
 * The first stage. It writes the mark that is kept, ends delegations, then removes the rows that
 * make the person findable, then the profile, and last the sessions and feeds. If the profile was
 * changed meanwhile, it is read again and removed as well, and a complaint that came meanwhile is
 * kept.
 */
export async function removePerson(
  erasure: Erasure,
  { people, erasures, forgotten, sessions, now }: Pick<EraseDeps, 'people' | 'erasures' | 'forgotten' | 'sessions' | 'now'>,
): Promise<Erasure> {
  for (let i = 0; i < tries; i += 1) {
    const [profile] = await people.readProfiles([erasure]);
    await leaveMark(erasure, profile, forgotten);
    if (profile) await standNoLonger(profile, { people, now: () => new Date(now()) });
    for (const stream of streamsOf(erasure.realm)) {
      const held = profile?.streams[stream]?.slots.map(({ slot }) => slot) ?? [];
      const slots = new Set(['default', ...held, ...(await people.slotsOf(stream))]);
      await fewAtATime([...slots], (slot) => people.removeSubscription(stream, slot, erasure.sid));
    }
    if (profile && !(await people.removeProfile(erasure, profile.revision))) continue;
    if (erasure.realm === 'staff') await sessions.endAll(erasure.sid);
    const goneAt = now();
    const { hash: _, ...rest } = erasure;
    const next: Erasure = { ...rest, stage: 'ledger', goneAt, dueAt: goneAt, version: erasure.version + 1 };
    // If `sweep` was faster, this stage is stored already.
    if (!(await erasures.write(next, erasure.version))) return (await erasures.read(erasure)) ?? next;
    return next;
  }
  throw new ErasureInDispute(erasure.sid);
}

/**
 * Keeps that they asked to be forgotten, or were moved; and that they complained, or that their
 * address is dead.
 */
async function leaveMark({ hash, movedTo, at }: Erasure, profile: Profile | undefined, forgotten: ForgottenList): Promise<void> {
  if (!hash) return;
  await (movedTo ? forgotten.move(hash, at) : forgotten.add(hash, at));
  if (outlivesProfile(profile?.suppressed)) await forgotten.refuse(hash, profile.suppressed);
}

/**
 * Ends delegations both ways. Readers whom the person stood in for get their mandatory streams
 * again, and the person's own delegate loses theirs.
 */
async function standNoLonger(profile: Profile, lending: Parameters<typeof endLending>[3]): Promise<void> {
  for (const stream of streams) {
    const { lentBy = [], delegate } = profile.streams[stream] ?? {};
    if (lentBy.length > 0) await releaseLenders(stream, lentBy, profile.sid, lending);
    if (delegate) await endLending(stream, delegate.sid, profile.sid, lending);
  }
}

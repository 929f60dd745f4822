import type { AuditLog } from '../audit/audit.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { EditionReader } from '../edition/ports.ts';
import { pageWording } from '../joining/subscribe.ts';
import type { Flaw } from '../shared/errors.ts';
import { toInstant } from '../shared/instant.ts';
import { type StreamName, streams } from '../stream/stream.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import { untilWon } from '../subscriber/rewrite-profile.ts';
import { mostSlots } from '../subscriber/slot.ts';
import type { Profile, StreamSettings } from '../subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../subscriber/subscriber-id.ts';
import type { ChangeActor } from './change-context.ts';
import { decideChange, type PlannedChange, settingsAt } from './decide-change.ts';
import { endLending, lend, releaseLenders } from './delegation.ts';
import type { SlotStore } from './ports.ts';
import type { SettingsChange } from './settings-fields.ts';
import type { SettingChanged } from './settings-words.ts';
import { leaveRows, mostHeld, rowsToLeave, stillCounting } from './slot-history.ts';

export interface ChangeDeps {
  readonly people: PeopleStore;
  readonly slots: SlotStore;
  readonly editions: Pick<EditionReader, 'listOpen'>;
  readonly distribution: Distribution;
  /** Makes the sids of delegates from their addresses. */
  readonly identitySecret: () => Promise<string>;
  readonly audit: AuditLog;
  readonly now: () => Date;
}

/** A change, who makes it, and its way for the audit log. */
export interface ReadersAct extends ChangeActor {
  /** `reader`, or the id of an operator's key. */
  readonly who: string;
  /** For the audit log: `page`, `session`, `one-click`, `sign-up`, `operator` … */
  readonly through: string;
}

/**
 * A change that a reader makes on their own page, by its link alone or signed in (`session`), or
 * with the unsubscribe button of a mail program. They agree to the wording of that page.
 */
export const readersPress = (through: 'page' | 'session' | 'one-click'): ReadersAct => ({
  way: 'page',
  wording: pageWording,
  who: 'reader',
  through,
});

export type ChangeOutcome =
  | { readonly kind: 'saved'; readonly profile: Profile; readonly changed: readonly SettingChanged[] }
  | { readonly kind: 'refused'; readonly flaws: readonly Flaw[] }
  | { readonly kind: 'gone' };

/**
 * Changes what a reader gets. It writes the index rows first, then the profile that relies on them,
 * and last removes rows that are no longer needed. A crash in between leaves rows that no profile
 * knows, which is harmless. Idempotent. Throws PersonInDispute if others kept writing in between.
 */
export async function changeSettings(who: Who, change: SettingsChange, act: ReadersAct, deps: ChangeDeps): Promise<ChangeOutcome> {
  const delegates = who.realm === 'staff' ? await findDelegates(change, deps) : new Map<string, Profile>();
  return untilWon(who, async (): Promise<ChangeOutcome | 'lost'> => {
    const [profile] = await deps.people.readProfiles([who]);
    if (!profile) return { kind: 'gone' };
    const wish = decideChange(profile, change, { ...deps, act, delegates, now: deps.now() });
    if ('flaws' in wish) return { kind: 'refused', flaws: wish.flaws };
    if (wish.changed.length === 0) return { kind: 'saved', profile, changed: [] };
    const written = await write(profile, wish, deps);
    if (written === 'lost') return 'lost';
    if ('flaws' in written) return { kind: 'refused', flaws: written.flaws };
    await record(profile, wish.changed, act, deps);
    return { kind: 'saved', profile: written.profile, changed: wish.changed };
  });
}

async function findDelegates(change: SettingsChange, { people, identitySecret }: ChangeDeps): Promise<ReadonlyMap<string, Profile>> {
  const named = Object.values(change.streams ?? {}).flatMap((stream) => parseAddress(stream?.delegate ?? '') ?? []);
  const found = new Map<string, Profile>();
  for (const address of named) {
    const [profile] = await people.readProfiles([{ realm: 'staff', sid: subscriberId('staff', address, await identitySecret()) }]);
    if (profile) found.set(address.normalised, profile);
  }
  return found;
}

async function write(before: Profile, wish: PlannedChange, deps: ChangeDeps): Promise<{ profile: Profile } | { flaws: Flaw[] } | 'lost'> {
  const counting = await countingSlots(before, wish, deps);
  const flaws = [...restless(counting), ...(await putRows(before, wish, deps))];
  if (flaws.length > 0) return { flaws };
  for (const [stream, { delegation }] of wish.streams) {
    if (delegation?.delegate) await lend(stream, delegation.delegate, before.sid, deps);
  }
  const leaving = await rowsToLeave(before, counting, wish, deps.slots);

  const stamp = toInstant(deps.now());
  const settings = [...wish.streams].map(([stream, one]) => {
    const was = before.streams[stream];
    return [stream, settingsAt(one, was, counting.get(stream) ?? was?.slots ?? [], stamp)];
  });
  const profile: Profile = {
    ...wish.profile,
    streams: { ...before.streams, ...Object.fromEntries(settings) },
    revision: before.revision + 1,
  };
  if (!(await deps.people.writeProfile(profile, before.revision))) return 'lost';
  await leaveRows(before.sid, leaving, deps.slots);
  await settleDelegates(before, profile, wish, deps);
  return { profile };
}

/** For each stream whose slot changes: the earlier slots that still count. */
async function countingSlots(
  before: Profile,
  wish: PlannedChange,
  { editions, now }: ChangeDeps,
): Promise<Map<StreamName, StreamSettings['slots']>> {
  const moving = [...wish.streams].flatMap(([stream, { slot }]) => (slot === undefined || !before.streams[stream] ? [] : [stream]));
  if (moving.length === 0) return new Map();
  const open = await editions.listOpen(moving);
  const cutoffsOf = (stream: StreamName) => open.filter((edition) => edition.stream === stream).map(({ cutoff }) => cutoff);
  return new Map(moving.map((stream) => [stream, stillCounting(before.streams[stream]?.slots ?? [], cutoffsOf(stream), now())]));
}

const restless = (counting: ReadonlyMap<StreamName, StreamSettings['slots']>): Flaw[] =>
  [...counting]
    .filter(([, held]) => held.length >= mostHeld)
    .map(([stream]) => ({ field: `${stream}.hour`, problem: 'was changed very often lately', remedy: 'Come back in an hour.' }));

/**
 * Puts the index row first, and lists its slot after it: anyone who removes an empty slot from the
 * list then sees one of the two. A row is only put in a slot that is going to be listed, because
 * erasure would not find it otherwise.
 */
async function putRows({ sid, streams: before }: Profile, wish: PlannedChange, { people, slots, now }: ChangeDeps): Promise<Flaw[]> {
  const put = toInstant(now());
  for (const [stream, { slot: chosen, begins }] of wish.streams) {
    const held = before[stream]?.slots.at(-1)?.slot;
    const slot = chosen ?? (begins || held === undefined ? (held ?? 'default') : undefined);
    if (slot === undefined) continue;
    if (slot !== 'default' && !(await slots.hasRoom(stream, slot))) return [tooManySlots(stream)];
    await people.putSubscription(stream, slot, sid, put);
    if (slot !== 'default') await slots.putSlot(stream, slot, put);
  }
  return [];
}

const tooManySlots = (stream: StreamName): Flaw => ({
  field: `${stream}.hour`,
  problem: `is one time too many: readers have chosen ${mostSlots} different ones`,
  remedy: 'Choose a common day and hour, or those of the stream.',
});

/**
 * Ends delegations: for a delegate who is no longer named, and for the readers whom this person
 * stood in for, when this person leaves the stream or pauses.
 */
async function settleDelegates(before: Profile, after: Profile, wish: PlannedChange, deps: ChangeDeps): Promise<void> {
  for (const [stream, { delegation }] of wish.streams) {
    if (delegation?.released) await endLending(stream, delegation.released, before.sid, deps);
  }
  const isLeaving = after.snoozedUntil !== undefined && after.snoozedUntil !== before.snoozedUntil;
  for (const stream of streams) {
    const lenders = before.streams[stream]?.lentBy ?? [];
    if (isLeaving || !after.streams[stream]?.on || !after.streams[stream].lentBy) await releaseLenders(stream, lenders, before.sid, deps);
  }
}

/** Writes one line for each change of a subscription. No line reveals what somebody reads. */
async function record(
  { sid }: Profile,
  changed: readonly SettingChanged[],
  { who, through }: ReadersAct,
  { audit, now }: ChangeDeps,
): Promise<void> {
  for (const { stream, field, after, delegate } of changed) {
    const facts = {
      subscriber: sid,
      ...(stream && { stream }),
      field,
      after: after ?? 'none',
      ...(delegate && { delegate }),
      way: through,
    };
    await audit.record({ at: toInstant(now()), who, act: 'subscription changed', facts });
  }
}

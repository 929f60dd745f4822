import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import { beginningOf } from '../subscriber/beginning.ts';
import { type GrantWay, isGranted } from '../subscriber/grant.ts';
import type { Mark } from '../subscriber/ports.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import type { Person } from './read-person.ts';
import { staysSuspended } from './suspend-people.ts';

/**
 * The streams that an import or the directory gives a person, and the way: the line or the role
 * (`import`, `directory`), or their name in the distribution file (`named`).
 */
export type Wanted = ReadonlyMap<StreamName, Extract<GrantWay, 'import' | 'directory' | 'named'>>;

/**
 * Streams that an import adds. A setting that exists stays as its reader left it, even if it is
 * off. A stream that the line no longer implies stays too.
 */
export const newStreams = (profile: Profile | undefined, wanted: Wanted): StreamName[] =>
  [...wanted.keys()].filter((stream) => profile?.streams[stream] === undefined);

/**
 * The profile after an import, one revision on. Undefined if nothing differs. Being named in the
 * file ends a suspension that a file began, and an operator's import counts as a confirmation. What
 * the organisation's directory gave stays, and so does a suspension that it or an operator began. A
 * stream that the line or the role gives is granted, even to somebody who left it, so that they may
 * come back without asking. `mark` is what outlived an earlier profile. `since` must be later than
 * the time at which the index rows of the added streams were put.
 */
export function mergePerson(
  profile: Profile | undefined,
  person: Person,
  wanted: Wanted,
  { since, mark }: { readonly since: Instant; readonly mark?: Mark | undefined },
): Profile | undefined {
  const added = newStreams(profile, wanted);
  const granted = [...wanted].filter(
    ([stream, way]) => added.includes(stream) || (way !== 'named' && profile && !isGranted(profile, stream)),
  );
  const { sid, realm, address, handles } = person;
  const about = withoutGiven(person.about, profile);
  const begun = { sid, realm, streams: {}, ...beginningOf(since, mark) };
  const { suspended, suspendedBy, unconfirmed, ...before }: Omit<Profile, 'revision' | 'address'> = profile ?? begun;
  const isKept = profile !== undefined && staysSuspended(profile);
  const isSame =
    profile?.address === address.written &&
    Object.entries(about).every(([field, text]) => Reflect.get(profile, field) === text) &&
    (handles === undefined || handles.join(' ') === profile.handles?.join(' '));
  if (isSame && granted.length === 0 && (!suspended || isKept) && !unconfirmed) return undefined;

  const subscriptions = added.map((stream) => [stream, { on: true, since, slots: [{ slot: 'default', at: since }] }]);
  return {
    ...before,
    ...about,
    ...(handles && { handles: [...handles] }),
    ...(isKept && { suspended, suspendedBy }),
    address: address.written,
    streams: { ...before.streams, ...Object.fromEntries(subscriptions) },
    ...(granted.length > 0 && {
      grants: { ...before.grants, ...Object.fromEntries(granted.map(([stream, way]) => [stream, { way, at: since }])) },
    }),
    revision: (profile?.revision ?? 0) + 1,
  };
}

/** What the line says of a person, but for the fields that the directory gave. */
const withoutGiven = (about: Person['about'], profile: Profile | undefined): Person['about'] =>
  Object.fromEntries(
    Object.entries(about).filter(([field]) => profile?.directory === undefined || Reflect.get(profile.directory.gave, field) === undefined),
  );

import type { Distribution } from '../distribution/distribution.ts';
import { knownRoles, type UnknownName, unknownRoles, unknownTeams } from '../distribution/known-names.ts';
import { defaultStreams } from '../distribution/stream-rules.ts';
import { type ChangeDeps, changeSettings, type ReadersAct } from '../preferences/change-settings.ts';
import { decideChange } from '../preferences/decide-change.ts';
import type { SettingsChange } from '../preferences/settings-fields.ts';
import type { Flaw } from '../shared/errors.ts';
import { toInstant } from '../shared/instant.ts';
import { standardZone } from '../shared/zone.ts';
import { realmOfStream, type StreamName } from '../stream/stream.ts';
import type { Who } from '../subscriber/ports.ts';
import { rewriteProfile } from '../subscriber/rewrite-profile.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { aboutFlaws, lengthFlaws, readHandles } from './read-person.ts';

const abouts = ['name', 'team', 'role', 'zone', 'handles'] as const;
type About = Partial<Record<(typeof abouts)[number], string>>;

/** What an operator changes of one person. A field that is absent stays as it is. */
export interface PersonChange extends Readonly<{ [Field in keyof About]?: string | undefined }> {
  /** `on`, `off`, or how often. */
  readonly streams?: Readonly<Partial<Record<StreamName, string>>> | undefined;
}

export type SetOutcome =
  | { readonly kind: 'set'; readonly profile: Profile; readonly changed: readonly string[] }
  | { readonly kind: 'refused'; readonly flaws: readonly Flaw[] }
  | { readonly kind: 'gone' };

const operatorsAct = (key: string): ReadersAct => ({ way: 'operator', wording: 'operator', who: key, through: 'operator' });

/**
 * Changes one person by the rules of an import, except that what is empty is taken away and that a
 * stream which they left may be switched on again. A new role brings its streams that they never
 * had. Nothing is written if anything is wrong. `key`: the id of the operator's key. Leaves audit
 * lines without what was written. Idempotent: the same change again finishes one that broke off.
 */
export async function setPerson(who: Who, change: PersonChange, key: string, deps: ChangeDeps): Promise<SetOutcome> {
  const [before] = await deps.people.readProfiles([who]);
  if (!before) return { kind: 'gone' };
  const about = aboutOf(change);
  const flaws = [...lengthFlaws(about), ...aboutFlaws(about)];
  const settings = settingsOf(before, change, deps.distribution);
  const act = operatorsAct(key);
  if (flaws.length === 0) {
    const wish = decideChange(withAbout(before, about), settings, { ...deps, act, delegates: new Map(), now: deps.now() });
    if ('flaws' in wish) flaws.push(...wish.flaws);
  }
  if (flaws.length > 0) return { kind: 'refused', flaws };

  const rewritten = await rewriteProfile(
    who,
    (profile) => (differing(profile, about).length > 0 ? withAbout(profile, about) : undefined),
    deps.people,
  );
  if (!rewritten) return { kind: 'gone' };
  const fields = differing(rewritten.before, about);
  if (fields.length > 0) {
    const facts = { subscriber: who.sid, realm: who.realm, fields: fields.join(' ') };
    await deps.audit.record({ at: toInstant(deps.now()), who: key, act: 'person changed', facts });
  }
  const changed = await changeSettings(who, settings, act, deps);
  if (changed.kind !== 'saved') return changed;
  const names = changed.changed.map(({ stream, field }) => (stream ? `${stream}.${field}` : field));
  return { kind: 'set', profile: changed.profile, changed: [...new Set([...fields, ...names])] };
}

const aboutOf = (change: PersonChange): About =>
  Object.fromEntries(
    abouts.flatMap((field) => {
      const text = change[field]?.trim().normalize('NFC');
      return text === undefined ? [] : [[field, field === 'handles' ? readHandles(text).join(' ') : text]];
    }),
  );

const differing = (profile: Profile, about: About): string[] =>
  abouts.filter((field) => about[field] !== undefined && about[field] !== textOf(profile, field));

const textOf = (profile: Profile, field: keyof About): string => (field === 'handles' ? profile.handles?.join(' ') : profile[field]) ?? '';

function withAbout(profile: Profile, { handles, ...about }: About): Profile {
  const changed: Profile = { ...profile, ...about, ...(handles !== undefined && { handles: readHandles(handles) }) };
  for (const field of abouts) if (textOf(changed, field) === '') delete changed[field];
  return changed;
}

/** Hours that they chose move to the new zone. */
function settingsOf(before: Profile, { role, zone, streams = {} }: PersonChange, distribution: Distribution): SettingsChange {
  const isNewRole = role !== undefined && role.trim() !== '' && role.trim() !== before.role;
  const ofRole = isNewRole ? defaultStreams(distribution, role.trim()) : [];
  const given = ofRole.filter((stream) => realmOfStream(stream) === before.realm && before.streams[stream] === undefined);
  const wanted: Partial<Record<StreamName, string>> = { ...Object.fromEntries(given.map((stream) => [stream, 'on'])), ...streams };
  const standard = zone?.trim() ? standardZone(zone.trim()) : undefined;
  return {
    ...(standard !== undefined && { zone: standard }),
    streams: Object.fromEntries(Object.entries(wanted).map(([stream, frequency]) => [stream, { frequency }])),
  };
}

export interface UnknownNames {
  readonly teams: readonly UnknownName[];
  readonly roles: readonly UnknownName[];
}

/** The team and the role of staff that the distribution file does not name. */
export function unknownNames({ realm, team, role }: Pick<Profile, 'realm' | 'team' | 'role'>, distribution: Distribution): UnknownNames {
  if (realm !== 'staff') return { teams: [], roles: [] };
  return { teams: unknownTeams(team ? [team] : [], distribution), roles: unknownRoles(role ? [role] : [], distribution) };
}

/** What the distribution file names, for somebody who chooses. */
export const namesToChoose = (distribution: Distribution) => ({
  teams: distribution.teams.map(({ name }) => name),
  roles: knownRoles(distribution),
});

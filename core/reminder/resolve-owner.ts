import type { ActionRow } from '../action/action.ts';
import { statusOf } from '../action/status.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { isFiller, isPlaceholder } from '../postmortem/reading/actions/filler-words.ts';
import { foldedName } from '../shared/text.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { parseAddress } from '../subscriber/subscriber-id.ts';
import { type Colleague, type Directory, isReachable, likeness } from './directory.ts';

/** Whose an action item is, as it is written. */
export interface OwnedAction {
  readonly owner?: string | undefined;
  /** The team that the action names beside its owner. */
  readonly team?: string | undefined;
  /** `readerHash` of the address that a program sent for its owner. */
  readonly assigneeHash?: string | undefined;
  /** The team that owns the postmortem. */
  readonly owningTeam?: string | undefined;
}

/** Why nobody is known to own an action. */
export type WhyUnresolved =
  /** Nobody is named, and no team stands in. */
  | 'no owner'
  /** No person and no team is called so. */
  | 'nobody'
  /** Several may be meant. */
  | 'several'
  /** A team, or somebody who left, and nobody leads the team. */
  | 'no lead';

export type ResolvedOwner =
  /** In no order that means anything. `lead`: the team's leads stand in for its owner. */
  | { readonly kind: 'people'; readonly people: readonly SubscriberId[]; readonly as: 'owner' | 'lead'; readonly team?: string }
  | { readonly kind: 'unresolved'; readonly owner: string | undefined; readonly why: WhyUnresolved };

export type Teams = Pick<Distribution, 'teams'>;
type Team = Distribution['teams'][number];

/** Whose an action item is now: somebody may have handed it over since the document named them. */
export function ownedBy(row: ActionRow, now: Date): OwnedAction {
  const { owner } = statusOf(row, now);
  const { owningTeam } = row;
  if (owner !== row.reported.owner) return { owner, owningTeam };
  return { ...row.reported, owningTeam };
}

/**
 * Who is asked about an action item. A wrong person would be worse than none, so whatever may mean
 * two stays unresolved, and nothing is guessed from likeness. In this order: the address that a
 * program sent; an address in the owner's text; a team of the file, which is its leads; a handle,
 * or what stands before the @ of an address; a whole name. Whoever is not found, or gets no mail
 * any more, is stood in for by the leads of the action's own team. The team that owns the
 * postmortem stands in only where no owner and no team are named.
 */
export function resolveOwner(owned: OwnedAction, { teams }: Teams, directory: Directory): ResolvedOwner {
  const text = ownerText(owned.owner);
  const found = hashed(owned, directory) ?? (text === undefined ? undefined : meant(text, { teams }, directory));
  if (found?.kind === 'team') return ledBy(found.team, text, directory);
  if (found?.kind === 'people') {
    const reachable = found.people.filter(isReachable);
    if (reachable.length > 0) return { kind: 'people', people: sidsOf(reachable), as: 'owner' };
  }
  const left = found?.kind === 'people' ? found.people.flatMap(({ team }) => team ?? []) : [];
  const named = text === undefined && !found ? [owned.team ?? owned.owningTeam] : [...left, owned.team];
  const standIns = named.flatMap((name) => teamsCalled(name ?? '', teams).slice(0, 2));
  for (const team of standIns) {
    const led = ledBy(team, text, directory);
    if (led.kind === 'people') return led;
  }
  const why = found?.kind === 'several' ? 'several' : found?.kind === 'people' || standIns.length > 0 ? 'no lead' : undefined;
  return { kind: 'unresolved', owner: text ?? ownerText(named[0]), why: why ?? (text === undefined ? 'no owner' : 'nobody') };
}

/** Undefined for what only stands where a name belongs. */
function ownerText(written = ''): string | undefined {
  const text = written.replace(/\s+/g, ' ').trim();
  return isFiller(text) || isPlaceholder(text) ? undefined : text;
}

/** Words of which no person's name and no handle is made. */
const groupWords = new Set(
  'the folks team squad everyone everybody anyone someone all us we me on call oncall engineer engineers'.split(' '),
);

/**
 * Whether nobody can be found by how an owner is written, whoever the people are: a first name, an
 * initial, "Jo and Ann", "the platform folks". A team of the file, an address, a handle and a whole
 * name may be found.
 */
export function isHopeless({ owner, team }: Pick<OwnedAction, 'owner' | 'team'>, { teams, organisation }: Distribution): boolean {
  const text = ownerText(owner);
  if (text === undefined || (team !== undefined && teamsCalled(team, teams).length > 0)) return false;
  const addresses = addressesIn(text);
  if (addresses.length > 0)
    return !addresses.every((address) => organisation.domains.includes(address.slice(address.lastIndexOf('@') + 1)));
  if (teamsCalled(text, teams).length > 0) return false;
  return !partsOf(text).every((part) => mayBePerson(part));
}

/** Why nobody is asked about an action, as far as the distribution file alone says it. */
export type NobodyToAsk =
  | { readonly why: 'no reminders' | 'no owner' }
  | { readonly why: 'no lead'; readonly team: string }
  | { readonly why: 'nobody'; readonly owner: string };

/** Undefined: somebody may be found. It reads no people, so it knows of no lead who left. */
export function nobodyToAsk(owned: OwnedAction, file: Distribution): NobodyToAsk | undefined {
  if (!file.reminders) return { why: 'no reminders' };
  if (owned.assigneeHash !== undefined) return undefined;
  const text = ownerText(owned.owner);
  const name = text ?? ownerText(owned.team ?? owned.owningTeam);
  if (name === undefined) return { why: 'no owner' };
  const [team, ...others] = teamsCalled(name, file.teams);
  if (team && others.length === 0) {
    const { leads = [], deputies = [] } = team;
    return leads.length + deputies.length > 0 ? undefined : { why: 'no lead', team: team.name };
  }
  if (text === undefined) return { why: 'no owner' };
  return isHopeless(owned, file) ? { why: 'nobody', owner: text } : undefined;
}

function mayBePerson(text: string): boolean {
  const bare = text.replace(/\s*\([^()]*\)$/, '');
  const words = likeness(bare).split(' ');
  if (words.every((word) => groupWords.has(word))) return false;
  if (text.startsWith('@') || isHandle(bare, []) || /^\S*\p{Ll}\p{Lu}\S*$/u.test(bare)) return true;
  return words.length > 1 && words.every((word) => !groupWords.has(word) && !/^[a-z]$/.test(word));
}

type Meant =
  | { readonly kind: 'people'; readonly people: readonly Colleague[] }
  | { readonly kind: 'team'; readonly team: Team }
  | { readonly kind: 'several' }
  | undefined;

function hashed({ assigneeHash }: OwnedAction, directory: Directory): Meant {
  const one = assigneeHash === undefined ? undefined : directory.byHash.get(assigneeHash);
  return one && { kind: 'people', people: [one] };
}

function meant(text: string, { teams }: Teams, directory: Directory): Meant {
  const addresses = addressesIn(text);
  if (addresses.length > 0) return all(addresses.map((address) => atAddress(address, directory)));
  const teamsMeant = teamsCalled(text, teams);
  const person = personCalled(text, directory);
  if (teamsMeant.length > 1 || (teamsMeant.length > 0 && person)) return { kind: 'several' };
  const [team] = teamsMeant;
  if (team) return { kind: 'team', team };
  return person ?? severalPeople(text, directory);
}

/** The people whom a text names for certain. Nobody if it may mean several, or a team. */
export function peopleMeant(text: string, teams: Teams, directory: Directory): readonly Colleague[] {
  const found = meant(text.replace(/\s+/g, ' ').trim(), teams, directory);
  return found?.kind === 'people' ? found.people : [];
}

/** A name that stands around an address, or a whole list, says no more than the addresses. */
const addressesIn = (text: string): string[] =>
  text.split(/[\s,;<>()[\]|"]+/).flatMap((word) => parseAddress(word.replace(/^mailto:/i, ''))?.normalised ?? []);

const atAddress = (address: string, { byAddress }: Directory): Meant => {
  const one = byAddress.get(address);
  return one && { kind: 'people', people: [one] };
};

/** Words that a team is called with or without: "the SRE team", "Team Plattform". */
const teamWords = new Set(['the', 'team', 'squad', 'equipe', 'equipo']);
const bareTeam = (name: string): string => {
  const words = likeness(name).split(' ');
  const bare = words.filter((word) => !teamWords.has(word));
  return (bare.length > 0 ? bare : words).join(' ');
};

function teamsCalled(text: string, teams: readonly Team[]): Team[] {
  const exact = teams.filter(({ name }) => foldedName(name) === foldedName(text));
  if (exact.length > 0 || text === '') return exact;
  return teams.filter(({ name }) => bareTeam(name) !== '' && bareTeam(name) === bareTeam(text));
}

/** The one person who is called so. Several: it may be somebody else, too. */
function personCalled(text: string, directory: Directory): Meant {
  const isMention = text.startsWith('@');
  const bare = text.replace(/^@/, '').replace(/\s*\([^()]*\)$/, '');
  const key = foldedName(bare);
  const byHandle = directory.byHandle.get(key) ?? [];
  if (isMention && byHandle.length === 1) return one(byHandle);

  const named = directory.byName.get(key) ?? [];
  const called = isHandle(bare, byHandle) ? [...byHandle, ...(directory.byLocalPart.get(key) ?? [])] : [];
  const people = present([...new Set([...named, ...called])]);
  if (people.length !== 1) return people.length === 0 ? undefined : { kind: 'several' };
  // Nobody else has a whole name of several words by chance; a single word is many people's.
  const isWhole = named.length > 0 && /\s/.test(key);
  const others = isWhole ? [] : (directory.byLikeness.get(likeness(bare)) ?? []).filter((other) => other !== people[0]);
  return others.length > 0 ? { kind: 'several' } : one(people);
}
const one = (people: readonly Colleague[]): Meant => ({ kind: 'people', people });

/** "Jo" is a first name and "jo" a handle, unless the file of people writes the handle as "Jo". */
const isHandle = (text: string, known: readonly Colleague[]): boolean =>
  !/\s/.test(text) && (text === text.toLowerCase() || /[\p{N}._-]/u.test(text) || known.some(({ handles }) => handles.includes(text)));

/**
 * Somebody who came back under another address has two entries with one name and one team; the one
 * that left is then nobody. Otherwise the one who left may be the one who is meant.
 */
function present(people: readonly Colleague[]): readonly Colleague[] {
  const active = people.filter(({ isSuspended }) => !isSuspended);
  const [only] = active;
  const isOne = active.length === 1 && people.every(({ team = '' }) => foldedName(team) === foldedName(only?.team ?? ''));
  return isOne ? active : people;
}

/** "@ana, @ben": people alone, each of them certain. First names are not: "Jo and Ann". */
function severalPeople(text: string, directory: Directory): Meant {
  const parts = partsOf(text);
  if (parts.length < 2 || parts.length > mostOwners) return undefined;
  return all(parts.map((part) => personCalled(part, directory)));
}
const mostOwners = 4;
const partsOf = (text: string): string[] => text.split(/\s*[,;&+/|]\s*|\s+(?:and|und|et)\s+/).filter(Boolean);

/** Everybody, if each of them is certain. */
function all(found: readonly Meant[]): Meant {
  if (found.some((each) => each?.kind === 'several')) return { kind: 'several' };
  const people = found.flatMap((each) => (each?.kind === 'people' ? each.people : []));
  return people.length === found.length ? { kind: 'people', people: [...new Set(people)] } : undefined;
}

/** The leads of a team whom mail reaches; without one, its deputies. */
function ledBy({ name, leads = [], deputies = [] }: Team, owner: string | undefined, { byAddress }: Directory): ResolvedOwner {
  const reached = [leads, deputies].map((addresses) =>
    addresses.flatMap((address) => byAddress.get(parseAddress(address)?.normalised ?? '') ?? []).filter(isReachable),
  );
  const people = reached.find((some) => some.length > 0);
  if (people) return { kind: 'people', people: sidsOf(people), as: 'lead', team: name };
  return { kind: 'unresolved', owner: owner ?? name, why: 'no lead' };
}

const sidsOf = (people: readonly Colleague[]): SubscriberId[] => [...new Set(people.map(({ sid }) => sid))].toSorted();

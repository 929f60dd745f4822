import type { Distribution } from '../distribution/distribution.ts';
import { type UnknownName, unknownTeams } from '../distribution/known-names.ts';
import { defaultStreams } from '../distribution/stream-rules.ts';
import type { Flaw } from '../shared/errors.ts';
import type { Instant } from '../shared/instant.ts';
import { type StreamName, streams } from '../stream/stream.ts';
import { isForgotten, isMovedAway } from '../subscriber/beginning.ts';
import { mandatoryFor } from '../subscriber/mandatory.ts';
import type { Mark, PeopleStore, SuppressionList } from '../subscriber/ports.ts';
import { untilWon } from '../subscriber/rewrite-profile.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';
import { suppressionHash } from '../subscriber/subscriber-id.ts';
import { isOnAny } from '../subscriber/subscription.ts';
import { mergePerson, newStreams, type Wanted } from './merge-person.ts';
import { type Person, type PersonLine, readPerson } from './read-person.ts';
import { staysSuspended } from './suspend-people.ts';

export interface ImportDeps {
  readonly people: PeopleStore;
  readonly suppressed: SuppressionList;
  readonly secrets: { readonly identity: string; readonly suppression: string };
  readonly now: () => Instant;
}
interface RefusedLine {
  readonly line: number;
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
  /**
   * The person asked to be forgotten. Nothing is wrong with the line, and nothing of it was kept.
   */
  readonly forgotten?: true;
}
/**
 * How many people were added, changed or already as they should be, and the lines that were
 * refused, in their order.
 */
export interface ImportOutcome {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Of the changed: people who were suspended and get mail again, with their earlier settings. */
  readonly restored: number;
  /**
   * Everyone of realm staff who was taken, changed or not. A synchronisation uses it to know who is
   * in the file.
   */
  readonly staff: SubscriberId[];
  /**
   * Of those taken: people on no stream at all whose line does not say `none`. A role that no
   * stream names is more likely mistyped than meant.
   */
  readonly withoutStreams: number;
  readonly linesWithoutStreams: number[];
  /** Of those taken: people whom an operator or the directory suspended. They stay suspended. */
  readonly linesSuspended: number[];
  /**
   * Of those taken: the teams of staff that the distribution file does not list, each with the
   * number of people in it.
   */
  readonly unknownTeams: (UnknownName & { readonly people: number })[];
  readonly refused: RefusedLine[];
  /** The people whom the batch put on each stream, for the audit log. */
  readonly subscribed: Readonly<Partial<Record<StreamName, readonly SubscriberId[]>>>;
}
type Result = 'added' | 'changed' | 'unchanged';
interface Written {
  readonly person: Person;
  readonly result: Result;
  readonly isRestored: boolean;
  readonly isSuspended: boolean;
  /** On no stream, although neither the line nor the person asked for that. */
  readonly isLeftOut: boolean;
  readonly added: readonly StreamName[];
}

/** How many people are written at the same time. */
const abreast = 10;

/** Imports one batch of people. Bad lines are reported and the others are stored. Idempotent. */
export async function importPeople(rows: readonly PersonLine[], distribution: Distribution, deps: ImportDeps): Promise<ImportOutcome> {
  const read = rows.map((row) => ({ line: row.line, person: readPerson(row, distribution.organisation, deps.secrets.identity) }));
  const bad = read.flatMap(({ line, person }) => ('flaws' in person ? person.flaws.map((flaw) => refusal(line, flaw)) : []));
  const unique = withoutRepeats(read.flatMap(({ person }) => ('flaws' in person ? [] : [person])));
  const profiles = new Map((await deps.people.readProfiles(unique.people)).map((profile) => [profile.sid, profile]));
  const marks = await marksOf(unique.people, deps);
  const welcome = withoutGone(unique.people, profiles, marks);
  const results: (Written | RefusedLine)[] = [];
  for (let i = 0; i < welcome.people.length; i += abreast) {
    const some = welcome.people.slice(i, i + abreast);
    results.push(
      ...(await Promise.all(
        some.map((person) => writePerson(person, { profile: profiles.get(person.sid), mark: marks.get(person.sid) }, distribution, deps)),
      )),
    );
  }
  const taken = results.filter((one) => 'result' in one);
  const late = results.flatMap((one) => ('result' in one ? [] : [one]));
  const count = (result: Result) => taken.filter((one) => one.result === result).length;
  const linesWithoutStreams = taken.filter(({ isLeftOut }) => isLeftOut).map(({ person }) => person.line);
  const refused = [...bad, ...unique.refused, ...welcome.refused, ...late].toSorted((a, b) => a.line - b.line);
  return {
    added: count('added'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    restored: taken.filter(({ isRestored }) => isRestored).length,
    staff: taken.filter(({ person }) => person.realm === 'staff').map(({ person }) => person.sid),
    withoutStreams: linesWithoutStreams.length,
    linesWithoutStreams: linesWithoutStreams.toSorted((a, b) => a - b),
    linesSuspended: taken.flatMap(({ isSuspended, person }) => (isSuspended ? [person.line] : [])).toSorted((a, b) => a - b),
    unknownTeams: teamsOf(taken, distribution),
    refused,
    subscribed: Object.fromEntries(
      streams.flatMap((stream) => {
        const sids = taken.filter(({ added }) => added.includes(stream)).map(({ person }) => person.sid);
        return sids.length > 0 ? [[stream, sids]] : [];
      }),
    ),
  };
}

function teamsOf(taken: readonly Written[], distribution: Distribution): ImportOutcome['unknownTeams'] {
  const named = taken.flatMap(({ person: { realm, about } }) => (realm === 'staff' && about.team ? [about.team] : []));
  return unknownTeams(named, distribution).map((team) => ({ ...team, people: named.filter((name) => name === team.name).length }));
}

const refusal = (line: number, { field, problem, remedy }: Flaw) => ({ line, field, problem, remedy });

interface Sifted {
  readonly people: Person[];
  readonly refused: RefusedLine[];
}

/** Keeps the first line of each address and refuses the others. */
function withoutRepeats(people: readonly Person[]): Sifted {
  const first = new Map<string, number>();
  for (const { sid, line } of people) if (!first.has(sid)) first.set(sid, line);
  const isFirst = ({ sid, line }: Person) => first.get(sid) === line;
  return {
    people: people.filter(isFirst),
    refused: people
      .filter((person) => !isFirst(person))
      .map(({ line, sid }) => ({
        line,
        field: 'address',
        problem: `stands in line ${first.get(sid)} already`,
        remedy: 'Keep one of the two lines.',
      })),
  };
}

/**
 * Leaves out people who were erased, unless they signed up again: an import is no consent. Leaves
 * out people who were moved as well: they are here under another address, and a second profile
 * would get everything twice.
 */
function withoutGone(people: readonly Person[], profiles: ReadonlyMap<string, Profile>, marks: ReadonlyMap<string, Mark>): Sifted {
  const sifted: Sifted = { people: [], refused: [] };
  for (const person of people) {
    const refused = goneLine(person, profiles.get(person.sid), marks.get(person.sid));
    if (refused) sifted.refused.push(refused);
    else sifted.people.push(person);
  }
  return sifted;
}

/** What outlived earlier profiles, by sid. */
async function marksOf(people: readonly Person[], { suppressed, secrets }: ImportDeps): Promise<ReadonlyMap<string, Mark>> {
  const hashes = new Map(people.map(({ sid }) => [suppressionHash(sid, secrets.suppression), sid]));
  const listed = await suppressed.listed([...hashes.keys()]);
  return new Map([...listed].map(([hash, mark]) => [hashes.get(hash) ?? '', mark]));
}

function goneLine(person: Person, profile: Profile | undefined, mark: Mark = {}): RefusedLine | undefined {
  if (isForgotten(mark, profile)) return forgottenLine(person);
  return isMovedAway(mark, profile) ? movedLine(person) : undefined;
}

const forgottenLine = ({ line }: Person): RefusedLine => ({
  line,
  field: 'address',
  problem: 'this person was erased',
  remedy: 'You can remove the line. They can come back by signing up themselves.',
  forgotten: true,
});

const movedLine = ({ line }: Person): RefusedLine => ({
  line,
  field: 'address',
  problem: 'this person was moved to another address',
  remedy: 'Write the new address into the file. If somebody else has the old one now: afterword people lift ADDRESS --reason "…".',
});

/**
 * Writes the index rows first, then the profile that relies on them. A crash in between leaves rows
 * that no profile knows, which is harmless.
 */
async function writePerson(
  person: Person,
  found: { readonly profile: Profile | undefined; readonly mark: Mark | undefined },
  distribution: Distribution,
  deps: ImportDeps,
): Promise<Written | RefusedLine> {
  let { profile, mark } = found;
  return untilWon(person, async (): Promise<Written | RefusedLine | 'lost'> => {
    const wanted = wantedStreams(person, profile, distribution);
    const added = newStreams(profile, wanted);
    const isLeftOut = person.streams === 'by role' && wanted.size === 0 && !isOnAny(profile);
    const put = deps.now();
    await Promise.all(added.map((stream) => deps.people.putSubscription(stream, 'default', person.sid, put)));

    const merged = mergePerson(profile, person, wanted, { since: deps.now(), mark });
    const isSuspended = profile !== undefined && staysSuspended(profile);
    if (!merged) return { person, result: 'unchanged', isRestored: false, isSuspended, isLeftOut, added: [] };
    const isWritten = await deps.people.writeProfile(merged, profile?.revision ?? 0);
    if (isWritten) {
      return {
        person,
        result: profile ? 'changed' : 'added',
        isRestored: profile?.suspended !== undefined && !isSuspended,
        isSuspended,
        isLeftOut,
        added,
      };
    }
    // They may have been erased or moved while they were imported; writing now would bring them
    // back. Read the profile before the mark: the mark is written before the profile goes.
    [profile] = await deps.people.readProfiles([person]);
    mark = (await marksOf([person], deps)).get(person.sid);
    return goneLine(person, profile, mark) ?? 'lost';
  });
}

/**
 * The streams that the line or the role gives, and those for which the distribution file names
 * them. `way`: who says the role.
 */
export function wantedStreams(
  { streams: chosen, realm, about, address }: Person,
  profile: Profile | undefined,
  distribution: Distribution,
  way: 'import' | 'directory' = 'import',
): Wanted {
  const wanted = chosen === 'by role' ? defaultStreams(distribution, about.role ?? profile?.role) : chosen;
  const mandatory = realm === 'staff' ? streams.filter((stream) => mandatoryFor(distribution, stream, address.normalised)) : [];
  return new Map([...mandatory.map((stream) => [stream, 'named'] as const), ...wanted.map((stream) => [stream, way] as const)]);
}

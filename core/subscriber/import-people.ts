import type { Distribution } from '../distribution/distribution.ts';
import { AfterwordError, type Flaw } from '../shared/errors.ts';
import type { Instant } from '../shared/instant.ts';
import { defaultStreams } from './default-streams.ts';
import { mandatoryFor } from './mandatory.ts';
import { mergePerson, newStreams } from './merge-person.ts';
import type { PeopleStore, SuppressionList } from './ports.ts';
import { type Person, type PersonLine, readPerson } from './read-person.ts';
import { type Profile, type SubscriberId, streams } from './subscriber.ts';
import { suppressionHash } from './subscriber-id.ts';

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
}
/** How many people were added, changed or as they should be; the lines that were not taken, in their order. */
export interface ImportOutcome {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Of the changed: people who were suspended and get mail again, with the settings that they had. */
  readonly restored: number;
  /** Everyone of the realm staff who was taken, changed or not: what a synchronisation knows to be in the file. */
  readonly staff: SubscriberId[];
  /** Of those taken: people on no stream at all. A role that no stream names is more often mistyped than meant. */
  readonly withoutStreams: number;
  readonly refused: RefusedLine[];
}
type Result = 'added' | 'changed' | 'unchanged';
interface Written {
  readonly result: Result;
  readonly isRestored: boolean;
  readonly hasStream: boolean;
}

/** Somebody else kept changing the same person. Importing the batch again finishes it. */
export class PersonInDispute extends AfterwordError {
  override readonly name = 'PersonInDispute';
  constructor(sid: string) {
    super(`subscriber ${sid} kept changing while it was imported`);
  }
}

/** How many people are written at the same time, and how often one is tried again after a lost race. */
const abreast = 10;
const attempts = 5;

/** Imports one batch of people. Bad lines are told, the others are stored; the same batch again changes nothing. */
export async function importPeople(rows: readonly PersonLine[], distribution: Distribution, deps: ImportDeps): Promise<ImportOutcome> {
  const read = rows.map((row) => ({ line: row.line, person: readPerson(row, distribution.organisation, deps.secrets.identity) }));
  const bad = read.flatMap(({ line, person }) => ('flaws' in person ? person.flaws.map((flaw) => refusal(line, flaw)) : []));
  const unique = withoutRepeats(read.flatMap(({ person }) => ('flaws' in person ? [] : [person])));
  const welcome = await withoutForgotten(unique.people, deps);

  const profiles = new Map((await deps.people.readProfiles(welcome.people)).map((profile) => [profile.sid, profile]));
  const results: Written[] = [];
  for (let i = 0; i < welcome.people.length; i += abreast) {
    const some = welcome.people.slice(i, i + abreast);
    results.push(...(await Promise.all(some.map((person) => writePerson(person, profiles.get(person.sid), distribution, deps)))));
  }
  const count = (result: Result) => results.filter((one) => one.result === result).length;
  const withoutStreams = results.filter(({ hasStream }) => !hasStream).length;
  const refused = [...bad, ...unique.refused, ...welcome.refused].toSorted((a, b) => a.line - b.line);
  return {
    added: count('added'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    restored: results.filter(({ isRestored }) => isRestored).length,
    staff: welcome.people.filter(({ realm }) => realm === 'staff').map(({ sid }) => sid),
    withoutStreams,
    refused,
  };
}

const refusal = (line: number, { field, problem, remedy }: Flaw) => ({ line, field, problem, remedy });

interface Sifted {
  readonly people: Person[];
  readonly refused: RefusedLine[];
}

/** The first line of an address counts. */
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

async function withoutForgotten(people: readonly Person[], { suppressed, secrets }: ImportDeps): Promise<Sifted> {
  const hashOf = ({ sid }: Person) => suppressionHash(sid, secrets.suppression);
  const forgotten = await suppressed.listed(people.map(hashOf));
  return {
    people: people.filter((person) => !forgotten.has(hashOf(person))),
    refused: people
      .filter((person) => forgotten.has(hashOf(person)))
      .map(({ line }) => ({
        line,
        field: 'address',
        problem: 'this person left and asked to be forgotten',
        remedy: 'Take the line out. Only an operator who was asked to by that person may lift it.',
      })),
  };
}

/** Index rows first, then the profile that relies on them: a crash in between leaves rows that nobody's profile knows, which is harmless. */
async function writePerson(person: Person, found: Profile | undefined, distribution: Distribution, deps: ImportDeps): Promise<Written> {
  let profile = found;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const added = newStreams(profile, wantedStreams(person, profile, distribution));
    const put = deps.now();
    await Promise.all(added.map((stream) => deps.people.putSubscription(stream, 'default', person.sid, put)));

    const merged = mergePerson(profile, person, added, deps.now());
    if (!merged) return { result: 'unchanged', isRestored: false, hasStream: isOnAny(profile) };
    const isWritten = await deps.people.writeProfile(merged, profile?.revision ?? 0);
    if (isWritten) {
      return { result: profile ? 'changed' : 'added', isRestored: profile?.suspended !== undefined, hasStream: isOnAny(merged) };
    }
    [profile] = await deps.people.readProfiles([person]);
  }
  throw new PersonInDispute(person.sid);
}

/** What the line says or the role gives, and what the distribution file names them for. */
function wantedStreams({ streams: chosen, realm, about, address }: Person, profile: Profile | undefined, distribution: Distribution) {
  const wanted = chosen === 'by role' ? defaultStreams(distribution, about.role ?? profile?.role) : chosen;
  const mandatory = realm === 'staff' ? streams.filter((stream) => mandatoryFor(distribution, stream, address.normalised)) : [];
  return [...new Set([...wanted, ...mandatory])];
}

const isOnAny = (profile: Profile | undefined) => Object.values(profile?.streams ?? {}).some((settings) => settings?.on);

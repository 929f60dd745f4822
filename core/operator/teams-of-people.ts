import type { ListedPerson, PeopleList } from '../subscriber/ports.ts';

const page = 1000;
/** So that a request ends in time with any number of people. */
const mostPeople = 20_000;

/** The teams that somebody is in who is not suspended, as the list of people has them. */
export interface SeenTeams {
  readonly teams: ReadonlySet<string>;
  /** False: there are more people than were read. */
  readonly isWhole: boolean;
}

export async function teamsOfPeople(people: PeopleList): Promise<SeenTeams> {
  const { active, isWhole } = await readActive(people);
  return { teams: new Set(active.flatMap(({ team }) => team ?? [])), isWhole };
}

/** The team of each of the staff who is not suspended. Undefined: there are more than were read. */
export async function teamOfEach(people: PeopleList): Promise<readonly (string | undefined)[] | undefined> {
  const { active, isWhole } = await readActive(people);
  return isWhole ? active.map(({ team }) => team) : undefined;
}

async function readActive(people: PeopleList): Promise<{ readonly active: readonly ListedPerson[]; readonly isWhole: boolean }> {
  const active: ListedPerson[] = [];
  let cursor: string | undefined;
  let read = 0;
  do {
    const found = await people.list(page, cursor);
    active.push(...found.people.filter(({ realm, isSuspended }) => realm === 'staff' && !isSuspended));
    read += found.people.length;
    cursor = found.cursor;
  } while (cursor !== undefined && read < mostPeople);
  return { active, isWhole: cursor === undefined };
}

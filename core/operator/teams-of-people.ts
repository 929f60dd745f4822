import type { PeopleList } from '../subscriber/ports.ts';

const page = 1000;
/** So that a request ends in time with any number of people. */
const mostPeople = 20_000;

/** The teams that somebody is in, as the list of people has them. */
export interface SeenTeams {
  readonly teams: ReadonlySet<string>;
  /** False: there are more people than were read. */
  readonly isWhole: boolean;
}

/** Whoever is suspended is in no team. */
export async function teamsOfPeople(people: PeopleList): Promise<SeenTeams> {
  const teams = new Set<string>();
  let cursor: string | undefined;
  let read = 0;
  do {
    const found = await people.list(page, cursor);
    for (const { realm, isSuspended, team } of found.people) if (realm === 'staff' && !isSuspended && team !== undefined) teams.add(team);
    read += found.people.length;
    cursor = found.cursor;
  } while (cursor !== undefined && read < mostPeople);
  return { teams, isWhole: cursor === undefined };
}

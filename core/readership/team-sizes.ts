import * as z from 'zod';
import { Instant } from '../shared/instant.ts';
import { Topic, topicOf } from '../subscriber/topic.ts';

/** How many people of the staff are in one team. Whoever is suspended is in none. */
const TeamSize = z.object({
  team: Topic,
  /** As people's profiles write it. */
  name: z.string(),
  size: z.int().positive(),
  /** The name of the team or department above it. */
  partOf: z.string().optional().catch(undefined),
});
export type TeamSize = z.infer<typeof TeamSize>;

/** The sizes of all teams at an instant. One that a later release wrote otherwise is left out. */
export const TeamSizes = z.object({
  at: Instant,
  /** How many people there are, with those who are in no team. */
  staff: z.int().nonnegative(),
  teams: z.array(z.unknown()).transform((all) =>
    all.flatMap((one): TeamSize[] => {
      const read = TeamSize.safeParse(one);
      return read.success ? [read.data] : [];
    }),
  ),
});
export interface TeamSizes {
  readonly at: Instant;
  readonly staff: number;
  readonly teams: readonly TeamSize[];
}

export interface TeamSizeStore {
  /** Undefined: they were not counted yet. */
  read(): Promise<TeamSizes | undefined>;
  put(sizes: TeamSizes): Promise<void>;
}

interface Named {
  readonly name: string;
  readonly partOf?: string | undefined;
}

/**
 * Counts people by team. `people`: the team of each of the staff who is not suspended.
 * `teams`: who is above whom, the first one that says so counts.
 */
export function countedTeams(people: readonly (string | undefined)[], teams: Iterable<Named>, at: Instant): TeamSizes {
  const above = new Map<Topic, string>();
  for (const { name, partOf } of teams) {
    const team = topicOf('team', name);
    if (team !== undefined && partOf !== undefined && !above.has(team)) above.set(team, partOf);
  }
  const sizes = new Map<Topic, TeamSize>();
  for (const name of people) {
    const team = name === undefined ? undefined : topicOf('team', name);
    if (name === undefined || team === undefined) continue;
    const partOf = above.get(team);
    const counted = sizes.get(team) ?? { team, name: name.trim(), size: 0, ...(partOf !== undefined && { partOf }) };
    sizes.set(team, { ...counted, size: counted.size + 1 });
  }
  return { at, staff: people.length, teams: [...sizes.values()].toSorted((a, b) => (a.team < b.team ? -1 : 1)) };
}

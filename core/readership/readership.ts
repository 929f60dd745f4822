import type { PlainDate } from '../shared/instant.ts';
import { type Topic, topicOf } from '../subscriber/topic.ts';
import type { Reading } from './reading.ts';
import type { TeamSize, TeamSizes } from './team-sizes.ts';
import { type ReadershipWord, rangeOf, roundNumbersTo, smallestTeam, type WordRange } from './words.ts';

/** How far one team read it, or several small ones together. */
export interface TeamReadership {
  /** The teams that it counts. One, or those of a department that are too small by themselves. */
  readonly teams: readonly Topic[];
  readonly name: string;
  readonly word: ReadershipWord;
  /** Somebody pressed that it was useful to them, or that they discussed it. */
  readonly said: readonly ('useful' | 'discussed')[];
}

export interface Readership {
  /** Those of which something can be told, by name. */
  readonly teams: readonly TeamReadership[];
  /** At least so many people read it: 5, 10, 20, 50 and so on. Absent: no number can be told. */
  readonly readers?: number;
}

/**
 * How far a postmortem was read until the end of the day before `today`, so that nobody can tell a
 * reading by looking again and again. Never by person: see docs/adr/088. Without sizes nothing is
 * told. Pure.
 */
export function readershipOf(readings: readonly Reading[], sizes: Omit<TeamSizes, 'at'> | undefined, today: PlainDate): Readership {
  if (!sizes) return { teams: [] };
  const counted = [...new Map(readings.filter(({ on }) => on < today).map((one) => [one.blinded, one])).values()];
  const byTeam = Map.groupBy(counted, ({ team }) => team ?? '');
  const told = groupsOf(sizes.teams).flatMap(({ name, members }) => {
    const read = members.flatMap(({ team }) => byTeam.get(team) ?? []);
    const size = members.reduce((sum, one) => sum + one.size, 0);
    const range = rangeOf(read.length, size);
    if (!range) return [];
    const said = (['useful', 'discussed'] as const).filter((press) => read.some(({ how }) => how === press));
    return [{ size, range, shown: { teams: members.map(({ team }) => team), name, word: range.word, said } }];
  });
  const readers = tellableTotal(counted.length, told, sizes.staff);
  return {
    teams: told.map(({ shown }) => shown).toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
    ...(readers !== undefined && { readers }),
  };
}

interface Group {
  readonly name: string;
  readonly members: readonly TeamSize[];
}

/** Each team that is large enough by itself, and the small ones of a department together. */
function groupsOf(sizes: readonly TeamSize[]): Group[] {
  const isLarge = ({ size }: TeamSize) => size >= smallestTeam;
  const small = Map.groupBy(
    sizes.filter((one) => !isLarge(one) && one.partOf !== undefined),
    ({ partOf = '' }) => topicOf('team', partOf) ?? '',
  );
  return [
    ...sizes.filter(isLarge).map((one) => ({ name: one.name, members: [one] })),
    ...[...small].map(([, members]) => ({ name: `Small teams of ${members[0]?.partOf ?? ''}`, members })),
  ];
}

/**
 * The highest round number that is reached and from which nobody learns more of a team than its
 * word says: if everybody else read who may have, the number leaves room for the word's lowest
 * count. Of everybody in no such team two people at least may not have read.
 */
function tellableTotal(
  count: number,
  told: readonly { readonly size: number; readonly range: WordRange }[],
  staff: number,
): number | undefined {
  const most = told.reduce((sum, { range }) => sum + range.to, 0);
  const unshown = Math.max(0, staff - told.reduce((sum, { size }) => sum + size, 0));
  const addsNothing = (number: number) =>
    told.every(({ range }) => number - (most - range.to) - unshown <= range.from) && number - most <= Math.max(0, unshown - 2);
  return roundNumbersTo(count).find(addsNothing);
}

import { describe, expect, it } from 'vitest';
import { readershipOf } from '../../../core/readership/readership.ts';
import type { Reading } from '../../../core/readership/reading.ts';
import { countedTeams } from '../../../core/readership/team-sizes.ts';
import { wordRanges } from '../../../core/readership/words.ts';
import { topicOf } from '../../../core/subscriber/topic.ts';
import { seededRandom } from '../../support/seeded-random.ts';

interface Person {
  readonly team: string;
  readonly sid: string;
  /** The day of the month on which they read it. */
  readonly on: number | undefined;
}

const day = (n: number): string => `2026-11-${String(n).padStart(2, '0')}`;
const days = Array.from({ length: 28 }, (_, n) => n + 2);

const twelve = Array.from({ length: 12 }, (_, n) => n + 1);

/** Teams of these sizes, of which some people read a postmortem on some day of a month. */
function aMonth(seed: number, sizes: readonly number[] = twelve) {
  const random = seededRandom(seed);
  const eagerness = random();
  return sizes.flatMap((size): Person[] => {
    const teamEagerness = random() < 0.2 ? 1 : eagerness * random() * 2;
    return Array.from({ length: size }, (_, m) => ({
      team: `Team ${size}`,
      sid: `${size}-${m}`.padStart(32, '0'),
      on: random() < teamEagerness ? 1 + Math.floor(28 * random() ** 2) : undefined,
    }));
  });
}

const sizesOf = (people: readonly Person[]) =>
  countedTeams(
    people.map(({ team }) => team),
    ['Team 2', 'Team 3'].map((name) => ({ name, partOf: 'Commerce' })),
    '2026-11-30T08:00:00Z',
  );

type Report = ReturnType<typeof readershipOf>;
const reportOn = (people: readonly Person[], today: number): Report => {
  const read = people.flatMap(({ team, sid, on }): Reading[] =>
    on === undefined || on > today ? [] : [{ postmortem: 'pm-1', blinded: sid, team: topicOf('team', team), on: day(on), how: 'page' }],
  );
  return readershipOf(read, sizesOf(people), day(today));
};

/** What is told together, by the rule. */
const groupsIn = (people: readonly Person[]): string[][] => {
  const small = ['Team 2', 'Team 3'];
  const large = twelve.filter((size) => size >= 5).map((size) => [`Team ${size}`]);
  const isThere = (name: string) => people.some(({ team }) => team === name);
  return [...(small.every(isThere) ? [small] : []), ...large.filter(([name = '']) => isThere(name))];
};
const groups = groupsIn(aMonth(0));
const nameOf = (group: readonly string[]) => (group.length > 1 ? 'Small teams of Commerce' : (group[0] ?? ''));
const months = Array.from({ length: 60 }, (_, n) => aMonth(n + 1));

describe('reports of each day of a month', () => {
  it('are what was so at the end of the day before, and of no small team', () => {
    for (const people of months) {
      for (const today of days) {
        const report = reportOn(people, today);
        expect(report.teams.map(({ name }) => name).toSorted()).toEqual(groups.map(nameOf).toSorted());
        for (const group of groups) {
          const of = people.filter(({ team }) => group.includes(team));
          const count = of.filter(({ on }) => on !== undefined && on < today).length;
          const range = wordRanges(of.length).find(({ from, to }) => from <= count && count <= to);
          expect(report.teams.find(({ name }) => name === nameOf(group))?.word).toBe(range?.word);
        }
        expect(report.readers ?? 0).toBeLessThanOrEqual(people.filter(({ on }) => on !== undefined && on < today).length);
      }
    }
  });

  it('are the same whoever of a team it was', () => {
    for (const people of months.slice(0, 20)) {
      // Everybody's reading is somebody else's of the same team.
      const swapped = [...Map.groupBy(people, ({ team }) => team).values()].flatMap((team) =>
        team.map((person, n) => ({ ...person, on: team[(n + 1) % team.length]?.on })),
      );
      for (const today of days) expect(reportOn(swapped, today)).toEqual(reportOn(people, today));
    }
  });
});

/**
 * What follows for sure of one group from the reports of all days: how many of it read it at least.
 * The attacker knows who is in which team, who read, if they are told it of themselves, and the
 * rule by which the number of readers is told.
 */
function leastOf(
  group: readonly string[],
  groups: readonly (readonly string[])[],
  people: readonly Person[],
  reports: readonly Report[],
): number {
  const sizeOf = (names: readonly string[]) => people.filter(({ team }) => names.includes(team)).length;
  const shown = groups.flat();
  const unshown = people.filter(({ team }) => !shown.includes(team)).length;
  let least = 0;
  for (const { teams, readers = 0 } of reports) {
    const rangeOf = (names: readonly string[]) => {
      const word = teams.find(({ name }) => name === nameOf(names))?.word;
      return wordRanges(sizeOf(names)).find((range) => range.word === word) ?? expect.unreachable();
    };
    const others = groups.filter((one) => one !== group).reduce((sum, one) => sum + rangeOf(one).to, 0);
    least = Math.max(least, rangeOf(group).from, readers - others - unshown);
  }
  return least;
}

it('leave it open of each person whether they read it, also to who knows of themselves', () => {
  const told: string[] = [];
  const companies = [[5], [6], [9], [12], [5, 6], [6, 7, 1], [4, 6], [2, 3, 6], [1, 1, 11], twelve];
  for (const [n, sizes] of companies.flatMap((one) => Array.from({ length: 12 }, () => one)).entries()) {
    const people = aMonth(1000 + n, sizes);
    const known = groupsIn(people);
    const reports = days.map((today) => reportOn(people, today));
    for (const group of known) {
      const size = people.filter(({ team }) => group.includes(team)).length;
      // Whoever did not read knows of one more who did not. Two must be left who may not have.
      if (leastOf(group, known, people, reports) > size - 2) told.push(`${sizes}: ${nameOf(group)}`);
    }
  }
  expect(told).toEqual([]);
});

it('change seldom when one more person reads, and then say only that somebody did', () => {
  let readings = 0;
  let edges = 0;
  for (const people of months) {
    for (const today of days.slice(1)) {
      const [before, after] = [reportOn(people, today - 1), reportOn(people, today)];
      for (const group of groups) {
        const came = people.filter(({ team, on }) => group.includes(team) && on === today - 1).length;
        const wordOf = (report: typeof before) => report.teams.find(({ name }) => name === nameOf(group))?.word;
        const isEdge = wordOf(before) !== wordOf(after);
        if (isEdge) expect(came).toBeGreaterThan(0);
        readings += came;
        edges += Number(isEdge);
      }
    }
  }
  // About every third, because the teams have twelve people at most.
  expect({ readings, edges }).toEqual({ readings: 1940, edges: 683 });
});

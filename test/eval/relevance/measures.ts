import { seededRandom } from '../../support/seeded-random.ts';

/** What a ranking says of one incident: teams by their names, the most relevant first. */
export interface Ranked {
  readonly teams: readonly { readonly team: string; readonly shown: boolean; readonly atOnce?: boolean }[];
}
export type Grades = ReadonlyMap<string, 1 | 2>;
/** One incident: its labels and what a ranking says. */
export interface Judged extends Ranked {
  readonly grades: Grades;
}

export const measures = {
  /** Of the first three places, over incidents with a label. A place that stays empty is a miss. */
  'P@3': (judged) => mean(labelled(judged).map(({ teams, grades }) => teams.slice(0, 3).filter(({ team }) => grades.has(team)).length / 3)),
  'P@3, grade 2 alone': (judged) =>
    mean(
      judged
        .filter(({ grades }) => [...grades.values()].includes(2))
        .map(({ teams, grades }) => teams.slice(0, 3).filter(({ team }) => grades.get(team) === 2).length / 3),
    ),
  MRR: (judged) =>
    mean(
      labelled(judged).map(({ teams, grades }) => {
        const first = teams.findIndex(({ team }) => grades.has(team));
        return first < 0 ? 0 : 1 / (first + 1);
      }),
    ),
  /** Of the teams that are shown, those with a label. Incidents without a label count. */
  'shown: precision': (judged) => {
    const shown = judged.flatMap(({ teams, grades }) => teams.filter((one) => one.shown).map(({ team }) => grades.has(team)));
    return mean(shown.map(Number));
  },
  /** Of the teams that are told at once where they wish it, those with a label. */
  'at once: precision': (judged) =>
    mean(judged.flatMap(({ teams, grades }) => teams.filter((one) => one.atOnce).map(({ team }) => Number(grades.has(team))))),
  /** Of the labelled teams, those that are shown. */
  'shown: recall': (judged) =>
    mean(
      judged.flatMap(({ teams, grades }) => [...grades.keys()].map((team) => Number(teams.some((one) => one.shown && one.team === team)))),
    ),
  /** Of the incidents with a label, those of which a labelled team is told. */
  'labelled incidents shown': (judged) =>
    mean(labelled(judged).map(({ teams, grades }) => Number(teams.some(({ team, shown }) => shown && grades.has(team))))),
  /** Of the incidents without a label, those of which nobody is told. */
  'abstains rightly': (judged) =>
    mean(judged.filter(({ grades }) => grades.size === 0).map(({ teams }) => Number(!teams.some(({ shown }) => shown)))),
} satisfies Record<string, (judged: readonly Judged[]) => number>;
export type Measure = keyof typeof measures;

const labelled = (judged: readonly Judged[]): Judged[] => judged.filter(({ grades }) => grades.size > 0);
const mean = (values: readonly number[]): number => (values.length === 0 ? Number.NaN : values.reduce((a, b) => a + b, 0) / values.length);

export interface Interval {
  readonly from: number;
  readonly to: number;
}

const resamples = 10_000;

/**
 * 95 % of a measure's values, by drawing incidents again with replacement (bootstrap). With
 * `against`, of the difference: both rankings are measured on the same draw.
 */
export function intervalOf(measure: Measure, judged: readonly Judged[], against?: readonly Judged[], seed = 19): Interval {
  const random = seededRandom(seed);
  const values: number[] = [];
  for (let n = 0; n < resamples; n += 1) {
    const draw = judged.map(() => Math.floor(random() * judged.length));
    const of = (all: readonly Judged[]) => measures[measure](draw.flatMap((i) => all[i] ?? []));
    const value = of(judged) - (against ? of(against) : 0);
    if (!Number.isNaN(value)) values.push(value);
  }
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { from: at(0.025), to: at(0.975) };
}

/** Cohen's kappa of two people's classes for the same things. */
export function kappaOf(pairs: readonly (readonly [number, number])[]): number {
  const share = (wanted: (pair: readonly [number, number]) => boolean) => pairs.filter(wanted).length / pairs.length;
  const classes = [...new Set(pairs.flat())];
  const agreed = share(([a, b]) => a === b);
  const byChance = classes.reduce((sum, one) => sum + share(([a]) => a === one) * share(([, b]) => b === one), 0);
  return byChance === 1 ? 1 : (agreed - byChance) / (1 - byChance);
}

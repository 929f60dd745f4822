import { Temporal } from 'temporal-polyfill';
import { localDay, midnight, type Period } from '../calendar/period.ts';
import { type Severity, severities } from '../postmortem/postmortem.ts';
import type { ListedEntry } from '../search/search-entry.ts';
import type { Taxonomy } from '../taxonomy/compile.ts';
import type { TermKind } from '../taxonomy/term.ts';

/** How often something was named, by at least two postmortems. */
export interface Often {
  /** As it is printed. */
  readonly name: string;
  readonly times: number;
}

export interface YearContent {
  readonly year: number;
  readonly total: number;
  /** The severities that occurred, the gravest first. */
  readonly bySeverity: readonly { readonly severity: Severity; readonly count: number }[];
  /** Twelve counts, January first. */
  readonly byMonth: readonly number[];
  readonly failureModes: readonly Often[];
  readonly technologies: readonly Often[];
  readonly services: readonly Often[];
  /** The gravest, at most ten, in the order of the year. */
  readonly gravest: readonly ListedEntry[];
}

const mostNamed = 8;
const mostListed = 10;
const isOften = 2;

/**
 * The year of an organisation in what its engineers were told, in its zone: what may be told now,
 * by the day of publication. It counts what failed, and compares no teams.
 */
export function yearContent(year: number, entries: readonly ListedEntry[], zone: string, taxonomy: Taxonomy): YearContent {
  const [start, end] = [midnight(new Temporal.PlainDate(year, 1, 1), zone), midnight(new Temporal.PlainDate(year + 1, 1, 1), zone)].map(
    Date.parse,
  );
  const own = entries.filter(({ publishedAt }) => Date.parse(publishedAt) >= (start ?? 0) && Date.parse(publishedAt) < (end ?? 0));
  const termsOf = (kind: TermKind) =>
    own.map(({ terms = [] }) =>
      terms.flatMap((id) => (taxonomy.terms.get(id)?.kind === kind ? (taxonomy.terms.get(id)?.label ?? []) : [])),
    );
  const gravestFirst = own.toSorted(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || Date.parse(b.publishedAt) - Date.parse(a.publishedAt),
  );
  return {
    year,
    total: own.length,
    bySeverity: severities.flatMap((severity) => {
      const count = own.filter((one) => one.severity === severity).length;
      return count > 0 ? [{ severity, count }] : [];
    }),
    byMonth: Array.from(
      { length: 12 },
      (_, n) => own.filter(({ publishedAt }) => localDay(new Date(publishedAt), zone).month === n + 1).length,
    ),
    failureModes: mostOften(termsOf('failure mode')),
    technologies: mostOften(termsOf('technology')),
    services: mostOften(own.map(({ services }) => services)),
    gravest: gravestFirst.slice(0, mostListed).toSorted((a, b) => Date.parse(a.publishedAt) - Date.parse(b.publishedAt)),
  };
}

/** Each name counts once a postmortem. */
function mostOften(named: readonly (readonly string[])[]): Often[] {
  const counts = new Map<string, number>();
  for (const names of named) for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .filter(([, times]) => times >= isOften)
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, mostNamed)
    .map(([name, times]) => ({ name, times }));
}

/**
 * The year that a weekly edition looks back on: the one that ended in its week, or in the week
 * before it ended. Undefined for every edition but the first of a January.
 */
export function yearJustOver({ end }: Pick<Period, 'end'>, zone: string): number | undefined {
  const { year, month, day } = localDay(new Date(end), zone);
  return month === 1 && day <= 7 ? year - 1 : undefined;
}

/** `~2026`: where a postmortem's id could stand, and is none. */
export const pathOfYear = (year: number): string => `~${year}`;

/** The year of such a path. Undefined for every other text, and for years before computers. */
export function yearOfPath(text: string): number | undefined {
  const [, year] = /^~((?:19|20|21)\d\d)$/.exec(text) ?? [];
  return year === undefined ? undefined : Number(year);
}

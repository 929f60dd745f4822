import * as z from 'zod';
import { printShortLength } from '../calendar/print.ts';
import type { PeriodKind } from '../calendar/recurring.ts';
import { minuteMs } from '../shared/duration.ts';
import { Line } from './card-content.ts';
import {
  type FiguredPeriod,
  type FigureTrend,
  type KnownFigure,
  knownOfHowMany,
  type PeriodFigure,
  type PeriodWithoutData,
  periodFigures,
  trendOf,
} from './period-figures.ts';
import { printNumber } from './prose.ts';

const Cell = z.strictObject({
  value: Line,
  /** `9 of 13`: of how many incidents it is known. Absent: of all. */
  known: Line.optional(),
});

/** What incidents cost customers and how fast they were noticed and mitigated, period by period. */
export const FiguresTable = z.strictObject({
  heading: Line,
  intro: Line,
  columns: z.array(Line),
  rows: z.array(
    z.strictObject({
      period: Line,
      cells: z.array(Cell),
    }),
  ),
});
export type FiguresTable = z.infer<typeof FiguresTable>;

type Figured = FiguredPeriod | PeriodWithoutData;
const isFigured = (one: Figured): one is FiguredPeriod => !('hasNoData' in one);

/**
 * Undefined if fewer than two of the periods know any of the figures: one alone shows no trend.
 * `figures`: oldest first.
 */
export function figuresContent(kind: PeriodKind, figures: readonly Figured[]): FiguresTable | undefined {
  const known = figures.filter((one) => isFigured(one) && periodFigures.some((name) => one[name].known > 0));
  if (known.length < 2) return undefined;
  const isPartly = figures.some((one) => isFigured(one) && periodFigures.some((name) => knownOfHowMany(one[name]) !== undefined));
  return FiguresTable.parse({
    heading: 'What incidents cost, and how fast we were',
    intro: `Incidents count when their postmortem is published. Times are medians.${isPartly ? ' Beside a figure stands of how many incidents it is known, if not of all.' : ''}`,
    columns: [kind === 'month' ? 'Month' : 'Week', 'Customer minutes', 'Until noticed', 'Until mitigated'],
    // Months before the first postmortem would only fill.
    rows: figures.filter(isFigured).map((one) => ({
      period: one.period.short,
      cells: periodFigures.map((name) => cellOf(name, one[name])),
    })),
  });
}

function cellOf(name: PeriodFigure, { value, known, of }: KnownFigure): z.input<typeof Cell> {
  if (value === undefined) return { value: of === 0 ? '–' : 'not known' };
  return { value: printFigure(name, value), ...(known < of && { known: `${known} of ${of}` }) };
}

const million = 1_000_000;
const printFigure = (name: PeriodFigure, value: number): string =>
  name === 'customerMinutes' ? printLarge(Math.round(value)) : printShortLength(value * minuteMs);
/** `3,180`, `4.9 M`: a column and a phone are narrow. */
const printLarge = (n: number): string => (n < million ? printNumber(n) : `${printNumber(Math.round(n / 100_000) / 10)} M`);

/**
 * The customer minutes of the last period, with their trend and of how many incidents they are
 * known. Undefined if they are known of none.
 */
export function customerMinutesStat(figures: readonly Figured[], formerly: string): { value: string; label: string } | undefined {
  const told = figures.at(-1);
  if (!told || !isFigured(told)) return undefined;
  const { value, known } = told.customerMinutes;
  if (value === undefined || known === 0) return undefined;
  const parts = ['customer minutes lost', trendWords(trendOf('customerMinutes', figures), formerly), knownOfHowMany(told.customerMinutes)];
  return { value: printFigure('customerMinutes', value), label: parts.filter(Boolean).join(', ') };
}

/** `down 38 %`, `as in October`, `0 in October`. */
function trendWords(trend: FigureTrend | undefined, formerly: string): string | undefined {
  if (!trend) return undefined;
  if (trend.percent === undefined) return `${printFigure('customerMinutes', trend.before)} ${formerly}`;
  if (trend.percent === 0) return `as ${formerly}`;
  return `${trend.percent < 0 ? 'down' : 'up'} ${printNumber(Math.abs(trend.percent))} %`;
}

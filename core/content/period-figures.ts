import { isWithin, type Period } from '../calendar/period.ts';
import type { Postmortem } from '../postmortem/postmortem.ts';
import { customersHarmed } from '../rendition/has-customer-impact.ts';
import type { LeadershipRendition } from '../rendition/leadership-rendition.ts';
import { minuteMs } from '../shared/duration.ts';
import { lengthOf, median, timeToDetect, timeToMitigate } from './incident-time.ts';

/**
 * What is known of an incident, as lists have it. Whatever its document does not tell is absent.
 */
export interface FiguredIncident extends Pick<Postmortem, 'publishedAt'> {
  readonly minutesToDetect?: number | undefined;
  readonly minutesToMitigate?: number | undefined;
  readonly minutesOfHarm?: number | undefined;
  readonly customersAffected?: number | undefined;
}

/**
 * Customer minutes: the customers that an incident affected, times the minutes of its harm, added
 * up. The other two are medians, in minutes.
 */
export const periodFigures = ['customerMinutes', 'minutesToDetect', 'minutesToMitigate'] as const;
export type PeriodFigure = (typeof periodFigures)[number];

export interface KnownFigure {
  /** Absent if it is known of no incident. */
  readonly value?: number;
  /** Of how many incidents it is known. */
  readonly known: number;
  /** How many incidents there were. */
  readonly of: number;
}

export interface FiguredPeriod extends Readonly<Record<PeriodFigure, KnownFigure>> {
  readonly period: Period;
}
/** A period before the first postmortem. It had incidents that nobody wrote about. */
export interface PeriodWithoutData {
  readonly period: Period;
  readonly hasNoData: true;
}

/** The same of what a brief shows in full. */
export const figuredRendition = (pm: LeadershipRendition): FiguredIncident => {
  const { publishedAt, impact, customersAffected, externallyVisible } = pm;
  const minutes = (length: number | undefined) => (length === undefined ? undefined : length / minuteMs);
  return {
    publishedAt,
    minutesToDetect: minutes(timeToDetect(pm)),
    minutesToMitigate: minutes(timeToMitigate(pm)),
    minutesOfHarm: minutes(lengthOf(pm)),
    customersAffected: customersHarmed({ text: impact, customersAffected, externallyVisible }),
  };
};

/**
 * The figures of each period, by when postmortems were published. `incidents` may reach back
 * further than the periods. Without any before the end of a period, it has no data.
 */
export function figuresByPeriod(periods: readonly Period[], incidents: readonly FiguredIncident[]): (FiguredPeriod | PeriodWithoutData)[] {
  const first = Math.min(...incidents.map(({ publishedAt }) => (publishedAt === undefined ? Infinity : Date.parse(publishedAt))));
  return periods.map((period) => {
    if (Date.parse(period.end) <= first) return { period, hasNoData: true };
    const own = incidents.filter(({ publishedAt }) => publishedAt !== undefined && isWithin(period, publishedAt));
    const middle = (name: 'minutesToDetect' | 'minutesToMitigate') => figure(own, (incident) => incident[name], median);
    return {
      period,
      customerMinutes: figure(own, customerMinutesOf, sum),
      minutesToDetect: middle('minutesToDetect'),
      minutesToMitigate: middle('minutesToMitigate'),
    };
  });
}

/** An incident that affected nobody took nobody's time, however long it was. */
const customerMinutesOf = ({ customersAffected, minutesOfHarm }: FiguredIncident): number | undefined =>
  customersAffected === 0
    ? 0
    : customersAffected === undefined || minutesOfHarm === undefined
      ? undefined
      : customersAffected * minutesOfHarm;

function figure(
  incidents: readonly FiguredIncident[],
  knownOf: (incident: FiguredIncident) => number | undefined,
  together: (values: readonly number[]) => number | undefined,
): KnownFigure {
  const values = incidents.map(knownOf).filter((value) => value !== undefined);
  const value = values.length === 0 && incidents.length > 0 ? undefined : together(values);
  return { ...(value !== undefined && { value }), known: values.length, of: incidents.length };
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export interface FigureTrend {
  /** Of the period before. */
  readonly before: number;
  /** Whole percent by which it rose; below zero, it fell. Absent if it was 0 before. */
  readonly percent?: number;
}

/**
 * How a figure of the last period stands beside that of the period before. Undefined if one of
 * them is missing, or is known of fewer than half of its incidents, because the two would then tell
 * what was written down and not what happened. `figures`: oldest first.
 */
export function trendOf(name: PeriodFigure, figures: readonly (FiguredPeriod | PeriodWithoutData)[]): FigureTrend | undefined {
  const [now, before] = figures.toReversed().map((one) => ('hasNoData' in one ? undefined : comparable(one[name])));
  if (now === undefined || before === undefined) return undefined;
  return { before, ...(before > 0 && { percent: Math.round((100 * (now - before)) / before) }) };
}
const comparable = ({ value, known, of }: KnownFigure): number | undefined => (known * 2 >= of ? value : undefined);

/** `known of 9 of 13 incidents`. Undefined if it is known of all of them. */
export const knownOfHowMany = ({ known, of }: KnownFigure): string | undefined =>
  known === of ? undefined : `known of ${known} of ${of} ${of === 1 ? 'incident' : 'incidents'}`;

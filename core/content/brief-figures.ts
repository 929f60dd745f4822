import { isOpen, type PromisedAction } from '../action/action.ts';
import type { DecidedAction } from '../action/decided.ts';
import type { Period } from '../calendar/period.ts';
import { daysLate, printMonth, printShortLength } from '../calendar/print.ts';
import { type PeriodKind, periodsUpTo } from '../calendar/recurring.ts';
import { type SeverityLabels, severityLabels } from '../distribution/severity-label.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { LeadershipRendition } from '../rendition/leadership-rendition.ts';
import { minuteMs } from '../shared/duration.ts';
import { type AskedDecision, askedDecisions, postmortemsOf, type SignedReview } from './brief-decisions-content.ts';
import { mostRows } from './brief-list.ts';
import { confirmedOf, namedByRepeats, type Repeated } from './brief-repeats-content.ts';
import { type AwaitedPostmortem, inOrderOfAge, oldestDays, type WaitingReview } from './brief-reviews-content.ts';
import type { BriefNews } from './brief-words.ts';
import type { CorrectionsContent } from './corrections-content.ts';
import type { Stat } from './digest-content.ts';
import { customerMinutesStat } from './figures-content.ts';
import { timeToMitigate } from './incident-time.ts';
import { type Counted, chartPeriods, countByPeriod, medianOfSeveral, type PeriodCounts } from './period-counts.ts';
import { type FiguredIncident, type FiguredPeriod, figuredRendition, figuresByPeriod, type PeriodWithoutData } from './period-figures.ts';
import { overdueOf, type Punctuality, punctualityIn } from './promise-figures.ts';
import { printNumber } from './prose.ts';

/** The figures of a period beside those of the period before. */
export interface BriefFigures {
  /** Oldest first, the reported period last. */
  readonly counts: readonly PeriodCounts[];
  readonly news: BriefNews;
  readonly open: readonly PromisedAction[];
  readonly overdue: readonly PromisedAction[];
  readonly punctuality: Punctuality;
  /** What incidents cost and how fast they were over, of the same periods. */
  readonly figured: readonly (FiguredPeriod | PeriodWithoutData)[];
  /** The longest asked first. */
  readonly asked: readonly AskedDecision[];
}

export function briefFigures(input: BriefInput): BriefFigures {
  const { kind, period, promises, leadership, now, organisation, labels = severityLabels } = input;
  const { zone } = organisation;
  const counts = countPeriods(input);
  const [told, before] = counts.toReversed();
  if (!told) throw new Error('a chart has at least the told period');
  const open = promises.filter(isOpen);
  const overdue = overdueOf(open, now, zone);
  const punctuality = punctualityIn(period, promises, now, zone);
  const punctualityBefore = before && punctualityIn(before.period, promises, now, zone);
  const longest = overdue[0]?.due;
  const confirmed = confirmedOf(input.repeated ?? []);
  const asked = askedDecisions(leadership?.actions ?? [], leadership?.reviews ?? []);
  return {
    counts,
    open,
    overdue,
    punctuality,
    figured: figuresByPeriod(
      counts.map((one) => one.period),
      [...input.earlier, ...input.grave.map(figuredRendition), ...input.lesser],
    ),
    asked,
    news: {
      kind,
      labels,
      told,
      // Before the first postmortem ever, there is nothing to compare with.
      before: counts.slice(0, -1).some(({ total }) => total > 0) ? before : undefined,
      formerly: kind === 'month' && before ? `in ${printMonth(before.period.start, now, zone)}` : `the ${kind} before`,
      onTime: punctuality.onTime,
      onTimeBefore: punctualityBefore?.onTime,
      dueBefore: punctualityBefore?.due.length ?? 0,
      corrections: input.corrections,
      repeated: { count: confirmed.length, postmortems: namedByRepeats(confirmed) },
      lateReviews: lateOf(leadership?.reviews ?? [], now, zone),
      lateAwaited: lateAwaitedOf(leadership?.awaited ?? [], now, zone),
      overdue: { count: overdue.length, longestDays: longest ? daysLate(longest, now, zone) : 0 },
      waiting: waitingOf(asked, leadership?.reviews ?? [], now, zone),
    },
  };
}

/** `postmortems`: only those that are listed, because the list says that they are drafts. */
function lateAwaitedOf(awaited: readonly AwaitedPostmortem[], now: Date, zone: string): BriefNews['lateAwaited'] {
  const listed = new Set(
    inOrderOfAge(awaited)
      .slice(0, mostRows)
      .map(({ postmortem }) => postmortem),
  );
  const late = lateOf(awaited, now, zone);
  return { ...late, postmortems: late.postmortems.filter((id) => listed.has(id)) };
}

type Due = Pick<WaitingReview, 'postmortem' | 'dueOn'>;

function lateOf(all: readonly Due[], now: Date, zone: string): BriefNews['lateReviews'] {
  const late = all.filter(({ dueOn }) => daysLate(dueOn, now, zone) > 0);
  return {
    count: late.length,
    longestDays: Math.max(0, ...late.map(({ dueOn }) => daysLate(dueOn, now, zone))),
    postmortems: postmortemsOf(late),
  };
}

/** What the headline says waits: decisions, or else reviews. */
function waitingOf(asked: readonly AskedDecision[], reviews: readonly WaitingReview[], now: Date, zone: string): BriefNews['waiting'] {
  const since = asked.length > 0 ? asked.map((one) => one.since) : reviews.map(({ openedAt }) => openedAt);
  if (since.length === 0) return undefined;
  return {
    noun: asked.length > 0 ? 'decision' : 'review',
    count: since.length,
    oldestDays: oldestDays(since, now, zone),
    postmortems: postmortemsOf(asked.length > 0 ? asked.map(({ action }) => action) : reviews),
  };
}

/** Counts the reported period from what the brief shows, and the earlier ones from the index. */
function countPeriods({ kind, period, organisation, grave, lesser, earlier }: BriefInput): PeriodCounts[] {
  const told = grave.map((pm) => {
    const mitigation = timeToMitigate(pm);
    return { ...pm, minutesToMitigate: mitigation === undefined ? undefined : mitigation / minuteMs };
  });
  const before = periodsUpTo(kind, period, chartPeriods[kind], organisation.zone).slice(0, -1);
  return [...countByPeriod(before, earlier), ...countByPeriod([period], [...told, ...lesser])];
}

/** At most four figures, each beside the previous one, and only those that the data supports. */
export function briefStats({ news, open, overdue, punctuality, figured }: BriefFigures): Stat[] {
  const { told, before, formerly, labels } = news;
  const beside = (value: string | undefined) => (value === undefined ? '' : `, ${value} ${formerly}`);
  const countBeside = (count: (period: PeriodCounts) => number) => beside(before && printNumber(count(before)));
  const grave = ({ of }: PeriodCounts) => of('sev1', 'sev2');
  const minutes = (period: PeriodCounts | undefined) => {
    const median = period && medianOfSeveral(period.minutesToMitigate);
    return median === undefined ? undefined : printShortLength(median * minuteMs);
  };
  const percent = (share: number | undefined) => (share === undefined ? undefined : `${share} %`);
  const shareBefore = percent(news.onTimeBefore);
  const mitigated = minutes(told);
  const onTime = percent(news.onTime);
  const due = punctuality.due.length;

  const figures: Stat[] = [];
  if (told.total > 0 || before) {
    figures.push({
      value: printNumber(told.total),
      label: `${told.total === 1 ? 'incident' : 'incidents'}${countBeside(({ total }) => total)}`,
    });
    figures.push({ value: printNumber(grave(told)), label: `${labels.sev1} or ${labels.sev2}${countBeside(grave)}` });
  }
  const lost = customerMinutesStat(figured, formerly);
  if (lost) figures.push(lost);
  else if (mitigated) figures.push({ value: mitigated, label: `to mitigate, median${beside(minutes(before))}` });
  if (onTime) {
    const promises = `${printNumber(due)} ${due === 1 ? 'promise' : 'promises'}`;
    figures.push({
      value: onTime,
      label: `of ${promises} kept on time${beside(shareBefore && `${shareBefore} of ${printNumber(news.dueBefore)}`)}${leftOut(punctuality)}`,
    });
  }
  if (figures.length < 4 && open.length > 0) {
    const late = overdue.length > 0 ? `, ${printNumber(overdue.length)} overdue` : '';
    figures.push({ value: printNumber(open.length), label: `${open.length === 1 ? 'action' : 'actions'} open${late}` });
  }
  return figures;
}

/** Nobody knows whether they were done in time, so they are in neither number. */
const leftOut = ({ unknown }: Punctuality): string =>
  unknown > 0 ? `, without ${printNumber(unknown)} done before ${unknown === 1 ? 'it was' : 'they were'} told of` : '';

type BriefCounted = Counted & FiguredIncident;

/** What waits for leadership, and what it decided. Only what may be shown. */
export interface LeadershipAsked {
  readonly reviews: readonly WaitingReview[];
  readonly awaited: readonly AwaitedPostmortem[];
  /** Reviews that were signed lately while actions had no decision. Absent: none. */
  readonly signed?: readonly SignedReview[];
  /** Every open action, and every action closed since the first month of the table. */
  readonly actions: readonly DecidedAction[];
}

/** The input of a leadership brief: leadership renditions, counts and promises. */
export interface BriefInput {
  readonly organisation: { readonly name: string; readonly zone: string };
  /** Absent: the default labels. */
  readonly labels?: SeverityLabels | undefined;
  readonly kind: PeriodKind;
  readonly period: Period;
  /** Sev-1 and Sev-2 published in the period, most severe first, then newest. */
  readonly grave: readonly LeadershipRendition[];
  /** The same from earlier periods, carried by no brief yet. */
  readonly late: readonly LeadershipRendition[];
  /** Everything else that was published in the period. */
  readonly lesser: readonly (BriefCounted & { readonly id: PostmortemId })[];
  /**
   * Everything published before the period that may be shown, as far back as the chart goes. Older
   * entries are ignored.
   */
  readonly earlier: readonly BriefCounted[];
  /** Every open action, and every action closed since the first month of the table. */
  readonly promises: readonly PromisedAction[];
  /** Incidents of the brief that an earlier postmortem tells of. */
  readonly repeated?: readonly Repeated[] | undefined;
  /** What leadership is asked, and was asked. Absent: it reviews nothing. */
  readonly leadership?: LeadershipAsked | undefined;
  /** How far each of them was read, see readByWords. Of what nobody read there is none. */
  readonly readBy?: ReadonlyMap<PostmortemId, string>;
  /** What earlier briefs said wrongly. */
  readonly corrections?: CorrectionsContent | undefined;
  readonly now: Date;
}

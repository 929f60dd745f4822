import * as z from 'zod';
import type { Period } from '../calendar/period.ts';
import { printShortLength } from '../calendar/print.ts';
import { type PeriodKind, periodsUpTo } from '../calendar/recurring.ts';
import { type SeverityLabels, severityLabels } from '../distribution/severity-label.ts';
import { PostmortemId } from '../postmortem/postmortem.ts';
import type { Unread } from '../readership/unread-by.ts';
import type { Relevance } from '../relevance/relevance.ts';
import type { EngineeringRendition } from '../rendition/engineering-rendition.ts';
import { minuteMs } from '../shared/duration.ts';
import type { Taxonomy } from '../taxonomy/compile.ts';
import { CardContent, cardContent, Line, type Telling } from './card-content.ts';
import { ChartContent, chartContent } from './chart-content.ts';
import { CorrectionsContent } from './corrections-content.ts';
import { countedIn, digestSubject, headline } from './digest-words.ts';
import { roughLengthOf, timeToMitigate } from './incident-time.ts';
import {
  type Counted,
  chartPeriods,
  countByPeriod,
  medianOfSeveral,
  type PeriodCounts,
  usualMinutesToMitigate,
  usualTotal,
} from './period-counts.ts';
import { type OpenAction, overdueCount, PromisedContent, promisedContent, type ToldAction } from './promised-content.ts';
import { capitalised, counted, inWords, printNumber } from './prose.ts';
import { RelevantContent, relevantContent } from './relevant-content.ts';
import { yearJustOver } from './year-content.ts';

export const Stat = z.strictObject({ value: Line, label: Line });
export type Stat = z.infer<typeof Stat>;

/**
 * A digest as ready-made strings: no dates, no numbers except the chart's counts, nothing left to
 * decide. Parsing it sanitises every string again.
 */
export const DigestContent = z.strictObject({
  subject: Line,
  preheader: Line,
  organisation: Line,
  period: Line,
  headline: Line,
  /**
   * The subject and headline to use once any postmortem of the news is withheld after composing.
   * Counts and figures go too: "one of them Sev-1" or "longest, payments" would still reveal it.
   */
  named: z.strictObject({ postmortems: z.array(PostmortemId).min(1), subject: Line, headline: Line }).optional(),
  /** Under the headline of a quiet week, or of a week with more than fits in one mail. */
  notice: Line.optional(),
  stats: z.array(Stat),
  /** Removed with the figures once any of the news is withheld. */
  chart: ChartContent.optional(),
  sections: z.array(
    z.strictObject({
      name: z.string(),
      heading: Line.optional(),
      intro: Line.optional(),
      cards: z.array(CardContent),
      /** Readers of other teams do not get its cards. */
      onlyForTeams: z.literal(true).optional(),
    }),
  ),
  /** What comes first for the members of each team. */
  relevant: z.array(RelevantContent).optional(),
  /** The year that is just over, which has a page of its own. */
  year: z.int().optional(),
  corrections: CorrectionsContent.optional(),
  promised: PromisedContent.optional(),
});
export type DigestContent = z.infer<typeof DigestContent>;

export interface DigestInput {
  readonly organisation: { readonly name: string; readonly zone: string };
  /** Absent: the default labels. */
  readonly labels?: SeverityLabels | undefined;
  readonly taxonomy?: Taxonomy | undefined;
  /** The kind of period that the digest covers. Default: a week. */
  readonly kind?: PeriodKind | undefined;
  readonly week: Period;
  /** Published in the week, most severe first, then newest. */
  readonly fresh: readonly EngineeringRendition[];
  /** Published before, carried by no edition yet. In the same order. */
  readonly late: readonly EngineeringRendition[];
  /**
   * If one mail cannot hold all: how many wait for the next, and everything that was published in
   * the week.
   */
  readonly untold?: { readonly published: readonly Counted[]; readonly waiting: number } | undefined;
  /**
   * Everything published before the period that may be shown, carried or not, as far back as the
   * chart goes. Older entries are ignored.
   */
  readonly earlier: readonly Counted[];
  /** Of a quiet week: what is told again, and why. */
  readonly memory?: { readonly why: MemoryReason; readonly told: readonly EngineeringRendition[] } | undefined;
  /** Of the week before: what nobody in some teams read, and by team what it is. */
  readonly unread?: { readonly told: readonly EngineeringRendition[]; readonly of: readonly Unread[] } | undefined;
  /** What earlier digests said wrongly. */
  readonly corrections?: CorrectionsContent | undefined;
  /** To whom the postmortems of the digest matter, of those of which it is known. */
  readonly relevance?: readonly Relevance[] | undefined;
  /** The same failure before, by the later postmortem. */
  readonly before?: ReadonlyMap<PostmortemId, NonNullable<CardContent['before']>> | undefined;
  /** All open actions. */
  readonly openActions: readonly OpenAction[];
  /** Actions kept in the week and promised before it. */
  readonly keptActions: readonly ToldAction[];
  readonly now: Date;
}

/** Why a quiet week tells a postmortem again. */
export type MemoryReason = 'found useful' | 'a year ago';

/** The section of what was published before, and is told again. It is no news. */
const memorySection = 'memory';
const memoryWords: Readonly<Record<MemoryReason, { readonly heading: string; readonly intro: string }>> = {
  'found useful': { heading: 'Worth reading again', intro: 'Nothing new is to tell. Several readers found this one useful.' },
  'a year ago': { heading: 'A year ago this week', intro: 'Nothing new is to tell, so this is worth reading again.' },
};
/** The section of what comes back for teams in which nobody read it. It is no news either. */
const unreadSection = 'unread';
/** Seen only above a card that was corrected since. Others stand under their team's heading. */
const unreadWords = { heading: 'From the week before', intro: 'It matters to your team.' };
/** Whether a section tells what was published before and told before. */
export const isToldAgain = (section: string): boolean => section === memorySection || section === unreadSection;

/**
 * Above this many, the size limit leaves room for every title or for what happened, but not for
 * both.
 */
const mostLinesWithText = 60;
const withBriefLine = (card: CardContent): CardContent => ({ ...card, line: { text: '', meta: card.line.meta } });

function withBefore(card: CardContent, { before }: DigestInput): CardContent {
  const same = before?.get(card.postmortem);
  return same ? { ...card, before: same } : card;
}

export function digestContent(input: DigestInput): DigestContent {
  const { organisation, kind = 'week', week, fresh, late, openActions, keptActions, corrections, now, labels = severityLabels } = input;
  const telling: Telling = { week: kind === 'week' ? week : undefined, now, zone: organisation.zone, labels, taxonomy: input.taxonomy };
  const isCrowded = fresh.length + late.length > mostLinesWithText;
  const cards = (told: readonly EngineeringRendition[]) =>
    told.map((pm) => withBefore(cardContent(pm, telling), input)).map((card) => (isCrowded ? withBriefLine(card) : card));
  const news = [...fresh, ...late].map(({ id }) => id);
  const behind = news.length > 0 ? news : countedIn(corrections);
  const promised = promisedContent({ open: openActions, kept: keptActions, kind }, now, organisation.zone);
  const counts = periodCounts(input);
  const before = counts.slice(0, -1);
  const usual = usualTotal(before);
  const chart = chartContent(kind, counts, labels);
  return DigestContent.parse({
    subject: digestSubject(fresh, late, { kind, corrections }),
    preheader: preheader(input),
    organisation: `${organisation.name} incident lessons`,
    period: kind === 'month' ? `Monthly digest · ${week.label}` : week.label,
    headline: headline(fresh, late, { usual, labels, kind, corrections }),
    ...(behind.length > 0 && {
      named: { postmortems: behind, subject: `Incident lessons, ${week.label}`, headline: `Incident lessons of ${week.label}.` },
    }),
    ...(news.length === 0 && { notice: quietNotice(kind, week, usual) }),
    ...(input.untold && { notice: crowdedNotice(news.length, input.untold.waiting) }),
    stats: stats(input, usual, usualMinutesToMitigate(before)),
    ...(chart && { chart }),
    sections: [
      ...(fresh.length > 0 ? [{ name: 'fresh', cards: cards(fresh) }] : []),
      ...(late.length > 0
        ? [{ name: 'late', heading: 'Published late', intro: `From earlier ${kind}s, not in any digest before.`, cards: cards(late) }]
        : []),
      ...(input.memory ? [{ name: memorySection, ...memoryWords[input.memory.why], cards: cards(input.memory.told) }] : []),
      ...(input.unread?.told.length
        ? [{ name: unreadSection, ...unreadWords, cards: cards(input.unread.told), onlyForTeams: true as const }]
        : []),
    ],
    ...relevantPart(input),
    ...yearPart(kind, week, organisation.zone),
    ...(corrections && { corrections }),
    ...(promised && { promised }),
  });
}

function yearPart(kind: PeriodKind, week: Period, zone: string) {
  const year = kind === 'week' ? yearJustOver(week, zone) : undefined;
  return year === undefined ? {} : { year };
}

function relevantPart({ fresh, late, relevance = [], unread }: DigestInput) {
  const relevant = relevantContent([...fresh, ...late], relevance, unread?.of);
  return relevant.length > 0 ? { relevant } : {};
}

/** Counts the reported period from what the digest shows, and the earlier ones from the index. */
function periodCounts({ kind = 'week', week, organisation, fresh, untold, earlier }: DigestInput): PeriodCounts[] {
  const [told, ...before] = periodsUpTo(kind, week, chartPeriods[kind], organisation.zone).toReversed();
  return told ? [...countByPeriod(before.toReversed(), earlier), ...countByPeriod([told], untold?.published ?? fresh)] : [];
}

const crowdedNotice = (told: number, waiting: number) =>
  `${capitalised(inWords(waiting))} more ${waiting === 1 ? 'postmortem was' : 'postmortems were'} published than fit into one mail. These are the ${printNumber(told)} most serious. The next digests have the others.`;

const quietNotice = (kind: PeriodKind, { label }: Period, usual: number | undefined): string => {
  const notice = `Nothing was published in ${kind === 'week' ? `the week of ${label}` : label}, and nothing was published late.`;
  return usual === undefined ? notice : `${notice} A usual ${kind} has ${counted(usual, 'incident')}.`;
};

/**
 * Part of the head, which is the same for every reader, so it says nothing about a single
 * postmortem.
 */
function preheader(input: DigestInput): string {
  const { openActions, now, organisation, fresh, late } = input;
  const overdue = overdueCount(openActions, now, organisation.zone);
  const promises =
    openActions.length > 0 ? `${counted(openActions.length, 'action')} open${overdue > 0 ? `, ${overdue} overdue` : ''}` : '';
  const news = fresh.length + late.length > 0 ? 'What happened, why, and what will change' : 'Nothing new was published';
  return `${[news, promises].filter(Boolean).join('; ')}.`;
}

/**
 * Two to four figures, or none; only those that the data supports. A single figure without a
 * comparison would only repeat what the mail says below it.
 */
function stats(
  { kind = 'week', fresh, untold, openActions, now, organisation }: DigestInput,
  usual: number | undefined,
  usualMitigation: number | undefined,
): Stat[] {
  const figures: Stat[] = [];
  const compared = usual === undefined ? '' : `, ${printNumber(usual)} in a usual ${kind}`;
  const incidents = untold?.published.length ?? fresh.length;
  if (incidents > 0) figures.push({ value: printNumber(incidents), label: `${incidents === 1 ? 'incident' : 'incidents'}${compared}` });

  const longest = fresh.flatMap((pm) => roughLengthOf(pm) ?? []).toSorted((a, b) => b - a)[0];
  const where = fresh.find((pm) => roughLengthOf(pm) === longest)?.services[0];
  if (longest !== undefined) figures.push({ value: printShortLength(longest), label: where ? `longest, ${where}` : 'longest' });

  const typical = medianOfSeveral(fresh.flatMap((pm) => timeToMitigate(pm) ?? []));
  if (typical !== undefined) figures.push({ value: printShortLength(typical), label: toMitigate(typical, usualMitigation) });

  const overdue = overdueCount(openActions, now, organisation.zone);
  const open = openActions.length;
  if (open > 0)
    figures.push({
      value: printNumber(open),
      label: `${open === 1 ? 'action' : 'actions'} open${overdue > 0 ? `, ${overdue} overdue` : ''}`,
    });
  return figures.length > 1 || (fresh.length > 0 && compared) ? figures : [];
}

/** `to mitigate, 12 min faster than usual`. A difference under a minute counts as none. */
function toMitigate(typical: number, usualMinutes: number | undefined): string {
  if (usualMinutes === undefined) return 'to mitigate, median';
  const difference = typical - usualMinutes * minuteMs;
  if (Math.abs(difference) < minuteMs) return 'to mitigate, as usual';
  return `to mitigate, ${printShortLength(Math.abs(difference))} ${difference < 0 ? 'faster' : 'slower'} than usual`;
}

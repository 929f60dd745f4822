import * as z from 'zod';
import type { Period } from '../calendar/period.ts';
import { printDayOf, printShortLength } from '../calendar/print.ts';
import { severityLabels } from '../distribution/severity-label.ts';
import { excerpt } from '../postmortem/plain-text.ts';
import type { CrossFunctionalRendition } from '../rendition/cross-functional-rendition.ts';
import type { Instant } from '../shared/instant.ts';
import { firstSentence } from '../shared/text.ts';
import { CardContent, dotted, Line, labelled } from './card-content.ts';
import type { CorrectionsContent } from './corrections-content.ts';
import { DigestContent, type Stat } from './digest-content.ts';
import { andSaid, countedIn, countNews, inSubject, longestSubject, orLatest, saidBeside } from './digest-words.ts';
import { type ImpactSettings, internalBanner, nextNewsOf, reachOf, sayOf, whenOf } from './impact-content.ts';
import { endOf, isOngoing, roughLengthOf } from './incident-time.ts';
import { counted, inWords, listed, named, printNumber, shortened } from './prose.ts';

/**
 * What customers felt in a week, as ready-made strings, in the shape of a digest. Parsing it
 * sanitises every string again.
 */
export const ImpactWeekContent = DigestContent.omit({ promised: true, chart: true }).extend({
  banner: Line,
  /** That what earlier summaries said must not be used any more. It names nothing of it. */
  takenBack: z.strictObject({ heading: Line, said: Line }).optional(),
});
export type ImpactWeekContent = z.infer<typeof ImpactWeekContent>;

export interface ImpactWeekInput extends ImpactSettings {
  readonly week: Period;
  /** Published in the week, most severe first, then newest. */
  readonly fresh: readonly CrossFunctionalRendition[];
  /** Published before, in no summary yet. In the same order. */
  readonly late: readonly CrossFunctionalRendition[];
  /** More was published than fits into one mail. */
  readonly isCrowded?: boolean;
  /** What earlier summaries said and is no longer right. */
  readonly corrections?: CorrectionsContent | undefined;
  /** When each incident was told, in an earlier summary, that may not be told any more. */
  readonly takenBack?: readonly Instant[];
}

export function impactWeekContent(input: ImpactWeekInput): ImpactWeekContent {
  const { organisation, week, fresh, late } = input;
  const news = [...fresh, ...late].map(({ id }) => id);
  const behind = news.length > 0 ? news : countedIn(input.corrections);
  const isOpen = (pm: CrossFunctionalRendition) => isStillOpen(pm, input);
  const [open, over, undated] = [
    fresh.filter(isOpen),
    fresh.filter((pm) => endOf(pm) !== undefined),
    fresh.filter((pm) => endOf(pm) === undefined && !isOpen(pm)),
  ];
  const isOverOnly = open.length + undated.length === 0;
  const cards = (told: readonly CrossFunctionalRendition[]) => told.map((pm) => impactCard(pm, input));
  const notice = noticeOf(input);
  const takenBack = takenBackOf(input);
  return ImpactWeekContent.parse({
    subject: subjectOf(input),
    preheader: [internalBanner, takenBack?.heading, 'What customers saw, and what may be said.'].filter(Boolean).join(' '),
    banner: internalBanner,
    organisation: `${organisation.name} incident lessons`,
    period: `Customer impact · ${week.label}`,
    headline: headlineOf(input),
    ...(behind.length > 0 && {
      named: { postmortems: behind, subject: `Customer impact, ${week.label}`, headline: `Customer impact of ${week.label}.` },
    }),
    ...(notice && { notice }),
    ...(takenBack && { takenBack }),
    stats: statsOf(input),
    sections: [
      { name: 'open', heading: 'Still open', intro: 'No end is given yet.', cards: cards(open) },
      { name: 'fresh', ...(!isOverOnly && { heading: 'Over', intro: 'Most serious first.' }), cards: cards(over) },
      {
        name: 'undated',
        heading: 'No times given',
        intro: 'Their accounts do not say when, or whether it is over.',
        cards: cards(undated),
      },
      { name: 'late', heading: 'Published late', intro: 'From earlier weeks, in no summary before.', cards: cards(late) },
    ].filter((section) => section.cards.length > 0),
    ...(input.corrections && { corrections: input.corrections }),
  });
}

/** Without an end, and with a beginning or the promise of news. */
const isStillOpen = (pm: CrossFunctionalRendition, settings: ImpactSettings): boolean =>
  isOngoing(pm) || (endOf(pm) === undefined && nextNewsOf(pm, settings) !== undefined);

/**
 * One incident of the week: what customers saw, when, what to say, and the next news of an open
 * one.
 */
function impactCard(pm: CrossFunctionalRendition, input: ImpactWeekInput): CardContent {
  const { labels = severityLabels } = input;
  const length = roughLengthOf(pm);
  return CardContent.parse({
    postmortem: pm.id,
    severity: pm.severity,
    severityLabel: labels[pm.severity],
    preliminary: pm.status === 'preliminary',
    title: pm.title,
    meta: dotted(reachOf(pm, input)),
    parts: labelled([
      ['What customers saw', pm.saw],
      ['When', whenOf(pm, input)],
      ['Say', sentences(sayOf(pm, input))],
      ['Do not say', sentences(pm.doNotSay)],
      ['Next news', isStillOpen(pm, input) ? nextNewsOf(pm, input) : undefined],
    ]),
    line: {
      text: excerpt(firstSentence(pm.saw ?? ''), 140),
      meta: dotted([listed(pm.services, 1), length === undefined ? undefined : printShortLength(length)]),
    },
  });
}

const sentences = (texts: readonly string[]): string => texts.map((text) => (/[\p{P}]$/u.test(text) ? text : `${text}.`)).join(' ');

function headlineOf({ fresh, late, labels, ...input }: ImpactWeekInput): string {
  const [first] = fresh;
  if (first) return ended(`Customers felt ${lowered(countNews(fresh, { labels }))}${orLatest(fresh)}: ${shortened(first.title, 150)}`);
  const [latecomer] = late;
  if (latecomer) return ended(`Nothing new; ${counted(late.length, 'incident')} published late: ${shortened(latecomer.title, 150)}`);
  const said = besideNews(input);
  return said.length > 0 ? `No new incidents, ${andSaid(said)}.` : 'A quiet week: customers felt nothing new.';
}

/** What a summary without news says of earlier ones. */
const besideNews = ({ corrections, takenBack = [] }: Pick<ImpactWeekInput, 'corrections' | 'takenBack'>): string[] => [
  ...saidBeside(corrections),
  ...(takenBack.length > 0 ? [`${counted(takenBack.length, 'incident')} taken back`] : []),
];

function subjectOf({ fresh, late, ...input }: ImpactWeekInput): string {
  const told = fresh.length > 0 ? fresh : late;
  const [first] = told;
  const said = besideNews(input);
  if (!first) return `Customer impact: ${said.length > 0 ? `no new incidents, ${andSaid(said)}` : 'a quiet week'}`;
  const start = 'Customer impact of the week: ';
  const tail = told.length > 1 ? `, and ${inWords(told.length - 1)} more ${told.length === 2 ? 'incident' : 'incidents'}` : '';
  return `${start}${shortened(inSubject(first.title), longestSubject - start.length - tail.length)}${tail}`;
}

function noticeOf({ fresh, late, week, isCrowded }: ImpactWeekInput): string | undefined {
  if (isCrowded) return 'More was published than fits into one mail. These are the most serious. The next summaries have the others.';
  if (fresh.length + late.length > 0) return undefined;
  return `No postmortem of the week of ${week.label} tells of customers who felt something, and none was published late.`;
}

/**
 * `What the summary of 7 December said about one incident was taken back.` Which one is not said:
 * it may be restricted because of its title.
 */
function takenBackOf({ takenBack = [], organisation: { zone }, now, contact }: ImpactWeekInput): ImpactWeekContent['takenBack'] {
  if (takenBack.length === 0) return undefined;
  const days = [...new Set(takenBack.map((at) => printDayOf(at, now, zone)))];
  const told = days.map((day) => {
    const many = takenBack.filter((at) => printDayOf(at, now, zone) === day).length;
    return `the summary of ${day} said about ${counted(many, 'incident')}`;
  });
  const [page, opens] = takenBack.length === 1 ? ['Its page', 'opens'] : ['Their pages', 'open'];
  return {
    heading: `Do not use what we said about ${counted(takenBack.length, 'incident')}.`,
    said: `What ${named(told, told.length)} was taken back. Say nothing of it any more. ${page} no longer ${opens}. Ask ${contact}.`,
  };
}

/** Two figures or more, or none: a single one would only repeat the headline. */
function statsOf(input: ImpactWeekInput): Stat[] {
  const { fresh } = input;
  const open = fresh.filter((pm) => isStillOpen(pm, input)).length;
  const most = Math.max(0, ...fresh.map(({ customersAffected = 0 }) => customersAffected));
  const longest = Math.max(0, ...fresh.map((pm) => roughLengthOf(pm) ?? 0));
  const figures = [
    fresh.length > 0 && { value: printNumber(fresh.length), label: fresh.length === 1 ? 'incident' : 'incidents' },
    open > 0 && { value: printNumber(open), label: 'still open' },
    most > 0 && { value: printNumber(most), label: fresh.length === 1 ? 'customers affected' : 'customers in the largest' },
    longest > 0 && { value: printShortLength(longest), label: fresh.length === 1 ? 'long' : 'the longest' },
  ].filter((figure) => figure !== false);
  return figures.length > 1 ? figures : [];
}

const lowered = (sentence: string): string => sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
const ended = (sentence: string): string => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`);

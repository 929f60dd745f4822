import * as z from 'zod';
import { linkDays } from '../access/token.ts';
import type { PromisedAction } from '../action/action.ts';
import { type SeverityLabels, severityLabels, spokenLabel } from '../distribution/severity-label.ts';
import { PostmortemId, type Severity, severities } from '../postmortem/postmortem.ts';
import { briefCard } from './brief-card.ts';
import { askedContent, decidedContent, leftContent, lostContent } from './brief-decisions-content.ts';
import { type BriefFigures, type BriefInput, briefFigures, briefStats } from './brief-figures.ts';
import { BriefList } from './brief-list.ts';
import { namedByRepeats, repeatsContent } from './brief-repeats-content.ts';
import { awaitedContent, reviewsContent } from './brief-reviews-content.ts';
import { type BriefNews, briefHeadline, briefSubject } from './brief-words.ts';
import { chartContent } from './chart-content.ts';
import { DigestContent } from './digest-content.ts';
import { countedIn } from './digest-words.ts';
import { FiguresTable, figuresContent } from './figures-content.ts';
import { monthsOfTable, PromiseTable, promiseTable } from './promise-figures.ts';
import { PromisedContent, promisedRow, toldAction } from './promised-content.ts';
import { capitalised, counted, inWords, named } from './prose.ts';

/** The severities that a brief describes one by one. The others it only counts. */
export const graveSeverities = ['sev1', 'sev2'] as const satisfies readonly Severity[];

/**
 * A leadership brief as ready-made strings, in the shape of a digest. Parsing it sanitises every
 * string again.
 */
export const BriefContent = DigestContent.omit({ promised: true }).extend({
  overdue: PromisedContent.optional(),
  figures: FiguresTable.optional(),
  promises: PromiseTable.optional(),
  /** What leadership is asked comes before the incidents, and what it decided. */
  asks: z.array(BriefList).default([]),
  /** The incidents without a postmortem, after what is asked. */
  awaited: BriefList.optional(),
  /** What happened before, and every postmortem that it names. */
  repeats: z.object({ list: BriefList, names: z.array(PostmortemId).min(1) }).optional(),
});
export type BriefContent = z.infer<typeof BriefContent>;

const shownOverdue = 5;

export function briefContent(input: BriefInput): BriefContent {
  const { organisation, kind, period, grave, late, promises, now, labels = severityLabels } = input;
  const { zone } = organisation;
  const figures = briefFigures(input);
  const { news, counts } = figures;
  const telling = { week: kind === 'week' ? period : undefined, now, zone, labels };
  const table = promiseTable(monthsOfTable(period, zone), promises, now, zone);
  const withoutData = new Set(figures.figured.flatMap((one) => ('hasNoData' in one ? [one.period.id] : [])));
  const chart = chartContent(kind, counts, labels, withoutData);
  const figureTable = figuresContent(kind, figures.figured);
  const notice = noticeOf(input, news);
  const awaited = awaitedContent(input.leadership?.awaited ?? [], { now, zone, labels });
  const repeats = repeatsContent(input.repeated ?? [], { now, zone });
  const behind = postmortemsBehind(input, figures);
  return BriefContent.parse({
    subject: briefSubject(news),
    preheader: `${input.leadership ? 'What waits for a decision, where' : 'Where'} each serious incident stands, and which actions are overdue.`,
    organisation: `${organisation.name} incident lessons`,
    period: `Leadership brief · ${period.label}`,
    headline: briefHeadline(news),
    ...(behind.length > 0 && {
      named: { postmortems: behind, subject: `Leadership brief, ${period.label}`, headline: `Leadership brief of ${period.label}.` },
    }),
    ...(notice && { notice }),
    stats: briefStats(figures),
    ...(chart && { chart }),
    sections: [
      section(
        'grave',
        grave.map((pm) => briefCard(pm, telling, promises, input.readBy?.get(pm.id))),
        `${labels.sev1} and ${labels.sev2}`,
        'Where each of them stands, most serious first.',
      ),
      section(
        'late',
        late.map((pm) => briefCard(pm, telling, promises, input.readBy?.get(pm.id))),
        'Published late',
        `From earlier ${kind}s, not in any brief before.`,
      ),
    ].filter(({ cards }) => cards.length > 0),
    ...(input.corrections && { corrections: input.corrections }),
    ...(figures.overdue.length > 0 && { overdue: overdueContent(figures.overdue, now, zone) }),
    ...(figureTable && { figures: figureTable }),
    ...(table && { promises: table }),
    asks: asksOf(input, figures, labels),
    ...(awaited && { awaited }),
    ...(repeats && { repeats: { list: repeats, names: namedByRepeats(input.repeated ?? []) } }),
  });
}

/**
 * In this order: what waits for review, what is asked, what became of decisions, what was signed
 * without one, what lost its action. The first that leads to decisions says how long links do.
 */
function asksOf({ leadership, period, now, organisation }: BriefInput, { asked }: BriefFigures, labels: SeverityLabels): BriefList[] {
  if (!leadership) return [];
  const printing = { now, zone: organisation.zone, labels };
  const lists = [
    reviewsContent(leadership.reviews, printing),
    askedContent(asked, printing),
    decidedContent(period, leadership.actions, printing),
    leftContent(period, leadership.actions, leadership.signed ?? [], printing),
    lostContent(period, leadership.actions, printing),
  ].filter((list) => list !== undefined);
  const first = lists.find(({ leads }) => leads === 'decide');
  return lists.map((list) => (list === first ? { ...list, note: linkNote } : list));
}

/** Where a review is due later than a link ends. */
const linkNote = `Reviewers decide by these links for ${inWords(linkDays('decide'))} days. After that, a link offers to mail its owner a new one.`;

const section = (name: string, cards: ReturnType<typeof briefCard>[], heading: string, intro: string) => ({ name, heading, intro, cards });

/**
 * Counts what is not described one by one. In a quiet period, says that it was quiet. Says that
 * nothing is asked, because silence could mean anything.
 */
function noticeOf(input: BriefInput, news: BriefNews): string | undefined {
  const asksNothing = input.leadership && !news.waiting ? 'This brief asks for no review and no decision.' : undefined;
  const said = [countsOf(input, news), asksNothing].filter((one) => one !== undefined);
  return said.length > 0 ? said.join(' ') : undefined;
}

function countsOf({ period, lesser, grave }: BriefInput, { before, formerly, labels }: BriefNews): string | undefined {
  if (lesser.length + grave.length === 0) {
    const compared = before ? ` There ${before.total === 1 ? 'was' : 'were'} ${counted(before.total, 'incident')} ${formerly}.` : '';
    return `Nothing was published in ${period.label}.${compared}`;
  }
  if (lesser.length === 0) return undefined;
  const kinds = severities.flatMap((severity) => {
    const n = lesser.filter((one) => one.severity === severity).length;
    return n > 0 ? [`${inWords(n)} ${spokenLabel(severity, labels)}`] : [];
  });
  return `${grave.length > 0 ? 'Not listed below' : `None was ${labels.sev1} or ${labels.sev2}`}: ${named(kinds, kinds.length)}.`;
}

function overdueContent(overdue: readonly PromisedAction[], now: Date, zone: string): z.input<typeof PromisedContent> {
  const told = overdue.slice(0, shownOverdue);
  return {
    heading: 'Overdue',
    intro: `${capitalised(counted(overdue.length, 'action'))} ${overdue.length === 1 ? 'is' : 'are'} overdue${overdue.length > 1 ? ', longest overdue first' : ''}.`,
    actions: told.map((action) => promisedRow(toldAction(action), now, zone)),
    ...elsewhere(overdue.length - told.length),
  };
}

/** Most readers of a brief have no page of actions, so it says who has. */
const elsewhere = (rest: number) => (rest > 0 ? { more: `and ${rest} more, which authors and operators see at /home/actions` } : {});

/**
 * Every postmortem behind the headline or a figure of the period: the news, those with promises
 * that fell due, those named with an overdue promise, and those of what waits. Once one of them is
 * withheld, the mail shows no figures.
 */
const postmortemsBehind = (
  { grave, late, lesser, corrections }: BriefInput,
  { news, punctuality, overdue }: BriefFigures,
): PostmortemId[] => [
  ...new Set([
    ...[...grave, ...late, ...lesser].map(({ id }) => id),
    ...(news.told.total === 0 ? countedIn(corrections) : []),
    ...[...punctuality.due, ...overdue.slice(0, shownOverdue)].map(({ postmortem }) => postmortem),
    ...(news.waiting?.postmortems ?? []),
    ...news.lateReviews.postmortems,
    ...news.lateAwaited.postmortems,
    ...(news.repeated?.postmortems ?? []),
  ]),
];

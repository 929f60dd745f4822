import { type ActionRow, promiseAt } from '../action/action.ts';
import { decidedAction } from '../action/decided.ts';
import { localDay, type Period } from '../calendar/period.ts';
import { periodsUpTo } from '../calendar/recurring.ts';
import { briefContent, graveSeverities } from '../content/brief-content.ts';
import type { LeadershipAsked } from '../content/brief-figures.ts';
import type { AwaitedPostmortem, WaitingReview } from '../content/brief-reviews-content.ts';
import { chartPeriods } from '../content/period-counts.ts';
import { monthsOfTable } from '../content/promise-figures.ts';
import { readByWords } from '../content/read-by.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import type { Occurrence } from '../edition/occurrence.ts';
import { isAwaited, isTellable, type PostmortemId, type Severity } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { readershipOf } from '../readership/readership.ts';
import { nobodyToAsk, ownedBy } from '../reminder/resolve-owner.ts';
import { renditionOf } from '../rendition/renditions.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { earlierOf } from './find-before.ts';
import { findCorrections } from './find-corrections.ts';
import { publishedUntil, selectNews } from './find-news.ts';
import type { ComposeDeps, Composed } from './ports.ts';
import { withActions } from './with-actions.ts';

const isGrave = ({ severity }: { readonly severity: Severity }) => graveSeverities.some((grave) => grave === severity);

/**
 * Composes the leadership brief of a period in memory. The edition and its preview use the same
 * call.
 */
export async function composeBrief(occurrence: Occurrence, at: Date, distribution: Distribution, deps: ComposeDeps): Promise<Composed> {
  const { kind, period, zone } = occurrence;
  const [firstCharted = period] = periodsUpTo(kind, period, chartPeriods[kind], zone);
  const [firstOfTable = period] = monthsOfTable(period, zone);
  const published = await publishedUntil(occurrence, new Date(firstCharted.start), deps);
  const { fresh, late } = await selectNews(occurrence, published.filter(isGrave), deps);
  const rendered = (stored: readonly StoredPostmortem[]) =>
    fewAtATime(stored, async (one) => withActions(await renditionOf('leadership', one, deps), at, deps));
  const startsAt = (publishedAt: string | undefined) => Date.parse(publishedAt ?? '') - Date.parse(period.start);
  const lesser = published.filter((one) => !isGrave(one) && startsAt(one.publishedAt) >= 0);
  const carried = [...fresh, ...late];
  const readBy = await readByOf(carried, distribution.organisation.zone, at, deps);
  const { corrections, corrects } = await findCorrections({ ...occurrence, carried, at }, published, distribution, deps);
  const rows = await deps.actions(new Date(firstOfTable.start), deps.now());
  const leadership = distribution.reviews && (await leadershipAsked(rows, at, { period, zone, distribution }, deps));
  const relevance = await deps.relevance(carried.map(({ postmortem }) => postmortem.id));
  const before = await earlierOf(relevance.values(), at, deps);
  const repeated = carried.flatMap(({ postmortem: { id, title } }) => {
    const earlier = before.get(id);
    return earlier ? [{ postmortem: id, title, earlier }] : [];
  });
  const content = briefContent({
    organisation: distribution.organisation,
    labels: labelsOf(distribution),
    kind,
    period,
    grave: await rendered(fresh),
    late: await rendered(late),
    lesser,
    earlier: published.filter(({ publishedAt }) => startsAt(publishedAt) < 0),
    promises: rows.map((action) => promiseAt(action, at)),
    ...(leadership && { leadership }),
    repeated,
    corrections,
    readBy,
    now: at,
  });
  const isQuiet = carried.length + lesser.length === 0;
  const asksNothing = content.asks.every(({ leads }) => leads !== 'decide');
  const isSilent = isQuiet && asksNothing && distribution.streams[occurrence.stream]?.quietWeek === 'nothing';
  return {
    id: occurrence.id,
    stream: occurrence.stream,
    carried,
    ...(corrects && { corrects }),
    fragments: isSilent ? undefined : deps.renderBrief(content, distribution.brand),
    subject: content.subject,
  };
}

/** How far each was read, in words. Of what nobody read there is none. */
async function readByOf(
  carried: readonly StoredPostmortem[],
  zone: string,
  at: Date,
  { readership: { readings, sizes } }: Pick<ComposeDeps, 'readership'>,
): Promise<ReadonlyMap<PostmortemId, string>> {
  const counted = carried.length > 0 ? await sizes.read() : undefined;
  if (!counted) return new Map();
  const today = localDay(at, zone).toString();
  const read = await fewAtATime(carried, async ({ postmortem: { id } }) => {
    const words = readByWords(readershipOf(await readings.of(id), counted, today).teams);
    return words === undefined ? [] : [[id, words] as const];
  });
  return new Map(read.flat());
}

/** More reviews than these are not even counted. */
const mostReviews = 200;

/**
 * What waits for leadership, and what it decided. The list of reviews knows no titles and lags by a
 * second, so each postmortem is read: what may not be shown is in no list and no number.
 */
async function leadershipAsked(
  rows: readonly ActionRow[],
  at: Date,
  { period, zone, distribution }: { readonly period: Period; readonly zone: string; readonly distribution: Distribution },
  deps: ComposeDeps,
): Promise<LeadershipAsked> {
  const open = (await deps.reviews.open()).filter(({ hidden }) => !hidden).slice(0, mostReviews);
  const closed = await deps.reviews.closed(new Date(period.start), deps.now());
  const signed = closed.flatMap((review) => (review.state === 'reviewed' && review.undecided > 0 && !review.hidden ? [review] : []));
  const known = await fewAtATime(open, async (review) => ({ review, stored: await deps.postmortems.read(review.postmortem) }));
  const shown = await fewAtATime(signed.slice(0, mostReviews), async (review) => ({
    review,
    stored: await deps.postmortems.read(review.postmortem),
  }));
  return {
    reviews: known.flatMap(({ review, stored }): WaitingReview[] => {
      if (review.state !== 'in review' || !stored || !isTellable(stored.postmortem)) return [];
      const { postmortem, openedAt, dueOn, again } = review;
      const { title, severity, status } = stored.postmortem;
      return [{ postmortem, title, severity, preliminary: status === 'preliminary', openedAt, dueOn, again }];
    }),
    awaited: known.flatMap(({ review, stored }): AwaitedPostmortem[] => {
      if (review.state !== 'awaiting postmortem' || !stored || !isAwaited(stored.postmortem)) return [];
      const { postmortem, declaredAt, dueOn } = review;
      return [{ postmortem, severity: stored.postmortem.severity, declaredAt, dueOn }];
    }),
    signed: shown.flatMap(({ review: { postmortem, as, at: signedAt }, stored }) =>
      stored && isTellable(stored.postmortem) ? [{ postmortem, as, at: signedAt }] : [],
    ),
    actions: rows.map((row) => ({
      ...decidedAction(row, at, zone),
      ...(nobodyToAsk(ownedBy(row, at), distribution) && { unasked: true }),
    })),
  };
}

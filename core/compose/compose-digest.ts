import { isOpen, promiseAt } from '../action/action.ts';
import { periodsUpTo } from '../calendar/recurring.ts';
import { digestContent } from '../content/digest-content.ts';
import { chartPeriods } from '../content/period-counts.ts';
import { keptWithin, toldAction } from '../content/promised-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import type { Occurrence } from '../edition/occurrence.ts';
import { lateWeeks } from '../postmortem/news.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { renditionOf } from '../rendition/renditions.ts';
import { weekMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { taxonomyOf } from '../taxonomy/taxonomy-of.ts';
import { beforeOnCards, earlierOf } from './find-before.ts';
import { findCorrections } from './find-corrections.ts';
import { findMemory } from './find-memory.ts';
import { publishedUntil, selectNews } from './find-news.ts';
import { findRelevance } from './find-relevance.ts';
import { findUnread } from './find-unread.ts';
import type { ComposeDeps, Composed } from './ports.ts';
import { withActions } from './with-actions.ts';

/**
 * Composes the digest of a week or a month in memory. The edition and its preview use the same
 * call.
 */
export async function composeDigest(occurrence: Occurrence, at: Date, distribution: Distribution, deps: ComposeDeps): Promise<Composed> {
  const { organisation, streams } = distribution;
  const { kind, period: week, zone } = occurrence;
  const start = new Date(week.start);
  const [firstCharted = week] = periodsUpTo(kind, week, chartPeriods[kind], zone);
  const since = Math.min(start.getTime() - lateWeeks * weekMs, Date.parse(firstCharted.start));
  const published = await publishedUntil(occurrence, new Date(since), deps);
  const news = await selectNews(occurrence, published, deps);
  const { fresh, late } = news;
  const rendered = (stored: readonly StoredPostmortem[]) =>
    fewAtATime(stored, async (one) => withActions(await renditionOf('engineering', one, deps), at, deps));
  const carried = [...fresh, ...late];
  const isSilent = carried.length === 0 && streams[occurrence.stream]?.quietWeek === 'nothing';
  const memory = carried.length === 0 && !isSilent ? await findMemory(occurrence, deps) : undefined;
  const { corrections, corrects } = await findCorrections({ ...occurrence, carried, at }, published, distribution, deps);
  const promises = (await deps.actions(start, deps.now())).map((action) => promiseAt(action, at));
  const relevance = await findRelevance(carried, deps);
  const told = new Set([...carried.map(({ postmortem }) => postmortem.id), ...(corrects ?? []).map(({ id }) => id)]);
  const again = isSilent ? undefined : await findUnread(occurrence, { told, relevance }, distribution, deps);
  const content = digestContent({
    organisation,
    labels: labelsOf(distribution),
    taxonomy: taxonomyOf(distribution),
    kind,
    week,
    fresh: await rendered(fresh),
    late: await rendered(late),
    ...(memory && { memory: { why: memory.why, told: await rendered([memory.stored]) } }),
    ...(again && { unread: { told: await rendered(again.stored), of: again.unread } }),
    ...(news.waiting > 0 && { untold: { published: news.published, waiting: news.waiting } }),
    earlier: published.filter(({ publishedAt }) => publishedAt && Date.parse(publishedAt) < start.getTime()),
    openActions: promises.filter(isOpen).map(toldAction),
    keptActions: keptWithin(week, promises).map(toldAction),
    corrections,
    relevance,
    before: beforeOnCards(await earlierOf(relevance, at, deps), { now: at, zone }),
    now: at,
  });
  return {
    id: occurrence.id,
    stream: occurrence.stream,
    carried,
    ...(memory && { remembers: [memory.stored] }),
    ...(again && { remindsTeams: again.stored }),
    ...(corrects && { corrects }),
    fragments: isSilent ? undefined : deps.renderDigest(content, distribution.brand),
    subject: content.subject,
  };
}

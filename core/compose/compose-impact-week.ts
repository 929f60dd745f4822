import { impactWeekContent } from '../content/impact-week-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import type { Occurrence } from '../edition/occurrence.ts';
import { lateWeeks } from '../postmortem/news.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { renditionOf } from '../rendition/renditions.ts';
import { weekMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { impactSettings } from './compose-impact.ts';
import { findCorrections } from './find-corrections.ts';
import { changedSince, publishedAmong, selectNews } from './find-news.ts';
import { findTakenBack } from './find-taken-back.ts';
import type { ComposeDeps, Composed } from './ports.ts';

/**
 * Composes the summary of what customers felt in a week, in memory. The edition and its preview use
 * the same call.
 */
export async function composeImpactWeek(
  occurrence: Occurrence,
  at: Date,
  distribution: Distribution,
  deps: ComposeDeps,
): Promise<Composed> {
  const { stream, id, period } = occurrence;
  const { severities = [], quietWeek } = configuredStream(distribution, stream) ?? {};
  const since = new Date(Date.parse(period.start) - lateWeeks * weekMs);
  const changed = await changedSince(since, deps);
  const published = publishedAmong(changed, occurrence);
  const told = published.filter(({ severity, isFelt }) => severities.includes(severity) && isFelt !== false);
  const news = await selectNews(occurrence, told, deps);
  const [fresh, late] = [await felt(news.fresh, deps), await felt(news.late, deps)];
  const carried = [...fresh, ...late].map(({ stored }) => stored);
  const { corrections, corrects } = await findCorrections({ ...occurrence, carried, at }, published, distribution, deps);
  const takenBack = await findTakenBack(occurrence, changed, deps);
  const content = impactWeekContent({
    ...impactSettings(stream, distribution, at),
    week: period,
    fresh: fresh.map(({ rendition }) => rendition),
    late: late.map(({ rendition }) => rendition),
    isCrowded: news.waiting > 0,
    corrections,
    takenBack: takenBack.map(({ toldAt }) => toldAt),
  });
  const isSilent = carried.length + takenBack.length === 0 && quietWeek === 'nothing';
  return {
    id,
    stream,
    carried,
    ...(corrects && { corrects }),
    ...(takenBack.length > 0 && { takesBack: takenBack.map(({ id }) => id) }),
    fragments: isSilent ? undefined : deps.renderImpactWeek(content, distribution.brand),
    subject: content.subject,
  };
}

/** Those that customers felt, each with what support may see of it. */
async function felt(stored: readonly StoredPostmortem[], deps: ComposeDeps) {
  const read = await fewAtATime(stored, async (one) => ({ stored: one, rendition: await renditionOf('cross-functional', one, deps) }));
  return read.flatMap(({ stored: one, rendition }) => (rendition ? [{ stored: one, rendition }] : []));
}

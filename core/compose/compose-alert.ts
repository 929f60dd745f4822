import { alertContent } from '../content/alert-content.ts';
import { takenBackContent, toldAgainContent } from '../content/update-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { alertsOf, labelsOf } from '../distribution/severity-label.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import { tellingId } from '../edition/edition-id.ts';
import type { UpdateToTell } from '../incident-update/update-to-tell.ts';
import { leftBy } from '../intake/keep-actions.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { renditionOf } from '../rendition/renditions.ts';
import { reviewAfter } from '../review/review-after.ts';
import type { PlainDate } from '../shared/instant.ts';
import type { RenderIn } from './in-zones.ts';
import type { ComposeDeps } from './ports.ts';
import { withActions } from './with-actions.ts';

/** Composes a mail about one incident for leaders. */
export const composeAlert = async (update: UpdateToTell, distribution: Distribution, deps: ComposeDeps) => ({
  alertsOf: alertsOf(distribution),
  render: await rendering(update, distribution, deps),
});

async function rendering(update: UpdateToTell, distribution: Distribution, deps: ComposeDeps): Promise<RenderIn> {
  const { stream, incident, kind, stored } = update;
  const { brand } = distribution;
  const common = { labels: labelsOf(distribution), now: deps.now() };
  if (!stored) {
    const told = configuredStream(distribution, stream)?.severities ?? [];
    return (organisation) => deps.renderUpdate(takenBackContent({ ...common, organisation, update, told }), brand);
  }
  const [postmortem, reviewDueOn] = await Promise.all([
    renditionOf('leadership', stored, deps).then((rendition) => withActions(rendition, common.now, deps, stored)),
    dueDayOf(stored, distribution, deps),
  ]);
  if (kind === 'first')
    return (organisation) => deps.renderAlert(alertContent({ ...common, organisation, postmortem, mandatory: false, reviewDueOn }), brand);
  const firstSubject = (await deps.editions.read(tellingId(stream, incident, 1)))?.subject;
  return (organisation) =>
    deps.renderUpdate(toldAgainContent({ ...common, organisation, update, postmortem, firstSubject, reviewDueOn }), brand);
}

/**
 * When its review is due. Undefined while nobody is asked to review it. A row that lags behind the
 * revision is read as the revision leaves it, because an alert is composed while intake writes the
 * row.
 */
async function dueDayOf(
  stored: StoredPostmortem,
  distribution: Distribution,
  { reviews, actionRows, now }: ComposeDeps,
): Promise<PlainDate | undefined> {
  if (!distribution.reviews) return undefined;
  const { id } = stored.postmortem;
  const before = await reviews.read(id);
  if (before === 'unknown') return undefined;
  const lags = !before || before.revision < stored.revision;
  const actions = lags && before?.state === 'reviewed' ? leftBy(stored, await actionRows(id)) : [];
  const review = lags ? reviewAfter(before, stored, { distribution, actions, now: now() }) : before;
  return review?.state === 'in review' && !review.hidden ? review.dueOn : undefined;
}

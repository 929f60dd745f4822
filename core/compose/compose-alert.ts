import { alertContent } from '../content/alert-content.ts';
import { takenBackContent, toldAgainContent } from '../content/update-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { alertsOf, labelsOf } from '../distribution/severity-label.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import { tellingId } from '../edition/edition-id.ts';
import type { UpdateToTell } from '../incident-update/update-to-tell.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { renditionOf } from '../rendition/renditions.ts';
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
  const postmortem = await withActions(await renditionOf('leadership', stored, deps), common.now, deps);
  const reviewDueOn = distribution.reviews && (await dueDayOf(incident, deps));
  if (kind === 'first')
    return (organisation) => deps.renderAlert(alertContent({ ...common, organisation, postmortem, mandatory: false, reviewDueOn }), brand);
  const firstSubject = (await deps.editions.read(tellingId(stream, incident, 1)))?.subject;
  return (organisation) =>
    deps.renderUpdate(toldAgainContent({ ...common, organisation, update, postmortem, firstSubject, reviewDueOn }), brand);
}

/** When its review is due. Undefined while nobody is asked to review it. */
async function dueDayOf(incident: PostmortemId, { reviews }: ComposeDeps): Promise<PlainDate | undefined> {
  const review = await reviews.read(incident);
  return review !== undefined && review !== 'unknown' && review.state === 'in review' && !review.hidden ? review.dueOn : undefined;
}

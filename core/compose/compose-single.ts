import { sidIn } from '../approval/approval-file.ts';
import { printDayOf, printMoment } from '../calendar/print.ts';
import type { HeldFacts } from '../connector/held-mail.ts';
import { publishedContent } from '../content/published-content.ts';
import { brandFor } from '../distribution/brand.ts';
import { correctionsOf } from '../distribution/corrections.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { noticeRulesOf } from '../distribution/notice-rules.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { nextTellingId, parseEditionId } from '../edition/edition-id.ts';
import { isCustomerKind, isReviewKind, serviceEditionId, type WantedServiceMail } from '../edition/service-mail.ts';
import { readAboutReview } from '../notice/review-link.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import { renditionOf } from '../rendition/renditions.ts';
import { readReceipt } from '../review/receipt.ts';
import { dayMs } from '../shared/duration.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { taxonomyOf } from '../taxonomy/taxonomy-of.ts';
import { findCorrections } from './find-corrections.ts';
import type { ComposeDeps, Composed, ReceiptFacts } from './ports.ts';
import { withActions } from './with-actions.ts';

const digest = 'engineering-digest';

/**
 * Composes the mail about one postmortem for readers who want each as it is published. Undefined if
 * the postmortem may no longer be shown.
 */
export async function composePublished(id: string, distribution: Distribution, deps: ComposeDeps): Promise<Composed | undefined> {
  const stored = await deps.postmortems.read(id);
  if (!stored || !isTellable(stored.postmortem) || !distribution.streams[digest]) return undefined;
  const now = deps.now();
  const telling = nextTellingId(digest, stored.postmortem.id, stored.namedIn);
  const wanted = { id: telling, stream: digest, frequency: 'published', carried: [stored], at: now } as const;
  const since = new Date(now.getTime() - correctionsOf(distribution).withinDays * dayMs);
  const { corrections, corrects } = await findCorrections(wanted, await deps.postmortems.changedSince(since, now), distribution, deps);
  const content = publishedContent({
    organisation: distribution.organisation,
    labels: labelsOf(distribution),
    taxonomy: taxonomyOf(distribution),
    postmortem: await withActions(await renditionOf('engineering', stored, deps), now, deps),
    corrections,
    now,
  });
  return {
    id: telling,
    stream: digest,
    incident: stored.postmortem.id,
    carried: [stored],
    ...(corrects && { corrects }),
    fragments: deps.renderDigest(content, distribution.brand),
    subject: content.subject,
  };
}

type ServiceDeps = Pick<ComposeDeps, 'renderService' | 'drift' | 'heldMail' | 'externals' | 'sids'> & {
  readonly postmortems: Pick<ComposeDeps['postmortems'], 'read'>;
};

/**
 * Composes one mail that answers a person's action, or that tells an operator of drift or of what
 * is held. The text is the same for all readers; only the link differs. Undefined if nothing has
 * drifted any more, if the day of its held incidents is not the last one that was told, or if
 * nobody can have asked for it: whoever may write to the queue could have asked for anything.
 */
export async function composeService(
  wanted: WantedServiceMail,
  distribution: Pick<Distribution, 'organisation' | 'brand' | 'severities' | 'streams'>,
  deps: ServiceDeps,
): Promise<Composed | undefined> {
  const { renderService, drift, postmortems } = deps;
  const { kind, realm } = wanted;
  if (kind === 'reminders' || (realm === 'customers' && !isCustomerKind(kind))) return undefined;
  if (isReviewKind(kind) && !(await isOfReview(wanted, distribution, deps))) return undefined;
  const { stream } = parseEditionId(wanted.about);
  const found = wanted.kind === 'drift' ? await drift.read() : undefined;
  if (wanted.kind === 'drift' && !found?.findings.length) return undefined;
  const held = wanted.kind === 'held' ? await heldOf(wanted, distribution.organisation.zone, deps) : undefined;
  if (wanted.kind === 'held' && !held?.held.length && !held?.braked.length) return undefined;
  const facts = {
    organisation: distribution.organisation.name,
    realm: wanted.realm,
    ...(stream && { stream: streamTitle(stream, distribution) }),
    ...(found && { drift: found }),
    ...(held && { held }),
    ...(wanted.kind === 'receipt' && { receipt: await receiptOf(wanted, distribution.organisation.zone, postmortems) }),
    ...(isReviewKind(kind) && { review: await reviewOf(wanted, distribution, postmortems) }),
  };
  const fragments = renderService(kind, facts, brandFor(wanted.realm, distribution));
  return { id: serviceEditionId(wanted), stream: 'service', carried: [], fragments, subject: fragments.subject };
}

async function heldOf(
  { about, at }: Pick<WantedServiceMail, 'about' | 'at'>,
  zone: string,
  { heldMail }: Pick<ServiceDeps, 'heldMail'>,
): Promise<HeldFacts | undefined> {
  const last = await heldMail.read();
  if (last?.day.replaceAll('-', '') !== about) return undefined;
  const dayOf = (instant: Instant) => printDayOf(instant, at, zone);
  return {
    held: last.held.map((one) => ({ ...one, since: dayOf(one.since) })),
    more: last.more ?? 0,
    braked: (last.braked ?? []).map((one) => ({ ...one, at: dayOf(one.at) })),
  };
}

/** Whether there was such a request or version, and the file names the reader for it. */
async function isOfReview(
  { about, subscriber }: WantedServiceMail,
  distribution: Pick<Distribution, 'streams'>,
  { externals, sids }: Pick<ServiceDeps, 'externals' | 'sids'>,
): Promise<boolean> {
  const review = readAboutReview(about);
  const rules = noticeRulesOf(distribution);
  if (!review || !rules) return false;
  const [row, known] = await Promise.all([externals.read(review.postmortem), sids()]);
  if (!row || row === 'unknown' || review.n > row.n) return false;
  const named = [...rules.approvers.flatMap(({ address, also = [] }) => [address, ...also]), ...rules.escalate];
  return named.some((address) => sidIn(known, address) === subscriber);
}

/**
 * The hold begins with its mail, so it ends so much later. A postmortem that is hidden, or not kept
 * any more, is not named.
 */
async function reviewOf(
  { kind, about, at }: WantedServiceMail,
  distribution: Pick<Distribution, 'organisation' | 'streams'>,
  postmortems: Pick<ComposeDeps['postmortems'], 'read'>,
) {
  const review = readAboutReview(about);
  if (!review) return undefined;
  const { postmortem: named } = (await postmortems.read(review.postmortem)) ?? {};
  const isHidden = !named || named.restricted || named.status === 'draft';
  const holdMs = kind === 'review-hold' ? noticeRulesOf(distribution)?.holdMs : undefined;
  const endsAt = holdMs === undefined ? undefined : toInstant(new Date(at.getTime() + holdMs));
  return {
    ...review,
    postmortem: isHidden ? undefined : review.postmortem,
    ...(endsAt && { until: printMoment(endsAt, at, distribution.organisation.zone) }),
  };
}

/** The title only while everybody may be told of the postmortem. */
async function receiptOf(
  { about, at }: Pick<WantedServiceMail, 'about' | 'at'>,
  zone: string,
  postmortems: Pick<ComposeDeps['postmortems'], 'read'>,
): Promise<ReceiptFacts | undefined> {
  const receipt = readReceipt(about);
  const stored = receipt && (await postmortems.read(receipt.postmortem));
  const from = receipt?.details && printMoment(receipt.details.effectiveAt, at, zone);
  return (
    receipt && {
      ...receipt,
      ...(from !== undefined && { from }),
      ...(stored && isTellable(stored.postmortem) && { title: stored.postmortem.title }),
    }
  );
}

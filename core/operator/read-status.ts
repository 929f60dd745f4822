import type { InboundStore } from '../connector/ports.ts';
import { standOf } from '../delivery/lane.ts';
import type { BrakedStore } from '../directory/ports.ts';
import type { DistributionStore } from '../distribution/apply-distribution.ts';
import { type Deployed, deployedHash } from '../distribution/deployed-parts.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { pathsToDeploy } from '../distribution/distribution-changes.ts';
import { workingCalendarOf } from '../distribution/review-rules.ts';
import type { EditionLister, ListedEdition } from '../edition/ports.ts';
import type { DueUpdates } from '../incident-update/ports.ts';
import { lateReminders } from '../reminder/late.ts';
import { type RemindDeps, remind } from '../reminder/remind.ts';
import type { DriftStore } from '../runbook/finding.ts';
import { dayMs } from '../shared/duration.ts';
import { lanes } from '../stream/stream.ts';
import { lateUpdates } from '../sweep/late-updates.ts';
import { type MissingDeps, missingEditions } from '../sweep/missing-editions.ts';
import { type UnsentDeps, unsentAlerts } from '../sweep/unsent-alerts.ts';
import type { HeldLane, StatusAnswer } from './api.ts';
import { overdueReviews } from './list-reviews.ts';
import { namedUnheard, type UnheardDeps, whyUnheard } from './named-unheard.ts';
import type { LaneBrakes } from './ports.ts';
import { brakedLately } from './show-braked.ts';
import { shownByReason } from './show-held.ts';
import type { SlackWaits } from './slack-api.ts';
import { readHeld } from './tell-held.ts';

export interface StatusDeps extends UnsentDeps, Pick<MissingDeps, 'registry'>, DueUpdates, UnheardDeps {
  readonly store: Pick<DistributionStore, 'read'>;
  readonly deployed: Deployed;
  readonly lister: Pick<EditionLister, 'list'>;
  readonly brakes: Pick<LaneBrakes, 'read'>;
  /** See slackWaits. */
  readonly slackWaits: () => Promise<SlackWaits | undefined>;
  readonly drift: Pick<DriftStore, 'read'>;
  readonly reminding: RemindDeps;
  readonly inbound: Pick<InboundStore, 'heldPage'>;
  readonly braked: Pick<BrakedStore, 'since'>;
}

/** Older unconfirmed mails are settled by hand or not at all. */
const lookBackMs = 14 * dayMs;
/** The index lists the latest first. Editions under way come with them. */
const mostEditions = 100;

/**
 * What waits for somebody: by the rules that alarms go by, and what was paused or is unconfirmed.
 * `addresses`: says of people whom the file names who they are.
 * Which schedules run is not known while another file is deployed, so nothing is missing then.
 */
export async function readStatus({ addresses }: { readonly addresses: boolean }, deps: StatusDeps): Promise<StatusAnswer> {
  const { store, deployed, lister, brakes, registry, now } = deps;
  const applied = await store.read();
  const isDeployed = applied !== undefined && deployedHash(applied.distribution) === deployed.hash;
  const isThere = async (edition: string) => (await deps.edition(edition)) !== undefined;
  const [unsent, missing, late, { editions }, heldLanesNow, unheard, slack, drift, reminders, overdue, held, braked] = await Promise.all([
    applied ? unsentAlerts(applied, deps) : [],
    isDeployed ? missingEditions(applied, { isThere, registry, now }) : [],
    lateUpdates(deps),
    lister.list(mostEditions),
    heldLanes(brakes),
    applied ? namedUnheard(applied.distribution, deps) : [],
    deps.slackWaits(),
    lastDrift(deps),
    applied && reminded(applied, isDeployed, deps),
    applied?.distribution.reviews && lateReviews(applied.distribution, deps),
    heldIncidents(applied?.distribution, deps),
    brakedLately(deps.braked, now()),
  ]);
  const oldest = now().getTime() - lookBackMs;
  return {
    unsent,
    missing,
    late: late.map(({ incident, ...one }) => ({ ...one, postmortem: incident })),
    paused: editions.filter(({ state }) => state === 'paused'),
    unconfirmed: editions.filter((one) => canResend(one) && Date.parse(one.composedAt) >= oldest),
    lanes: heldLanesNow,
    unheard: unheard.map(({ post, state, subscriber, address }) => ({
      post,
      why: whyUnheard[state],
      ...(subscriber && { subscriber }),
      ...(addresses && { address }),
    })),
    needsDeploy: applied ? pathsToDeploy(applied.distribution, applied.distribution, deployed) : [],
    ...(slack && { slack }),
    ...(drift && { drift }),
    ...(braked.length > 0 && { braked }),
    ...(held && { held }),
    ...(overdue && { overdue }),
    ...(reminders && { reminders }),
  };
}

/**
 * Only where a day is late it looks at what a run would do, because that reads every open action.
 */
async function reminded(
  applied: Parameters<typeof lateReminders>[0],
  isDeployed: boolean,
  { reminding }: Pick<StatusDeps, 'reminding'>,
): Promise<StatusAnswer['reminders']> {
  const { reminders } = applied.distribution;
  if (!reminders) return undefined;
  const progress = await reminding.memory.read();
  const late = isDeployed ? lateReminders(applied, progress, reminding.now()) : undefined;
  const would = late === undefined ? undefined : await remind({ dry: true }, reminding);
  return {
    at: reminders.at,
    ...(progress && { lastDay: progress.lastDay }),
    ...(late !== undefined && { late }),
    ...(would?.outcome === 'too many' && { held: { people: would.people, staff: would.staff } }),
  };
}

async function lateReviews(distribution: Distribution, { reminding: { reviews }, now }: Pick<StatusDeps, 'reminding' | 'now'>) {
  return overdueReviews(await reviews.open(), { calendar: workingCalendarOf(distribution), now: now() });
}

/** How much the last check found. It looks no further, because a check reads many rows. */
async function lastDrift({ drift }: Pick<StatusDeps, 'drift'>): Promise<StatusAnswer['drift']> {
  const last = await drift.read();
  const findings = last ? last.findings.length + last.more : 0;
  return last && findings > 0 ? { at: last.at, findings } : undefined;
}

/** So many reasons are shown, of so many incidents that are looked at. The list has all. */
const [mostHeld, mostLookedAt] = [5, 1000];

async function heldIncidents(
  distribution: Distribution | undefined,
  { inbound }: Pick<StatusDeps, 'inbound'>,
): Promise<StatusAnswer['held']> {
  const held = shownByReason(await readHeld(inbound, mostLookedAt), distribution);
  return held.length === 0 ? undefined : { first: held.slice(0, mostHeld), more: held.length > mostHeld };
}

const canResend = ({ counts, state }: ListedEdition) => (counts.unconfirmed ?? 0) > 0 && state !== 'recalled' && state !== 'superseded';

/** The lanes that let no mail through, or a probe alone. */
export async function heldLanes(brakes: Pick<LaneBrakes, 'read'>): Promise<HeldLane[]> {
  const states = await brakes.read();
  return lanes.flatMap((lane) => (standOf(states[lane], 0) === 'open' ? [] : [{ lane, ...states[lane] }]));
}

import type { CatalogStore } from '../catalog/ports.ts';
import { runsOf } from '../catalog/who-runs.ts';
import type { DistributionStore } from '../distribution/apply-distribution.ts';
import type { Deployed } from '../distribution/deployed-parts.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { pathsToDeploy } from '../distribution/distribution-changes.ts';
import { publicPageRulesOf } from '../distribution/notice-rules.ts';
import { configuredStream, isRole } from '../distribution/stream-rules.ts';
import type { ExternalLists, PublicNotices } from '../notice/ports.ts';
import { readShownNotices } from '../notice/read-shown-notices.ts';
import { readHolders, signersOf } from '../review/office.ts';
import type { ReviewLists } from '../review/ports.ts';
import type { Review } from '../review/review.ts';
import { type DriftFacts, driftOf, toldDays } from '../runbook/drift.ts';
import { type Drift, type DriftStore, storable } from '../runbook/finding.ts';
import type { ArchiveSince } from '../search/ports.ts';
import { latestOf } from '../search/search-entry.ts';
import { dayMs } from '../shared/duration.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { ChannelList, SlackPosts } from '../slack/ports.ts';
import { streamsOf } from '../stream/stream.ts';
import type { PeopleList } from '../subscriber/ports.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { ableOperators } from './able-operators.ts';
import { dissolvedTeams } from './check-catalog.ts';
import { namedUnheard, type UnheardDeps } from './named-unheard.ts';
import { peoplePages } from './people-pages.ts';
import { type PromiseDeps, promiseFacts } from './promise-facts.ts';
import { teamsOfPeople } from './teams-of-people.ts';

export interface DriftDeps extends UnheardDeps, Pick<PromiseDeps, 'actions'> {
  readonly distribution: Pick<DistributionStore, 'read'>;
  readonly deployed: Deployed;
  readonly stack: string;
  /** Undefined: this stack has no Slack. */
  readonly slack: { readonly channels: Pick<ChannelList, 'read'>; readonly posts: Pick<SlackPosts, 'unsettled'> } | undefined;
  readonly peopleList: PeopleList;
  readonly archive: ArchiveSince;
  readonly catalog: Pick<CatalogStore, 'read'>;
  readonly reviews: Pick<ReviewLists, 'open'>;
  readonly notices: Pick<ExternalLists, 'resting'> & Pick<PublicNotices, 'list' | 'read' | 'readVersion'>;
  readonly drift: DriftStore;
  readonly now: () => Instant;
}

/** What is read at most, so that a check ends in time with any number of postmortems. */
const most = { postmortems: 5000, posts: 500 };

export interface FoundDrift {
  readonly drift: Drift;
  /** The organisation's zone. */
  readonly zone: string;
  /** Who may run Afterword on its pages and gets mail, at most a hundred. */
  readonly operators: readonly SubscriberId[];
}

/**
 * Compares the file in force with what is so, and keeps the result as the last one. Undefined if no
 * file is in force. Changes nothing else; the second time it finds what is so then.
 */
export async function findDrift(deps: DriftDeps): Promise<FoundDrift | undefined> {
  const applied = await deps.distribution.read();
  if (!applied) return undefined;
  const { distribution } = applied;
  const now = deps.now();
  const [slack, unheard, scanned, told, reviews, promises, holderAt, notices] = await Promise.all([
    slackFacts(deps),
    namedUnheard(distribution, deps),
    readPeople(distribution, deps),
    toldFacts(now, deps),
    deps.reviews.open(),
    promiseFacts(distribution, new Date(now), deps),
    readHolders(distribution, deps),
    noticeFacts(distribution, now, deps),
  ]);
  const nobodySigns = (review: Review) => review.state === 'in review' && signersOf(distribution, review, holderAt).length === 0;
  const operators = await ableOperators(distribution, scanned.withRole, deps);
  const drift = driftOf(distribution, {
    now,
    stack: deps.stack,
    needsDeploy: pathsToDeploy(distribution, distribution, deps.deployed),
    slack,
    unheard,
    operators: operators.length,
    readers: scanned.readers,
    told,
    reviews,
    unsigned: reviews.filter(nobodySigns).map(({ postmortem }) => postmortem),
    promises,
    notices,
    catalog: await catalogFacts(distribution, told, deps),
  });
  await deps.drift.put(storable(drift));
  return { drift, zone: distribution.organisation.zone, operators };
}

async function slackFacts({ slack }: DriftDeps): Promise<DriftFacts['slack']> {
  if (!slack) return undefined;
  const [list, unsettled] = await Promise.all([slack.channels.read(), slack.posts.unsettled(most.posts + 1)]);
  return { list, unsettled: unsettled.slice(0, most.posts), isWhole: unsettled.length <= most.posts };
}

/**
 * What customers can read, as far as it changed within {@link toldDays}: nobody reads the same
 * finding for years. Nothing is read where the file has no notices.
 */
async function noticeFacts(distribution: Distribution, now: Instant, { notices }: DriftDeps): Promise<DriftFacts['notices']> {
  if (!publicPageRulesOf(distribution)) return { hidden: [], products: [], astray: [] };
  const since = new Date(Date.parse(now) - toldDays * dayMs);
  const isLate = (at: Instant): boolean => Date.parse(at) >= since.getTime();
  const [resting, shown] = await Promise.all([notices.resting(since, new Date(now)), readShownNotices(notices)]);
  return {
    hidden: resting.flatMap((one) => (one.hiddenSince && isLate(one.hiddenSince) && one.shown !== undefined ? [one.postmortem] : [])),
    products: shown.flatMap(({ at, content }) => (isLate(at) ? [content.products] : [])),
    // A row at rest has told of all that it did, so the two say the same.
    astray: shown.flatMap(({ publicId, version }) =>
      resting.flatMap((row) => (row.publicId === publicId && row.shown !== version ? [row.postmortem] : [])),
    ),
  };
}

/** Everybody is read only where there is a catalogue to compare with. */
async function catalogFacts(
  distribution: Distribution,
  told: DriftFacts['told'],
  { catalog, peopleList }: DriftDeps,
): Promise<DriftFacts['catalog']> {
  const stored = await catalog.read();
  if (!stored) return undefined;
  const runs = runsOf(stored, distribution, told.postmortems);
  const { teams, isWhole } = await teamsOfPeople(peopleList);
  return { running: new Set(runs.teams), dissolved: dissolvedTeams(stored, runs, teams), isWhole };
}

async function toldFacts(now: Instant, { archive }: DriftDeps): Promise<DriftFacts['told']> {
  const since = toInstant(new Date(Date.parse(now) - toldDays * dayMs));
  // Engineers are told of every postmortem. What is restricted or was taken back is hidden there.
  const { entries, isWhole } = await archive('engineering', since, most.postmortems);
  const postmortems = [...latestOf(entries).values()].flatMap((entry) =>
    'title' in entry && Date.parse(entry.publishedAt) >= Date.parse(since) ? [{ services: entry.services, team: entry.team }] : [],
  );
  return { postmortems, isWhole };
}

/**
 * The streams that somebody gets, and who has a role of operators. Stops as soon as nothing more
 * can be learnt.
 */
async function readPeople(
  distribution: Distribution,
  { peopleList }: DriftDeps,
): Promise<{ readonly readers: DriftFacts['readers']; readonly withRole: SubscriberId[] }> {
  const wanted = streamsOf('staff').filter((stream) => configuredStream(distribution, stream));
  const roles = distribution.operators?.roles ?? [];
  const streams = new Set<string>();
  const withRole: SubscriberId[] = [];
  let people = 0;
  let cursor: string | undefined;
  for await (const page of peoplePages(peopleList)) {
    people += page.people.length;
    cursor = page.cursor;
    for (const person of page.people) {
      if (person.realm !== 'staff' || person.isSuspended || person.suppressed) continue;
      for (const stream of person.streams) streams.add(stream);
      if (roles.some((role) => isRole(role, person.role))) withRole.push(person.sid);
    }
    const isEnough = roles.length === 0 && wanted.every((stream) => streams.has(stream));
    if (isEnough) break;
  }
  const isWhole = cursor === undefined || wanted.every((stream) => streams.has(stream));
  return { readers: { streams, isWhole, people }, withRole };
}

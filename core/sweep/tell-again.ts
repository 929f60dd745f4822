import { mayHaveMail } from '../delivery/outcome.ts';
import type { RangeLedger } from '../delivery/ports.ts';
import { halvesOf, type Leaf, type Range, rootOf } from '../delivery/range.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { toldAtOnce } from '../distribution/stream-rules.ts';
import type { Edition, EditionId } from '../edition/edition.ts';
import { tellingId } from '../edition/edition-id.ts';
import { mayHaveLeftWithout } from '../edition/edition-state.ts';
import type { EditionHolder } from '../edition/ports.ts';
import { begunSlots } from '../edition/waves.ts';
import type { IncidentUpdatesStore } from '../incident-update/ports.ts';
import type { AlertQueue, PostmortemStore } from '../intake/ports.ts';
import { isPublishedWithin, newsDays } from '../postmortem/news.ts';
import { isTellable, type PostmortemId } from '../postmortem/postmortem.ts';
import { lastHidden, type StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { canonicalHash } from '../shared/canonical-hash.ts';
import { audienceOf, isRelevanceStream, isUpdateStream } from '../stream/stream.ts';

export interface TellAgainDeps {
  /** Consistent. */
  readonly edition: (id: EditionId) => Promise<Edition | undefined>;
  readonly editions: Pick<EditionHolder, 'release'>;
  readonly postmortems: Pick<PostmortemStore, 'noteMissed'>;
  readonly updates: Pick<IncidentUpdatesStore, 'read'>;
  /** What an audience may see of a revision. */
  readonly renditions: (audience: string, id: string, revision: number) => Promise<unknown>;
  readonly ranges: Pick<RangeLedger, 'read' | 'replace'>;
  readonly send: (edition: Edition, range: Range) => Promise<void>;
  readonly queue: AlertQueue;
  /** Has it found out to whom a postmortem matters, and those told to whom it matters much. */
  readonly relate?: ((id: PostmortemId) => Promise<void>) | undefined;
  readonly distribution: () => Promise<Distribution | undefined>;
  readonly newOwner: () => string;
  readonly now: () => Date;
}

/**
 * Tells a postmortem to readers who missed it while it was withheld, and to nobody else
 * (docs/adr/028). An edition shows it only as it was: if its text was changed, perhaps to remove
 * what should not have been in it, the edition stays without it.
 * Idempotent. 'later': somebody works on a part of an edition.
 */
export async function tellAgain(stored: StoredPostmortem, deps: TellAgainDeps): Promise<'done' | 'later'> {
  if (!isTellable(stored.postmortem)) return 'done';
  let told: 'done' | 'later' = 'done';
  for (const id of stored.editions) {
    const edition = await deps.edition(id);
    if (!edition) continue;
    const isOfIt = edition.incident === stored.postmortem.id;
    if (isOfIt && (await isFollowed(edition, stored.postmortem.id, deps))) continue;
    if ((await (isOfIt ? tellMissed : tellInNext)(edition, stored, deps)) === 'later') told = 'later';
  }
  return told;
}

/**
 * Whether a later mail about the same incident was made, or is decided. It tells how the incident
 * stands, to everybody.
 */
async function isFollowed({ id, stream, superseded }: Edition, incident: PostmortemId, { updates }: TellAgainDeps): Promise<boolean> {
  if (superseded) return true;
  if (!isUpdateStream(stream)) return false;
  const last = (await updates.read(stream, incident))?.updates.at(-1);
  return last !== undefined && tellingId(stream, incident, last.n) !== id;
}

/**
 * A digest or a brief. Its waves to come show the postmortem; the next edition does so if any mail
 * may have left without it.
 */
async function tellInNext(edition: Edition, stored: StoredPostmortem, deps: TellAgainDeps): Promise<'done'> {
  const { id } = stored.postmortem;
  const isSame = await hasSameText(edition, stored, deps);
  const isMissed = mayHaveLeftWithout(id, edition) && (begunSlots(edition).length > 0 || !isSame);
  if (isMissed) await deps.postmortems.noteMissed(id, edition.id);
  if (isSame) await deps.editions.release(edition.id, id, stored.revision);
  return 'done';
}

/**
 * An edition about this postmortem. Readers who were skipped get it. If its text was changed, it is
 * composed anew, unless somebody may already have it.
 */
async function tellMissed(edition: Edition, stored: StoredPostmortem, deps: TellAgainDeps): Promise<'done' | 'later'> {
  const { id } = stored.postmortem;
  if (!(await isOwed(edition, stored, deps))) return 'done';
  if ((await hasSameText(edition, stored, deps)) && !(await quotesHidden(edition, stored, deps))) {
    await deps.editions.release(edition.id, id, stored.revision);
    return everyLeaf(edition, deps, (range, leaf) => reopen(edition, range, leaf, deps));
  }
  let isKnown = false;
  const looked = await everyLeaf(edition, deps, async (_, leaf) => {
    const isBusy = isWorkedOn(leaf, deps);
    // What is being submitted may be refused for now, and then nobody has it.
    isKnown ||= Object.values(leaf.outcomes).some(mayHaveMail) || (!isBusy && Object.keys(leaf.submitting).length > 0);
    return isBusy ? 'later' : 'done';
  });
  if (isKnown || !edition.withheld.includes(id)) return 'done';
  if (looked === 'later') return 'later';
  await deps.postmortems.noteMissed(id, edition.id);
  await askAnew(edition.stream, id, deps);
  return 'done';
}

function askAnew(stream: Edition['stream'], id: PostmortemId, { queue, relate }: TellAgainDeps): Promise<void> | undefined {
  if (isUpdateStream(stream)) return queue.alert(id);
  // To whom it matters is found out by its new text.
  return isRelevanceStream(stream) ? relate?.(id) : queue.published(id);
}

/**
 * Whether readers who were skipped by it are still to get it. A first mail is news for some days. A
 * later one says how the incident stands to those who have the mails before, so they need it
 * whenever that is, and also where the stream no longer tells of such incidents: it may say so.
 */
async function isOwed(edition: Edition, stored: StoredPostmortem, deps: TellAgainDeps): Promise<boolean> {
  const [, mail] = await decidedFor(edition, stored, deps);
  return (mail !== undefined && mail.kind !== 'first') || isNews(edition, stored, await deps.distribution(), deps.now());
}

/** The update before an edition's own, and its own. Undefined if there is none. */
async function decidedFor({ id, stream }: Edition, { postmortem }: StoredPostmortem, { updates }: TellAgainDeps) {
  if (!isUpdateStream(stream)) return [];
  const told = (await updates.read(stream, postmortem.id))?.updates ?? [];
  const at = told.findIndex(({ n }) => tellingId(stream, postmortem.id, n) === id);
  return [told[at - 1], told[at]] as const;
}

function isNews({ stream }: Edition, { postmortem }: StoredPostmortem, distribution: Distribution | undefined, now: Date): boolean {
  const atOnce = distribution && toldAtOnce(distribution, postmortem.severity).find((one) => one.stream === stream);
  if (isUpdateStream(stream) && !atOnce) return false;
  return isPublishedWithin(atOnce?.withinDays ?? newsDays, postmortem, now);
}

/**
 * Whether readers of the edition would see the same text in the current revision as in the one that
 * it carries.
 */
async function hasSameText(
  { stream, carries }: Edition,
  { postmortem: { id }, revision }: StoredPostmortem,
  deps: TellAgainDeps,
): Promise<boolean> {
  const audience = stream === 'service' ? undefined : audienceOf(stream);
  const carried = carries.find((one) => one.id === id);
  if (!carried || !audience) return false;
  const [before, now] = [await deps.renditions(audience, id, carried.revision), await deps.renditions(audience, id, revision)];
  return before !== undefined && canonicalHash(before) === canonicalHash(now);
}

/**
 * Whether an update shows, beside what it says, what the mail before it said, and that is from
 * before the time when nobody might see it. It is quoted nowhere any more.
 */
async function quotesHidden(edition: Edition, stored: StoredPostmortem, deps: TellAgainDeps): Promise<boolean> {
  const [before, mail] = await decidedFor(edition, stored, deps);
  return (mail?.kind === 'update' || mail?.kind === 'lowered') && before !== undefined && before.revision <= lastHidden(stored);
}

/** Visits every leaf of the begun waves. A range without a row has its message on its way. */
async function everyLeaf(
  edition: Edition,
  { ranges }: TellAgainDeps,
  act: (range: Range, leaf: Leaf) => Promise<'done' | 'later'>,
): Promise<'done' | 'later'> {
  let all: 'done' | 'later' = 'done';
  const open = begunSlots(edition).map((slot) => rootOf(edition.id, slot));
  for (let range = open.pop(); range; range = open.pop()) {
    const row = await ranges.read(range);
    if (row?.shape === 'split') open.push(...halvesOf(range));
    else if (row && (await act(range, row)) === 'later') all = 'later';
  }
  return all;
}

const isWorkedOn = ({ leaseEndsAt }: Leaf, { now }: TellAgainDeps) => leaseEndsAt > now().getTime();

/**
 * Takes back that readers were skipped because the postmortem was withheld. The leaf is open again,
 * and everybody without an outcome is sent to in the ordinary way. Doubts stay doubts. A new owner
 * keeps a worker that fell silent from finishing the leaf.
 */
async function reopen(edition: Edition, range: Range, leaf: Leaf, deps: TellAgainDeps): Promise<'done' | 'later'> {
  if (isWorkedOn(leaf, deps)) return 'later';
  const kept = Object.entries(leaf.outcomes).filter(([, outcome]) => !(outcome.kind === 'skipped' && outcome.reason === 'withheld'));
  if (kept.length === Object.keys(leaf.outcomes).length) return 'done';
  const at = deps.now().getTime();
  const again: Leaf = {
    ...leaf,
    version: leaf.version + 1,
    owner: deps.newOwner(),
    leaseEndsAt: 0,
    expectedBy: 0,
    step: 0,
    state: 'open',
    settlesAt: at,
    isAsked: false,
    outcomes: Object.fromEntries(kept),
  };
  if (!(await deps.ranges.replace(range, again, { version: leaf.version, owner: leaf.owner }))) return 'later';
  await deps.send(edition, range);
  return 'done';
}

import type { ActionLedger } from '../action/ports.ts';
import { materialFor } from '../edition/corrections.ts';
import type { EditionHolder } from '../edition/ports.ts';
import { isTellable, type PostmortemId } from '../postmortem/postmortem.ts';
import { isOutboxTask, type MaterialChange, type OutboxTask, type StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { projectionFor } from '../rendition/renditions.ts';
import type { SearchIndexWriter } from '../search/ports.ts';
import { allDone } from '../shared/all-done.ts';
import { audiences } from '../stream/audience.ts';
import { taxonomyOf } from '../taxonomy/taxonomy-of.ts';
import { keepActions } from './keep-actions.ts';
import { keepReview, type ReviewKeeping } from './keep-review.ts';
import type { AlertQueue, PostmortemStore, PostOutbox, RenditionStore, RevisionLog } from './ports.ts';

export interface OutboxDeps {
  readonly postmortems: PostmortemStore;
  readonly revisions: RevisionLog;
  readonly actions: Pick<ActionLedger, 'list' | 'put'>;
  readonly reviews: ReviewKeeping;
  readonly renditions: RenditionStore;
  readonly search: SearchIndexWriter;
  readonly editions: Pick<EditionHolder, 'withhold' | 'release' | 'correct'>;
  readonly queue: AlertQueue;
  /** Absent: this stage has no Slack. Its task then stays on the list, in case it gets one. */
  readonly posts?: PostOutbox | undefined;
  /**
   * Has it found out to whom a postmortem matters. The second time the answer is the same. Absent:
   * nobody is told of what is relevant to their team.
   */
  readonly relate?: ((id: PostmortemId) => Promise<void>) | undefined;
  /**
   * Has what customers read of a postmortem looked at. The second time nothing is left to do.
   * Absent: its task stays on the list.
   */
  readonly lookAtNotice?: ((id: PostmortemId) => Promise<void>) | undefined;
  /**
   * Only `sweep` has it. Intake cannot read subscribers, so it leaves this task in the outbox.
   * 'later': not all of it can be done yet.
   */
  readonly tellAgain?: (stored: StoredPostmortem) => Promise<'done' | 'later'>;
}

/**
 * Runs the outbox of a postmortem's current revision. Each task can be repeated, and the list is
 * cleared last, so that the next run after a crash (by intake or `sweep`) simply starts over. Tasks
 * of a later release stay on the list. `taken`: the revision that was just stored. Its alert is
 * asked for before anything is read.
 */
export async function runOutbox(id: PostmortemId, deps: OutboxDeps, taken?: StoredPostmortem): Promise<'paid' | 'nothing owed'> {
  const alert = taken?.owed.includes('alert') ? deps.queue.alert(id) : undefined;
  const [run] = await allDone([runTasks(id, deps, alert && taken?.revision), alert]);
  if (!run) return 'nothing owed';
  const { stored, left } = run;
  if (left.length < stored.owed.length) await deps.postmortems.clearOwed(stored, left);
  return 'paid';
}

interface Run {
  readonly stored: StoredPostmortem;
  /** What stays on the list. */
  readonly left: readonly string[];
}

/** `alerted`: the revision whose alert the caller asks for. Undefined: nothing is owed. */
async function runTasks(id: PostmortemId, deps: OutboxDeps, alerted: number | undefined): Promise<Run | undefined> {
  const stored = await deps.postmortems.readCurrent(id);
  if (!stored || stored.owed.length === 0) return undefined;
  const isToBeAsked = stored.owed.includes('alert') && stored.revision !== alerted;
  // Composing an alert needs nothing of the other tasks: it works out what is not stored yet
  // (docs/adr/092).
  const [left] = await allDone([runOthers(stored, deps), isToBeAsked ? deps.queue.alert(id) : undefined]);
  return { stored, left };
}

/** Every task but the alert, and what is left of the list after it. */
async function runOthers(stored: StoredPostmortem, deps: OutboxDeps): Promise<readonly string[]> {
  const { id } = stored.postmortem;
  const owes = (task: OutboxTask) => stored.owed.includes(task);
  // Every revision has this task, so each gets its line. If a revision is replaced before its
  // outbox ran, `takePostmortem` writes the line.
  const noted = owes('projections') ? deps.revisions.note(stored) : undefined;
  await allDone([noted, owes('withhold') ? withhold(stored, deps) : undefined]);
  if (owes('projections')) await project(stored, deps);
  if (owes('published')) await deps.queue.published(id);
  if (owes('corrections')) await correct(stored, deps);
  if (owes('notice')) await deps.lookAtNotice?.(id);
  // After what people wait for: nobody waits for this. It reads the archive's new entry.
  if (owes('projections')) await deps.relate?.(id);
  // Last of what readers see: posts show the renditions that are put by now.
  if (owes('slack')) await post(stored, deps.posts);
  const isToldAgain = !owes('tell again') || (await deps.tellAgain?.(stored)) === 'done';
  const isLeft = (task: OutboxTask) =>
    (task === 'tell again' && !isToldAgain) || (task === 'slack' && !deps.posts) || (task === 'notice' && !deps.lookAtNotice);
  return stored.owed.filter((task) => !isOutboxTask(task) || isLeft(task));
}

/** An edition may also name, beside a promise, a postmortem that it does not carry. */
async function withhold({ postmortem, revision, editions, namedIn, awaitedIn = [] }: StoredPostmortem, deps: OutboxDeps): Promise<void> {
  for (const edition of new Set([...editions, ...namedIn, ...awaitedIn])) await deps.editions.withhold(edition, postmortem.id, revision);
}

/** Only editions whose audience sees other facts now. */
async function correct(stored: StoredPostmortem, deps: OutboxDeps): Promise<void> {
  for (const edition of new Set([...stored.editions, ...stored.namedIn])) {
    const revision = materialFor(edition, stored);
    if (revision !== undefined) await deps.editions.correct(edition, stored.postmortem.id, revision);
  }
}

async function post(stored: StoredPostmortem, posts: PostOutbox | undefined): Promise<void> {
  await posts?.want(stored);
  await posts?.look(stored.postmortem.id);
}

async function project(stored: StoredPostmortem, deps: OutboxDeps): Promise<void> {
  const { postmortem, revision, updatedAt, material = {} } = stored;
  const distribution = await deps.reviews.distribution();
  const taxonomy = taxonomyOf(distribution ?? {});
  const isTold = isTellable(postmortem);
  const publishedAt = postmortem.publishedAt ?? updatedAt;
  const projections = audiences.map((audience) => ({
    audience,
    made: isTold ? projectionFor(audience, stored, publishedAt, taxonomy) : undefined,
  }));
  const show = async ({ audience, made }: (typeof projections)[number]) => {
    if (made) {
      // The archive's entry names it.
      await deps.renditions.put(audience, postmortem.id, revision, made.rendition);
      await deps.search.put(audience, { ...made.entry, updatedAt, ...changedAtOf(material[audience]) }, publishedAt);
    }
    // An earlier revision may have an entry.
    else if (revision > 1) await deps.search.hide(audience, { id: postmortem.id, revision, hidden: true }, publishedAt);
  };
  await allDone(projections.map(show));
  await keepActions(stored, deps.actions);
  await keepReview(stored, { ...deps.reviews, distribution: async () => distribution }, deps.actions);
}

const changedAtOf = (change: MaterialChange | undefined) => (change ? { changedAt: change.at } : {});

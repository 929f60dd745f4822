import type { EditionId } from '../edition/edition.ts';
import { dayMs, hourMs } from '../shared/duration.ts';
import { isAfter, toInstant } from '../shared/instant.ts';
import { type Erasure, pseudonymOf } from './erasure.ts';
import { type ErasureStore, type FoundLeaf, isService, type LedgerEdition, type LedgerEraser, type PersonLedger } from './ports.ts';

export interface ForgetDeps {
  readonly ledger: PersonLedger & LedgerEraser;
  readonly erasures: Pick<ErasureStore, 'write' | 'end'>;
  readonly now: () => Date;
  /** False: the run is about to end, and the next one does what is left. */
  readonly hasTime: () => boolean;
}

/** Ledger rows and evidence live for thirteen months. */
const ledgerMs = 400 * dayMs;
/** A queue keeps an event for fourteen days at most, including dead letters. */
const eventsMs = 14 * dayMs;
const pageSize = 50;
const tries = 20;

/**
 * Continues an erasure whose person is gone. It removes evidence and puts a pseudonym in their
 * place in the ranges, so that every tally stays exact. It changes only finished work; what is
 * still being sent is looked at again each hour. Idempotent.
 */
export async function forgetInLedger(erasure: Erasure, deps: ForgetDeps): Promise<void> {
  if (erasure.stage === 'unfinished') return revisit(erasure, deps);
  const back = erasure.stage === 'late' ? 2 * eventsMs : ledgerMs;
  const since = toInstant(new Date(Date.parse(erasure.at) - back));
  let { cursor } = erasure;
  const unfinished = new Set(erasure.unfinished);
  for (;;) {
    const page = await deps.ledger.editions(since, pageSize, cursor);
    for (const edition of page) {
      if (!deps.hasTime()) {
        await save({ ...erasure, ...(cursor && { cursor }), unfinished: [...unfinished] }, deps);
        return;
      }
      if (isTheirs(edition, erasure) && (await forgetEdition(edition, erasure, deps)) === 'unfinished') unfinished.add(edition.edition);
      cursor = edition.cursor;
    }
    if (page.length < pageSize) return nextStage({ ...erasure, unfinished: [...unfinished] }, deps);
  }
}

async function revisit(erasure: Erasure, deps: ForgetDeps): Promise<void> {
  const still: EditionId[] = [];
  for (const id of erasure.unfinished) {
    const edition = deps.hasTime() ? await deps.ledger.edition(id) : undefined;
    if (!deps.hasTime() || (edition && (await forgetEdition(edition, erasure, deps)) === 'unfinished')) still.push(id);
  }
  await nextStage({ ...erasure, unfinished: still }, deps);
}

async function nextStage({ cursor: _, ...erasure }: Erasure, deps: ForgetDeps): Promise<void> {
  const now = deps.now().getTime();
  if (erasure.stage === 'late') {
    await deps.erasures.end(erasure);
    return;
  }
  const isLeft = erasure.unfinished.length > 0;
  const at = isLeft ? now + hourMs : Math.max(now, Date.parse(erasure.at) + eventsMs);
  await save({ ...erasure, stage: isLeft ? 'unfinished' : 'late', dueAt: toInstant(new Date(at)) }, deps);
}

/** If somebody else wrote meanwhile, their write stands: they did the same work. */
const save = (erasure: Erasure, { erasures }: ForgetDeps) => erasures.write({ ...erasure, version: erasure.version + 1 }, erasure.version);

/**
 * Whether an edition may hold this person. What was composed after they were gone is not theirs, or
 * belongs to a later profile of theirs. A mail to them alone may have been asked for just before
 * they went, so an hour more is allowed for it.
 */
const isTheirs = ({ edition, composedAt }: LedgerEdition, { goneAt }: Erasure) =>
  !goneAt || !isAfter(composedAt, isService(edition) ? toInstant(new Date(Date.parse(goneAt) + hourMs)) : goneAt);

async function forgetEdition(edition: LedgerEdition, erasure: Erasure, deps: ForgetDeps): Promise<'forgotten' | 'unfinished'> {
  const { ledger } = deps;
  if (!edition.isComplete) return 'unfinished';
  if (isService(edition.edition)) {
    if (edition.edition.includes(erasure.sid)) {
      await ledger.removeEvidence(edition.edition, erasure.sid);
      await ledger.removeServiceEdition(edition.edition, edition.slots);
    }
    return 'forgotten';
  }
  for (const found of await ledger.leaves(edition.edition, edition.slots, erasure.sid))
    if ((await replaceIn(found, erasure, deps)) === 'unfinished') return 'unfinished';
  await ledger.removeEvidence(edition.edition, erasure.sid);
  return 'forgotten';
}

async function replaceIn(first: FoundLeaf, erasure: Erasure, { ledger }: ForgetDeps): Promise<'forgotten' | 'unfinished'> {
  const { edition, slot } = first.range;
  let found: FoundLeaf | undefined = first;
  for (let i = 0; i < tries; i += 1) {
    const outcome = found?.leaf.outcomes[erasure.sid];
    const submitted = found?.leaf.submitting[erasure.sid];
    if (!found || (!outcome && !submitted)) return 'forgotten';
    // The worker of this leaf knows them by their sid, so any doubt of theirs is settled first.
    if (found.leaf.state !== 'done') return 'unfinished';
    const { range, leaf } = found;
    const other = pseudonymOf(erasure, edition, range.prefix);
    const renamed = <T>(record: Readonly<Record<string, T>>) =>
      Object.fromEntries(Object.entries(record).map(([sid, value]) => [sid === erasure.sid ? other : sid, value]));
    const next = { ...leaf, version: leaf.version + 1, outcomes: renamed(leaf.outcomes), submitting: renamed(leaf.submitting) };
    if (await ledger.replace(range, next, { version: leaf.version, owner: leaf.owner })) return 'forgotten';
    [found] = await ledger.leaves(edition, [slot], erasure.sid);
  }
  return 'unfinished';
}

import { type Edition, type EditionId, type Lane, laneOf, lanes } from '../edition/edition.ts';
import { type PayDeps, payOwed } from '../intake/pay-owed.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { type Budget, type WalkDeps, walkEdition } from './walk-edition.ts';

export interface SweepDeps extends WalkDeps {
  readonly pay: PayDeps;
  readonly open: {
    /** Ids of unfinished editions, the longest due first. */
    editions(limit: number): Promise<EditionId[]>;
    /** Postmortems whose outbox has been owed since before an instant. */
    outboxes(before: Date, limit: number): Promise<PostmortemId[]>;
  };
  readonly memory: {
    read(): Promise<SweepMemory>;
    write(memory: SweepMemory): Promise<void>;
  };
  readonly isQueueEmpty: (lane: Lane) => Promise<boolean>;
  readonly refreshQuota: () => Promise<void>;
  readonly failed: (what: string, error: unknown) => void;
}

/** What one run tells the next. */
export interface SweepMemory {
  /** Runs in a row in which a lane's queue reported nothing visible, in flight or delayed. */
  readonly emptyRuns: Readonly<Record<Lane, number>>;
  /** Where to go on in which edition. */
  readonly cursor?: { readonly edition: EditionId; readonly prefix: string };
}

export interface Swept {
  readonly outboxes: number;
  readonly editions: number;
  readonly rows: number;
}

/** At most this many range rows, editions and outboxes a run. */
const rowsARun = 500;
const editionsARun = 50;
const outboxesARun = 100;
/** Intake is given this long to pay by itself. */
const ownTimeMs = 20_000;

/** Finishes whatever was left unfinished. One part that fails does not keep the others from running. */
export async function sweep(deps: SweepDeps): Promise<Swept> {
  await attempt('quota', deps.refreshQuota, deps);
  const outboxes = await payOutboxes(deps);
  const memory = await deps.memory.read();
  const emptyRuns = await countEmptyRuns(memory, deps);
  const budget: Budget = { left: rowsARun };
  const { cursor, editions } = await walkEditions(memory, emptyRuns, budget, deps);
  await deps.memory.write({ emptyRuns, ...(cursor && { cursor }) });
  return { outboxes, editions, rows: rowsARun - budget.left };
}

async function payOutboxes(deps: SweepDeps): Promise<number> {
  const owing = await deps.open.outboxes(new Date(deps.now().getTime() - ownTimeMs), outboxesARun);
  for (const id of owing) await attempt('outbox', () => payOwed(id, deps.pay), deps);
  return owing.length;
}

async function countEmptyRuns(memory: SweepMemory, deps: SweepDeps): Promise<Record<Lane, number>> {
  const emptyRuns: Record<Lane, number> = { ...memory.emptyRuns };
  for (const lane of lanes) {
    await attempt(
      'queue',
      async () => {
        emptyRuns[lane] = (await deps.isQueueEmpty(lane)) ? emptyRuns[lane] + 1 : 0;
      },
      deps,
    );
  }
  return emptyRuns;
}

async function walkEditions(memory: SweepMemory, emptyRuns: Record<Lane, number>, budget: Budget, deps: SweepDeps) {
  const ids = await deps.open.editions(editionsARun);
  const { cursor } = memory;
  const first = cursor ? Math.max(0, ids.indexOf(cursor.edition)) : 0;
  for (const id of [...ids.slice(first), ...ids.slice(0, first)]) {
    const edition = await deps.editions.read(id);
    if (!edition || !isToBeWalked(edition)) continue;
    const from = cursor?.edition === id ? cursor.prefix : '';
    let stoppedAt: string | undefined;
    await attempt(
      'edition',
      async () => {
        stoppedAt = await walkEdition(edition, from, emptyRuns[laneOf(edition.stream)] >= 2, budget, deps);
      },
      deps,
    );
    if (stoppedAt !== undefined) return { cursor: { edition: id, prefix: stoppedAt }, editions: ids.length };
  }
  return { cursor: undefined, editions: ids.length };
}

const isToBeWalked = (edition: Edition) => !edition.completedAt && !edition.paused;

async function attempt(what: string, act: () => Promise<unknown>, deps: Pick<SweepDeps, 'failed'>): Promise<void> {
  try {
    await act();
  } catch (error) {
    deps.failed(what, error);
  }
}

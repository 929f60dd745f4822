import type { SlotRegistry } from '../compose/ports.ts';
import { NothingApplied } from '../compose/start-edition.ts';
import type { Lanes } from '../delivery/lane.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { Edition, EditionId } from '../edition/edition.ts';
import { isOver } from '../edition/edition-state.ts';
import type { EditionReader } from '../edition/ports.ts';
import { dayMs, hourMs } from '../shared/duration.ts';
import { AfterwordError, type Flaw, Refused } from '../shared/errors.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { scheduledStreams } from '../stream/stream.ts';
import { isHeldAt } from '../subscriber/slot.ts';
import { type DueEdition, dueBetween } from './due-between.ts';
import { mayHaveLeft } from './may-have-left.ts';

/**
 * The table was restored under another name, and an operator has not yet settled what it cannot
 * know. No mail leaves.
 */
export class UnsettledCopy extends AfterwordError {
  override readonly name = 'UnsettledCopy';
  constructor(table: string) {
    super(`the table ${table} was restored from a backup and is not settled: no mail leaves before. See: afterword settle --help`);
  }
}

/** Why nothing may be settled now. Nothing was changed. */
export class CannotSettle extends AfterwordError {
  override readonly name = 'CannotSettle';
}

export interface SettleWish {
  /**
   * `since`: the point in time that the table was restored to. `until`: when the old table sent its
   * last mail.
   */
  readonly since: Date;
  readonly until: Date;
  /** Editions that are to be sent anyway. */
  readonly keep: readonly EditionId[];
}

export interface SettleDeps {
  readonly distribution: () => Promise<Distribution | undefined>;
  /** Reads consistently. */
  readonly lanes: () => Promise<Lanes>;
  /** Whether the identity secret is the one that made the sids of the people who are stored. */
  readonly knowsPeople: () => Promise<boolean>;
  readonly registry: SlotRegistry;
  readonly editions: Pick<EditionReader, 'read' | 'listOpenIds'>;
  /** How many postmortems still have an alert or a withdrawal in their outbox. */
  readonly owed: () => Promise<number>;
  /** Has an edition composed. Idempotent. */
  readonly ask: (due: DueEdition) => Promise<void>;
  readonly recall: (id: EditionId) => Promise<unknown>;
  /** From now on the table no longer counts as a copy. Idempotent. */
  readonly endCopy: () => Promise<void>;
  /** Waits until the lists show what was written before. */
  readonly untilListed: () => Promise<void>;
  readonly now: () => Date;
}

export interface Settling {
  /** Asked for and not composed yet. Ask again in some seconds. */
  readonly composing: readonly EditionId[];
  /** How many postmortems still have tasks in their outbox. `sweep` runs it within a minute. */
  readonly owed: number;
  /** Editions that somebody may have got before. They are recalled. */
  readonly recalled: readonly EditionId[];
  /** Unfinished editions that will be sent. */
  readonly kept: readonly EditionId[];
  readonly isSettled: boolean;
}

/** An edition that was due shortly before the restore may not have been composed yet. */
const slackMs = hourMs;
/** Backups go back thirty-five days. */
const longestMs = 40 * dayMs;

/**
 * Settles what a restored ledger cannot know: which editions left after the point in time that it
 * was restored to. First, editions that a schedule asked for are composed, so that no one asks for
 * them again and what they carry counts as sent. Then every edition that somebody may have got is
 * recalled. `look`: says what would be recalled. `act`: recalls it and lets mail leave again, if
 * nothing is still to come. Idempotent. Throws CannotSettle, Refused and NothingApplied.
 */
export async function settleCopy(how: 'look' | 'act', wish: SettleWish, deps: SettleDeps): Promise<Settling> {
  const distribution = await deps.distribution();
  if (!distribution) throw new NothingApplied();
  await check(wish, deps);
  const held = new Map(await Promise.all(scheduledStreams.map(async (stream) => [stream, await deps.registry.slots(stream)] as const)));
  const due = dueBetween(distribution, new Date(wish.since.getTime() - slackMs), wish.until, (stream, frequency) =>
    isHeldAt(frequency, stream, held.get(stream) ?? []),
  );
  const composing: EditionId[] = [];
  for (const one of due) {
    if (await deps.editions.read(one.edition)) continue;
    await deps.ask(one);
    composing.push(one.edition);
  }
  const owed = await deps.owed();
  const first = await unfinished(due, wish, deps);
  const told = { composing, owed, recalled: first.recall, kept: first.kept };
  if (how === 'look' || composing.length > 0 || owed > 0) return { ...told, isSettled: false };

  const recalled: EditionId[] = [];
  let next = first.recall;
  do {
    for (const id of next) await deps.recall(id);
    recalled.push(...next);
    // An edition composed a moment ago may have been missing from the list.
    await deps.untilListed();
    next = (await unfinished(due, wish, deps)).recall;
  } while (next.length > 0);
  await deps.endCopy();
  return { ...told, recalled, isSettled: true };
}

async function check({ since, until }: SettleWish, { lanes, knowsPeople, now }: SettleDeps): Promise<void> {
  if (since > until)
    throw refusal('since', 'lies after until', 'since: what the table was restored to. until: when the old table sent last.');
  if (until > now())
    throw refusal('until', 'lies in the future', 'Say when the old table may have sent its last mail; not later than now.');
  if (until.getTime() - since.getTime() > longestMs)
    throw refusal('since', 'lies more than 40 days before until', 'Backups go back 35 days: check the dates.');
  if (Object.values(await lanes()).some(({ paused }) => !paused))
    throw new CannotSettle(
      'Mail may leave at this moment: this table is no copy, or it was settled. To settle it all the same, pause first: afterword pause.',
    );
  if (!(await knowsPeople()))
    throw new CannotSettle(
      'The identity secret is not the one that belongs to this table: its people would be strangers. Deploy with the secret of the backup.',
    );
}

async function unfinished(due: readonly DueEdition[], { until, keep }: SettleWish, { editions }: SettleDeps) {
  const ids = [...new Set([...(await editions.listOpenIds()), ...due.map(({ edition }) => edition)])];
  const all = (await fewAtATime(ids, editions.read)).flatMap((edition) =>
    edition && !edition.completedAt && !isOver(edition) ? edition : [],
  );
  const strange = keep.find((id) => !all.some((edition) => edition.id === id));
  if (strange !== undefined) throw refusal('keep', `${strange} is no unfinished edition`, 'List them with: afterword editions.');
  const isRecalled = (edition: Edition) => mayHaveLeft(edition, until) && !keep.includes(edition.id);
  return { recall: all.filter(isRecalled).map(({ id }) => id), kept: all.filter((one) => !isRecalled(one)).map(({ id }) => id) };
}

const refusal = (field: string, problem: string, remedy: string) =>
  new Refused('content', [{ field, problem, remedy } satisfies Flaw], 'Refused. Nothing was settled.');

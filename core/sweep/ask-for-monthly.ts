import type { SlotRegistry } from '../compose/ports.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { EditionId } from '../edition/edition.ts';
import { lastMonthlyMade, occurrenceDueAt } from '../edition/occurrence.ts';
import { type Instant, isAfter, toInstant } from '../shared/instant.ts';
import { type MonthlyStream, monthlyStreams } from '../stream/stream.ts';
import { frequencyOf } from '../subscriber/slot.ts';

export interface MonthlyDeps {
  readonly distribution: () => Promise<Distribution | undefined>;
  /** Consistent. */
  readonly isThere: (edition: EditionId) => Promise<boolean>;
  readonly registry: SlotRegistry;
  /** Has the monthly edition composed that is due at an instant. Idempotent. */
  readonly ask: (stream: MonthlyStream, scheduledFor: Instant) => Promise<void>;
  readonly now: () => Date;
}

/** The edition that was asked for last, and when (milliseconds since 1970). */
export interface Asked {
  readonly edition: EditionId;
  readonly at: number;
}

/**
 * Compose has five attempts, six minutes apart. After that it is asked again; failed messages are
 * in the dead-letter queue.
 */
const patienceMs = 30 * 60_000;

/**
 * Asks for the edition of the last month if a reader had the stream monthly when it was due. It has
 * no schedule, because most organisations have no such reader. The first reader who chooses it
 * during a month gets it from the next month on.
 */
export async function askForMonthly(asked: Asked | undefined, deps: MonthlyDeps): Promise<Asked | undefined> {
  let last = asked;
  const applied = await deps.distribution();
  if (applied) for (const stream of monthlyStreams) last = await askFor(stream, last, applied, deps);
  return last;
}

async function askFor(
  stream: MonthlyStream,
  asked: Asked | undefined,
  applied: Distribution,
  { isThere, registry, ask, now }: MonthlyDeps,
): Promise<Asked | undefined> {
  const due = lastMonthlyMade(stream, applied, now());
  if (!due) return asked;
  const edition = occurrenceDueAt(stream, due, applied, 'monthly').id;
  const at = now().getTime();
  if (asked?.edition === edition && at - asked.at < patienceMs) return asked;
  if (await isThere(edition)) return { edition, at };
  const held = await registry.slots(stream);
  const isWanted = held.some(({ slot, since }) => frequencyOf(slot, stream) === 'monthly' && !isAfter(since, toInstant(due)));
  if (isWanted) await ask(stream, toInstant(due));
  return { edition, at };
}

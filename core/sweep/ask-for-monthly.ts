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

/**
 * By stream, the edition that was asked for last or found to be there or not wanted. Streams of
 * another release are kept.
 */
export type MonthlyNotes = Readonly<Record<string, Asked>>;
/** `at`: milliseconds since 1970. */
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
export async function askForMonthly(notes: MonthlyNotes, deps: MonthlyDeps): Promise<MonthlyNotes> {
  const applied = await deps.distribution();
  if (!applied) return notes;
  const next = { ...notes };
  for (const stream of monthlyStreams) {
    const asked = await askFor(stream, notes[stream], applied, deps);
    if (asked) next[stream] = asked;
  }
  return next;
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

import { lastLeftOut } from '../calendar/due.ts';
import { deployedParts } from '../distribution/deployed-parts.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { EditionId } from '../edition/edition.ts';
import { occurrenceDueAt } from '../edition/occurrence.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { type ScheduledStream, scheduledStreams } from '../stream/stream.ts';

export interface LeftOutDeps {
  readonly applied: () => Promise<{ readonly distribution: Distribution; readonly appliedAt: Instant } | undefined>;
  /** Consistent. */
  readonly isThere: (edition: EditionId) => Promise<boolean>;
  /** Has the edition composed that is due at an instant. Idempotent. */
  readonly ask: (stream: ScheduledStream, scheduledFor: Instant) => Promise<void>;
  readonly now: () => Date;
}

/**
 * Asks in ten runs at most. An edition that is still missing after half an hour rings an alarm like
 * any other (missing-editions.ts).
 */
const askedForMs = 10 * 60_000;

/**
 * Asks for editions that are due in an hour that the clocks skip. EventBridge skips such a time,
 * and readers would hear nothing until the next edition (docs/adr/031-hours-that-are-not-there.md).
 */
export async function askForLeftOut({ applied, isThere, ask, now }: LeftOutDeps): Promise<void> {
  const current = await applied();
  if (!current) return;
  const { schedules } = deployedParts(current.distribution);
  for (const stream of scheduledStreams) {
    const schedule = schedules[stream];
    const due = schedule && lastLeftOut(schedule, now());
    if (!due || now().getTime() - due.getTime() >= askedForMs || due.getTime() < Date.parse(current.appliedAt)) continue;
    if (!(await isThere(occurrenceDueAt(stream, due, current.distribution).id))) await ask(stream, toInstant(due));
  }
}

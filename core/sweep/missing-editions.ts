import { lastDue, lastLeftOut } from '../calendar/due.ts';
import type { SlotRegistry } from '../compose/ports.ts';
import { deployedParts } from '../distribution/deployed-parts.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { EditionId } from '../edition/edition.ts';
import { occurrenceDueAt } from '../edition/occurrence.ts';
import { type Instant, isAfter, toInstant } from '../shared/instant.ts';
import { scheduledStreams } from '../stream/stream.ts';
import { isHeldAt } from '../subscriber/slot.ts';

export interface MissingEdition {
  readonly edition: EditionId;
  /** When it should have been composed. */
  readonly due: Instant;
}

export interface MissingDeps {
  /** Consistent. */
  readonly isThere: (edition: EditionId) => Promise<boolean>;
  readonly registry: SlotRegistry;
  readonly now: () => Date;
}

/**
 * The scheduler tries again, and compose has five attempts six minutes apart. An edition that is
 * not there by then needs a person to look.
 */
const patienceMs = 30 * 60_000;

/**
 * Editions that were due more than half an hour ago and are not there. Looks at the last due
 * instant of each stream, and only if it came after the distribution file was applied: older
 * schedules are not known any more. An edition that no reader had chosen by then is not made.
 */
export async function missingEditions(
  { distribution, appliedAt }: { readonly distribution: Distribution; readonly appliedAt: Instant },
  { isThere, registry, now }: MissingDeps,
): Promise<MissingEdition[]> {
  const latest = new Date(now().getTime() - patienceMs);
  const missing: MissingEdition[] = [];
  const { schedules } = deployedParts(distribution);
  for (const stream of scheduledStreams) {
    const schedule = schedules[stream];
    const due = schedule && later(lastDue(schedule, latest), lastLeftOut(schedule, latest));
    if (!due || due.getTime() < Date.parse(appliedAt)) continue;
    const edition = occurrenceDueAt(stream, due, distribution).id;
    if (await isThere(edition)) continue;
    const held = (await registry.slots(stream)).filter(({ since }) => !isAfter(since, toInstant(due)));
    if (isHeldAt('weekly', stream, held)) missing.push({ edition, due: toInstant(due) });
  }
  return missing;
}

const later = (a: Date | undefined, b: Date | undefined) => (a && b ? (a > b ? a : b) : (a ?? b));

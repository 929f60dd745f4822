import type { Edition } from '../edition/edition.ts';
import { parseEditionId } from '../edition/edition-id.ts';
import { isOver } from '../edition/edition-state.ts';
import { isAlertStream } from '../stream/stream.ts';
import type { Slot } from '../subscriber/subscriber.ts';

type Told = Pick<Edition, 'id' | 'stream' | 'scheduledFor' | 'waves' | 'slots' | 'tallies' | 'recalled' | 'superseded' | 'completedAt'>;

/**
 * Whether somebody may already have got an edition without the restored ledger knowing it: a wave
 * without a tally was due before the old table sent its last mail. An alert, or a postmortem as it
 * is published, always may. It is composed when the postmortem is taken in, and that happens again
 * after a restore, so its time says nothing.
 */
export function mayHaveLeft(edition: Told, until: Date): boolean {
  if (edition.completedAt || isOver(edition)) return false;
  if (isAlertStream(edition.stream) || parseEditionId(edition.id).frequency === 'published') return true;
  const leaves = (slot: Slot) => Date.parse(edition.waves?.[slot] ?? edition.scheduledFor);
  return edition.slots.some((slot) => !edition.tallies[slot] && leaves(slot) <= until.getTime());
}
